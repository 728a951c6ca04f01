"""The files that ``guiju check`` writes: each beside its place, then renamed."""

from __future__ import annotations

import gzip
import hashlib
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from guiju import __version__
from guiju.config.cli.places import Outputs
from guiju.config.cli.speak import translate
from guiju.core.check.rules import RuleReport
from guiju.core.check.verdict import Verdict
from guiju.core.flow.drawing import lay_out
from guiju.core.terms import Direction, MoveKind
from guiju.exchange.files import Progress, opened, replacing
from guiju.exchange.flow_files import FlowFile
from guiju.exchange.picture import draw_flow
from guiju.exchange.verdicts import Report, Source, step_marks, write_html, write_json
from guiju.exchange.xes import write_xes

_PIECE = 1 << 20
_WIDEST = 1700
"""Pixels up to which a picture runs from left to right; a longer one runs down."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What was judged by what, and what came of it."""

    log: Path
    flow_path: Path
    flow: FlowFile
    verdict: Verdict
    found: RuleReport


def write_outputs(
    outputs: Outputs, judged: Judged, seconds: Mapping[str, float], progress: Progress
) -> None:
    """Write all that was asked for; the JSON last, so that it can tell how long the rest took."""
    began = time.perf_counter()
    report = Report(
        judged.verdict,
        judged.found,
        _source(judged.log),
        _source(judged.flow_path),
        f"{datetime.now().astimezone():%Y-%m-%d %H:%M}",
        __version__,
        seconds,
        translate=translate,
    )
    if outputs.html:
        with replacing(outputs.html) as stream:
            write_html(stream, _with_picture(report, judged.flow))
    if outputs.xes:
        with replacing(outputs.xes) as stream:
            _write_xes(stream, judged.verdict, packed=outputs.xes.suffix == ".gz")
    if outputs.json:
        spent = {**seconds, "report": round(time.perf_counter() - began, 6)}
        with replacing(outputs.json) as stream:
            write_json(stream, replace(report, seconds=spent), progress=progress)


def _source(path: Path) -> Source:
    digest = hashlib.sha256()
    with opened(path) as stream:
        while piece := stream.read(_PIECE):
            digest.update(piece)
    return Source(path.name, digest.hexdigest())


def _with_picture(report: Report, file: FlowFile) -> Report:
    if file.flow is None:
        return report
    drawing = lay_out(file.flow, translate=translate)
    if drawing.width > _WIDEST:
        drawing = lay_out(file.flow, direction=Direction.DOWN, translate=translate)
    picture = draw_flow(file.flow, drawing, marks=step_marks(report, file.flow))
    return replace(report, picture=picture, picture_width=drawing.width)


def _write_xes(stream: BinaryIO, verdict: Verdict, *, packed: bool) -> None:
    """Write the log with each case's cost, and each extra event marked."""
    costs: dict[int, int] = {}
    extra: dict[int, str] = {}
    for variant in verdict.variants:
        costs.update(dict.fromkeys(variant.cases, variant.cost))
        if variant.cost:
            places = [
                move.event
                for move in verdict.moves(variant)
                if move.kind is MoveKind.EXTRA and move.event is not None
            ]
            starts = verdict.log.starts
            extra.update((starts[case] + at, "extra") for case in variant.cases for at in places)

    def case_notes(case: int) -> dict[str, str | int | bool]:
        return {"cost": costs[case], "conforms": not costs[case]}

    def event_notes(event: int) -> dict[str, str]:
        return {"move": extra.get(event, "sync")}

    if packed:
        with gzip.GzipFile(fileobj=stream, mode="wb", mtime=0) as inner:
            write_xes(inner, verdict.log, case_notes=case_notes, event_notes=event_notes)
    else:
        write_xes(stream, verdict.log, case_notes=case_notes, event_notes=event_notes)
