"""A request or an answer as a sheet of A4: what it says, its QR codes, and their text."""

from __future__ import annotations

from importlib.resources import files
from textwrap import wrap

import segno

from guiju.base.witness.cosigning import Cosigned
from guiju.base.witness.page import moment
from guiju.base.witness.paper import Kind, parts_of
from guiju.core.ledger.checkpoint import Checkpoint, parse_checkpoint
from guiju.core.ledger.keys import Key
from guiju.core.ledger.lines import to_base64
from guiju.core.ledger.note import parse_note
from guiju.core.ledger.witness import WitnessRequest
from guiju.core.sentence import Sentence, zh
from guiju.exchange.verdicts.markup import Html, el

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_STYLE = files("guiju.base.witness").joinpath("sheet.css").read_text("utf-8")
_COLUMNS = 64
"""Characters to a line of typed text."""

Row = tuple[Sentence, object]


def request_sheet(request: WitnessRequest, *, witness: Key, made_at: int) -> bytes:
    """Return the sheet that asks a witness to cosign a checkpoint.

    Args:
        request: the checkpoint with its consistency proof.
        witness: who is asked.
        made_at: when the sheet was made, in seconds since 1970.

    Raises:
        Invalid: WITNESS-21 when it is too long for paper; what reading the checkpoint raises.
    """
    checkpoint = parse_checkpoint(parse_note(request.checkpoint).text)
    rows: tuple[Row, ...] = (
        (zh("见证方"), witness.name),
        *_tree(checkpoint),
        (zh("上次见证"), zh("{size} 条", size=request.old)),
        (zh("制作时间"), moment(made_at)),
    )
    how = zh(
        "请见证方把下列二维码逐个扫描，或把后面的文字逐字录入，存成一个文本文件（先后不限），"
        "再运行 guiju witness sign 核验并签名。核验不成立的，程序不会签名，请告知申请方的上级机关。"
    )
    return _sheet(zh("存证检查点见证申请书"), rows, how, parts_of(request.encode(), Kind.REQUEST))


def answer_sheet(cosigned: Cosigned, *, witness: Key) -> bytes:
    """Return the sheet with which a witness answers."""
    rows: tuple[Row, ...] = (
        (zh("见证方"), witness.name),
        (zh("见证方公钥"), el("code", witness)),
        *_tree(cosigned.checkpoint),
        (zh("见证时间"), moment(cosigned.at)),
        (zh("签名行"), el("code", str(cosigned.line).rstrip())),
    )
    how = zh("经核验，上述记录自上次见证以来只增不改。请申请方扫描或录入下列内容，交回存证系统。")
    parts = parts_of(str(cosigned.line).encode(), Kind.ANSWER)
    return _sheet(zh("存证检查点见证答复书"), rows, how, parts)


def _tree(checkpoint: Checkpoint) -> tuple[Row, ...]:
    return (
        (zh("记录名称"), checkpoint.origin),
        (zh("条数"), checkpoint.head.size),
        (zh("根摘要"), el("code", to_base64(checkpoint.head.root))),
    )


def _sheet(title: Sentence, rows: tuple[Row, ...], how: Sentence, parts: tuple[str, ...]) -> bytes:
    head = el(
        "head",
        el("meta", charset="utf-8"),
        el("meta", http_equiv="Content-Security-Policy", content=_POLICY),
        el("title", title),
        el("style", Html(_STYLE)),
    )
    table = el("table", *(el("tr", el("th", name), el("td", value)) for name, value in rows))
    body = el(
        "body",
        el("h1", title),
        table,
        el("p", how),
        el("section", *(_figure(part, place) for place, part in _placed(parts))),
        el("h2", zh("二维码的文字")),
        *(el("pre", _caption(part, place), "\n", _lines(part)) for place, part in _placed(parts)),
        el("p", zh("经办人（签名）："), el("i"), zh("单位（盖章）："), el("i"), cls="signed"),
    )
    return f'<!doctype html>\n<html lang="zh-CN">{head}{body}</html>\n'.encode()


def _placed(parts: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(f"{number}/{len(parts)}", part) for number, part in enumerate(parts, start=1)]


def _figure(part: str, place: str) -> Html:
    code = segno.make_qr(part, error="m", mode="alphanumeric", boost_error=False)
    picture = Html(code.svg_inline(border=4, omitsize=True))
    return el("figure", picture, el("figcaption", _caption(part, place)))


def _caption(part: str, place: str) -> Sentence:
    return zh("第 {place} 部分，校验码 {check}", place=place, check=part[-8:])


def _lines(part: str) -> str:
    return "\n".join(wrap(part, _COLUMNS))
