"""The witness's front page: whose it is, by which key, which logs it knows and how far."""

from __future__ import annotations

from base64 import b64encode
from datetime import datetime
from hashlib import sha256

from guiju.base.witness.folder import Witness
from guiju.base.witness.store import Kept
from guiju.core.ledger.keys import Key
from guiju.core.ledger.lines import to_base64
from guiju.core.sentence import zh
from guiju.exchange.verdicts.markup import Html, el

_STYLE = (
    "body{margin:2rem auto;max-width:60rem;padding:0 1rem;line-height:1.6;color:#1f2937;"
    'font-family:"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif}'
    "code{overflow-wrap:anywhere}table{border-collapse:collapse;width:100%}"
    "th,td{border:1px solid #dde4ee;padding:.4rem .6rem;text-align:left;vertical-align:top}"
)
_DIGEST = b64encode(sha256(_STYLE.encode()).digest()).decode()

POLICY = (
    f"default-src 'none'; style-src 'sha256-{_DIGEST}'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""The page's Content-Security-Policy: this style, and nothing else."""

MOST_LOGS = 200
"""How many logs the page lists."""


def origin_digest(origin: str) -> str:
    """Return the SHA-256 of a log's origin in hex, by which its checkpoint is addressed."""
    return sha256(origin.encode()).hexdigest()


def moment(at: int) -> str:
    """Return a time in seconds since 1970 as this machine's clock shows it, with its zone."""
    return datetime.fromtimestamp(at).astimezone().strftime("%Y-%m-%d %H:%M:%S UTC%z")


def front_page(witness: Witness) -> bytes:
    """Return the page as UTF-8 HTML."""
    title = str(zh("见证方「{name}」", name=witness.key.name))
    head = el(
        "head",
        el("meta", charset="utf-8"),
        el("meta", name="viewport", content="width=device-width, initial-scale=1"),
        el("title", title),
        el("style", Html(_STYLE)),
    )
    body = el(
        "body",
        el("h1", title),
        el("p", zh("只见证下列记录：核实其只增不改，再签名。不保存、也看不到记录的内容。")),
        el("p", zh("公钥："), el("code", witness.key)),
        _table(witness),
    )
    return f'<!doctype html>\n<html lang="zh-CN">{head}{body}</html>\n'.encode()


def _table(witness: Witness) -> Html:
    known, last = witness.store.known(), witness.store.last()
    if not known:
        return el("p", zh("还没有登记任何记录。"))
    names = (zh("记录"), zh("上次见证"), zh("登记的公钥"))
    rows = [_row(origin, log.keys, last.get(origin)) for origin, log in known.items()]
    table = el("table", el("tr", *(el("th", name) for name in names)), *rows[:MOST_LOGS])
    if len(rows) <= MOST_LOGS:
        return table
    return Html(table + el("p", zh("另有 {count} 个记录未列出。", count=len(rows) - MOST_LOGS)))


def _row(origin: str, keys: tuple[Key, ...], kept: Kept | None) -> Html:
    if kept is None:
        seen = [el("span", zh("还没有见证过"))]
    else:
        size = zh("{size} 条，{when}", size=kept.head.size, when=moment(kept.at))
        place = f"{origin_digest(origin)}/checkpoint"
        seen = [
            el("a", size, href=place),
            el("br"),
            el("span", zh("根摘要："), el("code", to_base64(kept.head.root))),
        ]
    held = [piece for key in keys for piece in (el("code", key), el("br"))]
    return el("tr", el("td", origin), el("td", *seen), el("td", *held))
