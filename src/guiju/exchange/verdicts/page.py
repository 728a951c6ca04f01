"""The report as one HTML file: no script, no network, readable on paper and on a phone."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from typing import BinaryIO

from guiju.exchange.verdicts.markup import Html, el
from guiju.exchange.verdicts.overview import overview
from guiju.exchange.verdicts.report import Report
from guiju.exchange.verdicts.variants import variant_pages

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_STYLE = files("guiju.exchange.verdicts").joinpath("verdicts.css").read_text("utf-8")


def write_html(stream: BinaryIO, report: Report) -> None:
    """Write ``report`` as UTF-8 HTML."""
    stream.writelines(piece.encode("utf-8", "replace") for piece in _pieces(report))


def _pieces(report: Report) -> Iterator[str]:
    title = report.tr("核对报告：{log}", log=report.log.name)
    yield "<!doctype html>\n"
    language = report.tr("zh-CN")
    yield f'<html lang="{Html(language)}">'
    yield el(
        "head",
        el("meta", charset="utf-8"),
        el("meta", http_equiv="Content-Security-Policy", content=_POLICY),
        el("meta", name="viewport", content="width=device-width, initial-scale=1"),
        el("title", title),
        el("style", Html(_STYLE)),
    )
    yield "<body>"
    yield el(
        "header",
        el("a", report.tr("规矩"), cls="brand", href="#top"),
        el("span", title, cls="what"),
        el("span", report.judged_at, cls="when"),
    )
    yield from overview(report)
    yield from variant_pages(report)
    yield el("footer", _footer(report))
    yield "</body></html>\n"


def _footer(report: Report) -> str:
    return report.tr("规矩 {version} 生成于 {when}", version=report.version, when=report.judged_at)
