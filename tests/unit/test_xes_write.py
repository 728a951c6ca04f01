from __future__ import annotations

import io
from array import array
from xml.etree import ElementTree as ET

from guiju.core.check.log import NO_TIME, EventLog, Wanted
from guiju.exchange.xes import read_xes, write_xes

LOG = EventLog(
    cases=("甲", "乙"),
    starts=array("I", [0, 2, 2]),
    activities=("受理", "审 <批>"),
    codes=array("I", [0, 1]),
    people=("", "张三"),
    performers=array("I", [1, 0]),
    times=array("q", [1_717_119_000_000_001, NO_TIME]),
)


def written(log: EventLog, **notes) -> bytes:
    stream = io.BytesIO()
    write_xes(stream, log, **notes)
    return stream.getvalue()


def own(element: ET.Element) -> list[tuple[str, str, str]]:
    return [
        (child.tag.rpartition("}")[2], child.attrib["key"], child.attrib["value"])
        for child in element
        if "key" in child.attrib
    ]


def test_events_carry_name_person_and_time_in_utc_without_loss():
    root = ET.fromstring(written(LOG))
    first, second = root.iter("{http://www.xes-standard.org/}event")
    assert own(first) == [
        ("string", "concept:name", "受理"),
        ("string", "org:resource", "张三"),
        ("date", "time:timestamp", "2024-05-31T01:30:00.000001+00:00"),
    ]
    assert own(second) == [("string", "concept:name", "审 <批>")]


def test_whole_milliseconds_are_written_as_such():
    log = EventLog(("1",), array("I", [0, 1]), ("a",), array("I", [0]), times=array("q", [-1000]))
    assert b'value="1969-12-31T23:59:59.999+00:00"' in written(log)


def test_the_extensions_used_are_declared():
    root = ET.fromstring(written(LOG))
    assert root.attrib["xes.version"] == "1849-2016"
    declared = {child.attrib["prefix"] for child in root if child.tag.endswith("}extension")}
    used = {child.attrib["key"].partition(":")[0] for child in root.iter() if "key" in child.attrib}
    assert used <= declared == {"concept", "org", "time", "guiju"}


def test_notes_stand_under_the_prefix_of_the_product_with_their_types():
    text = written(
        LOG,
        case_notes=lambda case: {"cost": case, "conforms": case == 0, "variant": "a<b"},
        event_notes=lambda event: {"move": ("sync", "extra")[event]},
    )
    cases = list(ET.fromstring(text).iter("{http://www.xes-standard.org/}trace"))
    assert own(cases[0])[1:] == [
        ("int", "guiju:cost", "0"),
        ("boolean", "guiju:conforms", "true"),
        ("string", "guiju:variant", "a<b"),
    ]
    assert own(cases[1])[2] == ("boolean", "guiju:conforms", "false")
    assert [own(event)[-1] for event in cases[0][-2:]] == [
        ("string", "guiju:move", "sync"),
        ("string", "guiju:move", "extra"),
    ]


def test_what_xml_forbids_is_replaced_not_written(tmp_path):
    log = EventLog(("\x00", "\ud800"), array("I", [0, 1, 1]), ("a\x1f\uffff",), array("I", [0]))
    path = tmp_path / "log.xes"
    path.write_bytes(written(log))
    back = read_xes(path, Wanted())
    assert back.cases == ("\ufffd", "\ufffd")
    assert back.activities == ("a\ufffd\ufffd",)


def test_a_long_log_is_written_in_pieces():
    sizes: list[int] = []

    class Counting:
        def write(self, data: bytes, /) -> None:
            sizes.append(len(data))

    count = 50_000
    log = EventLog(
        cases=("1",),
        starts=array("I", [0, count]),
        activities=("a",),
        codes=array("I", [0]) * count,
    )
    write_xes(Counting(), log)
    assert sum(sizes) == len(written(log))
    assert max(sizes) < 1 << 20
