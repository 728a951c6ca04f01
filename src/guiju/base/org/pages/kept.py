"""Where organisation tables wait between being sent and being confirmed."""

from __future__ import annotations

from guiju.base.evidence.kept import Shelf
from guiju.core.errors import Invalid
from guiju.core.sentence import zh


def _gone() -> Invalid:
    return Invalid(
        "ORG-85",
        zh("这份表格已经导入、作废或超过一小时，没有导入任何内容。请重新上传。"),
    )


SHELF = Shelf("org.import", "organisation", _gone)
