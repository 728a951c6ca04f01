"""The pages that are taken away as documents (GB/T 9704): posts are named in them, people not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from django.utils import timezone

from guiju.base.ui import dates
from guiju.base.ui.language import say
from guiju.core.lists.risks import Control
from guiju.core.lists.sheet import NumberedRisk, PowerSheet
from guiju.core.sentence import Listing, Sentence, listing, zh
from guiju.define.lists.models import Edition
from guiju.define.views.pages import shown
from guiju.define.views.pages.frame import edition_note
from guiju.define.views.reads.risks import RiskLine
from guiju.define.views.reads.sealed import Sealed
from guiju.define.views.reads.sheets import FoundSheet
from guiju.exchange.documents import Grid, Heading, Paper, Part, Text

_Words = Sentence | Listing | str


def sheet_paper(edition: Edition, found: FoundSheet, sealed: Sealed | None) -> Paper:
    """Return a power's page as a document."""
    sheet = found.sheet
    return Paper(
        title=say(zh("{name}权力标签", name=sheet.power.name or sheet.power.code)),
        under=say(edition_note(edition)),
        parts=(*_sheet_parts(found), *_proof_parts(edition, sealed)),
        signed=edition.unit.name,
        dated=say(dates.day(timezone.localdate())),
    )


def _sheet_parts(found: FoundSheet) -> Iterator[Part]:
    sheet, profile = found.sheet, found.profile
    power = sheet.power
    yield Heading(say(zh("基本情况")))
    yield Text(say(listing(shown.about(sheet, profile))))
    grade = profile.grade_label(sheet.grade) if sheet.grade else ""
    facts: tuple[tuple[Sentence, _Words], ...] = (
        (zh("行使主体"), power.subject),
        (zh("行使岗位"), listing(one.name for one in found.held)),
        (zh("风险等级"), grade),
        (zh("流程"), shown.proof_badge(found).label),
        (zh("参与人数"), shown.people(found) or ""),
        (zh("依据"), listing(one.title for one in shown.bases(sheet))),
        (zh("行使边界"), power.boundary),
        (zh("适用条件"), power.conditions),
        (zh("时限"), listing(shown.limits(sheet))),
        (zh("收费"), shown.fee(power.fee)),
        (zh("公开范围"), shown.publication(power.publication)),
        (zh("监督电话"), power.phone),
        (zh("主项"), _named(sheet.main.name, sheet.main.code) if sheet.main else ""),
        (zh("子项"), listing(_named(one.title, one.code) for one in found.parts)),
    )
    for label, value in facts:
        if said := say(value):
            yield Text(said, say(label))
    yield from _flow_parts(sheet)
    yield from _risk_parts(sheet.risks, found)
    yield from _duty_parts(sheet)
    yield from _tier_parts(sheet)


def _named(name: str, code: str) -> Sentence | str:
    return zh("{name}（{code}）", name=name, code=code) if name else code


def _proof_parts(edition: Edition, sealed: Sealed | None) -> Iterator[Part]:
    """Yield by what the document is checked against the record."""
    yield Heading(say(zh("版本和存证")))
    yield Text(say(edition_note(edition)), say(zh("版本")))
    digest = edition.digest or say(zh("起草中，内容摘要在送审时生成"))
    yield Text(digest, say(zh("内容摘要（SHA-256）")))
    if number := shown.record_number(sealed):
        yield Text(say(number), say(zh("存证记录")))


def _flow_parts(sheet: PowerSheet) -> Iterator[Part]:
    if not sheet.steps:
        return
    yield Heading(say(zh("运行流程")))
    head = (zh("序号"), zh("步骤"), zh("岗位"), zh("时限"), zh("风险"))
    rows = []
    for place, node in enumerate(sheet.steps, 1):
        limit = (
            zh("{amount} {unit}", amount=node.limit.amount, unit=node.limit.unit.label)
            if node.limit
            else ""
        )
        marks = [str(one.number) for one in sheet.risks if one.step is node]
        number = node.number or str(place)
        rows.append((number, node.title, node.post, say(limit), "、".join(marks)))
    yield Grid(_head(head), rows, (2, 6, 5, 4, 2))


