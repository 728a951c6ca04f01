"""The report as JSON, written variant by variant."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from guiju.exchange.files import Progress, silent
from guiju.exchange.verdicts.report import Report


def write_json(stream: BinaryIO, report: Report, *, progress: Progress = silent) -> None:
    """Write ``report`` as UTF-8 JSON; nothing but the current variant is held in memory.

    ``progress`` is told variants done and in all.
    """
    stream.writelines(piece.encode() for piece in _pieces(report, progress))


def _pieces(report: Report, progress: Progress) -> Iterator[str]:
    verdict = report.verdict
    totals = {
        "cases": len(verdict.log.cases),
        "events": len(verdict.log.codes),
        "activities": len(set(verdict.log.codes)),
        "conforming": verdict.conforming,
        "total_cost": verdict.total_cost,
    }
    yield _dumped(totals)[:-1]
    yield ', "variants": ['
    yield from _listed(_dumped(variant) for variant in _variants(report, progress))
    yield '], "rules": ['
    yield from _listed(_dumped(finding) for finding in _findings(report))
    yield f'], "seconds": {_dumped(dict(report.seconds))}}}\n'


def _variants(report: Report, progress: Progress) -> Iterator[dict[str, object]]:
    verdict = report.verdict
    for done, variant in enumerate(verdict.variants):
        if not done % 500:
            progress(done, len(verdict.variants))
        yield {
            "activities": verdict.activities(variant),
            "cases": len(variant.cases),
            "cost": variant.cost,
            "moves": [
                {"kind": move.kind.value, "activity": move.activity}
                for move in verdict.moves(variant)
            ],
        }


def _findings(report: Report) -> Iterator[dict[str, object]]:
    for finding in report.found.findings:
        yield {
            "code": finding.code,
            "case": finding.case,
            "events": finding.events,
            "message": report.say(finding.message),
        }


def _listed(items: Iterable[str]) -> Iterator[str]:
    between = "\n"
    for item in items:
        yield between + item
        between = ",\n"


def _dumped(value: object) -> str:
    # A lone surrogate, which damaged files can hold, has no UTF-8.
    text = json.dumps(value, ensure_ascii=False)
    return text.encode("utf-8", "replace").decode()
