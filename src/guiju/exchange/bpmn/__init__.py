"""BPMN 2.0 XML in and out: the written form in which flows are kept."""

from guiju.exchange.bpmn.from_net import flow_of_net
from guiju.exchange.bpmn.places import drawn_places, places_of
from guiju.exchange.bpmn.read import BpmnFile, read_bpmn
from guiju.exchange.bpmn.write import write_bpmn

__all__ = ["BpmnFile", "drawn_places", "flow_of_net", "places_of", "read_bpmn", "write_bpmn"]
