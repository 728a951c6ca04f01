"""A small organisation as a workbook, sound and with three faults, for tests of importing."""

import re
from dataclasses import replace
from datetime import date
from io import BytesIO

from guiju.core.organisation.rows import (
    AppointmentRow,
    Organisation,
    PersonRow,
    PostRow,
    UnitRow,
)
from guiju.core.organisation.words import LeaderLevel, Profile, UnitKind
from guiju.exchange.organisation import write_organisation
from organised import BEGUN

ID_NUMBER = "11010519491231002X"
TABLE = Organisation(
    units=(
        UnitRow(code="X", name="某县", kind=UnitKind.REGION, profile=Profile.COUNTY),
        UnitRow(code="J", name="财政局", parent="X", kind=UnitKind.DEPARTMENT, founded=BEGUN),
        UnitRow(code="Z", name="城关镇", parent="X", kind=UnitKind.TOWNSHIP, founded=BEGUN),
    ),
    posts=(PostRow(code="A", unit="J", name="局长", level=LeaderLevel.HEAD),),
    persons=(
        PersonRow(code="1", name="张三", id_number=ID_NUMBER, phone="13800138000"),
        PersonRow(code="2", name="李四"),
    ),
    appointments=(AppointmentRow(person="1", post="A", start=date(2016, 1, 1)),),
)


def workbook(table=TABLE):
    target = BytesIO()
    write_organisation(table, target)
    return target.getvalue()


FAULTY = replace(
    TABLE,
    units=(*TABLE.units, UnitRow(code="Q", name="无主科", parent="没有", kind=UnitKind.OFFICE)),
    persons=(replace(TABLE.persons[0], id_number="110105194912310021"), TABLE.persons[1]),
    appointments=(replace(TABLE.appointments[0], end=date(2015, 1, 1)),),
)


def text_of(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())