def _risk_parts(risks: Sequence[NumberedRisk], found: FoundSheet) -> Iterator[Part]:
    if not risks:
        return
    yield Heading(say(zh("廉政风险和防控措施")))
    head = (zh("序号"), zh("等级"), zh("风险点"), zh("防控措施"), zh("责任岗位"), zh("监督人"))
    rows = [
        (
            str(one.number),
            found.profile.grade_label(one.risk.grade) if one.risk.grade else "",
            one.risk.text,
            *_controls(one.controls),
        )
        for one in risks
    ]
    yield Grid(_head(head), rows, (2, 3, 7, 8, 4, 4))


def _controls(controls: Iterable[Control]) -> tuple[str, str, str]:
    """Return what is done, by which posts, and under whose eyes."""
    held = list(controls)
    return (
        "\n".join(one.text for one in held),
        "\n".join(dict.fromkeys(one.post or one.unit for one in held)),
        "\n".join(dict.fromkeys(one.supervisor for one in held)),
    )


def _duty_parts(sheet: PowerSheet) -> Iterator[Part]:
    for label, texts in (
        (zh("责任事项"), [one.text for one in sheet.duties]),
        (zh("追责情形"), [one.text for one in sheet.accountabilities]),
        (zh("负面清单"), [f"{one.post}：{one.act}" for one in sheet.negatives]),
    ):
        if texts:
            yield Heading(say(label))
            for place, text in enumerate(texts, 1):
                yield Text(f"{place}. {text}")


def _tier_parts(sheet: PowerSheet) -> Iterator[Part]:
    rows = shown.tiers(sheet.standards)
    if rows:
        yield Heading(say(zh("裁量基准")))
        head = (zh("违法行为"), zh("档次"), zh("适用情形"), zh("幅度"))
        told = [(one.offence, one.name, one.conditions, say(one.range)) for one in rows]
        yield Grid(_head(head), told, (5, 2, 7, 6))


def catalogue_paper(edition: Edition, lines: Sequence[RiskLine]) -> Paper:
    """Return the catalogue of risks by grade as a document (S1-19)."""
    parts: list[Part] = []
    head = (
        zh("序号"),
        zh("权力"),
        zh("环节"),
        zh("风险点"),
        zh("表现形式"),
        zh("岗位"),
        zh("防控措施"),
        zh("责任岗位"),
        zh("监督人"),
    )
    graded: dict[int, list[RiskLine]] = {}
    for line in lines:
        graded.setdefault(line.risk.grade or 0, []).append(line)
    for grade, held in graded.items():
        label = held[0].profile.grade_label(grade) if grade else say(zh("未定级"))
        parts.append(Heading(say(zh("{grade}风险（{count} 个）", grade=label, count=len(held)))))
        rows = [_catalogue_row(place, one) for place, one in enumerate(held, 1)]
        parts.append(Grid(_head(head), rows, (2, 5, 4, 7, 6, 4, 8, 4, 4)))
    return Paper(
        title=say(zh("{unit}廉政风险等级目录", unit=edition.unit.name)),
        under=say(edition_note(edition)),
        parts=tuple(parts),
        signed=edition.unit.name,
        dated=say(dates.day(timezone.localdate())),
        is_wide=True,
    )


def _catalogue_row(place: int, line: RiskLine) -> tuple[str, ...]:
    risk = line.risk
    return (
        str(place),
        line.power,
        line.step,
        risk.text,
        risk.manifestation,
        risk.post,
        *_controls(line.controls),
    )


def _head(labels: Iterable[Sentence]) -> tuple[str, ...]:
    return tuple(map(say, labels))
