"""Reading a step table: what is in the file decides how it is read, not its ending."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from guiju.core.errors import Invalid
from guiju.core.flow.model import Flow
from guiju.core.sentence import Sentence, zh
from guiju.exchange.files import opened
from guiju.exchange.steps.rows import read_steps
from guiju.exchange.steps.text import read_text
from guiju.exchange.steps.unfold import unfold
from guiju.exchange.steps.workbook import read_workbook

MOST_BYTES = 16 * 1024 * 1024
_ZIP, _OLD_EXCEL = b"PK", b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True, slots=True)
class StepTableFile:
    """The flow that a step table describes, and what the reader noticed."""

    flow: Flow
    remarks: tuple[Sentence, ...] = ()


def read_step_table(path: Path) -> StepTableFile:
    """Read a step table from CSV, TSV or XLSX; the flow is named after the file.

    Raises:
        Invalid: FILE-01 when it cannot be opened; STEP-01 to STEP-15, each with the row and
            the column, as ``docs/howto/step-table.md`` explains.
    """
    with opened(path) as stream:
        content = stream.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise Invalid(
            "STEP-02",
            zh(
                "步骤表文件超过 {most} MB。请核对是否选错了文件。",
                most=MOST_BYTES // 2**20,
            ),
        )
    if content.startswith(_OLD_EXCEL):
        raise Invalid(
            "STEP-01", zh("这是旧式的 .xls 文件或加了密码的表格。请去掉密码，另存为 .xlsx 再试。")
        )
    table = read_workbook(content) if content.startswith(_ZIP) else read_text(content)
    steps, remarks = read_steps(table)
    return StepTableFile(unfold(steps, path.stem), remarks)
