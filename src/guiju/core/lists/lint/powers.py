"""GJ101 to GJ109: what a power is, what it rests on, and whether it is counted right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from guiju.core.lists.fields import label
from guiju.core.lists.lint.alike import look_alikes
from guiju.core.lists.lint.finding import Check, Remark
from guiju.core.lists.lint.view import View
from guiju.core.lists.model import TABLES, Item, StatedCount
from guiju.core.lists.powers import LegalBasis, Power
from guiju.core.lists.schemes import SCHEMES, CodeContext
from guiju.core.lists.texts import says_something
from guiju.core.lists.words import BasisLevel, BasisStatus, ItemKind, Layer, Severity, Side
from guiju.core.sentence import Sentence, quoted, zh

_REQUIRED = ("subject", "post", "conditions", "boundary", "mode", "discipline")
_PROHIBITION = ("post", "act", "impact", "prevention", "owner", "sanction")


def without_basis(view: View) -> Iterator[Remark]:
    """GJ101: a power rests on nothing that may carry it."""
    for power in view.powers:
        bases = [b for b in view.of_line(view.bases_of, power) if says_something(b.name)]
        if not bases:
            yield Remark(power, "", _no_basis(power))
        elif power.side is Side.EXTERNAL and all(b.level is BasisLevel.INTERNAL for b in bases):
            yield Remark(
                power,
                "side",
                zh("对外的权力只写了内部制度作依据。请补上法律、法规、规章或三定方案的条款。"),
            )


def _no_basis(power: Power) -> Sentence:
    if power.side is Side.INTERNAL:
        return zh("没有依据。请在依据表补上内部制度或三定方案的名称。")
    return zh("没有依据。请在依据表补上法律、法规或规章的名称、文号和条款。")


def weak_basis(view: View) -> Iterator[Remark]:
    """GJ102: a basis no longer holds as cited, or does not say which article."""
    live = {power.code for power in view.powers}
    for basis in view.edition.bases:
        if basis.power not in live:
            continue
        known = view.facts.statutes.get(basis.name.strip("《》 "))
        status = known.status if known else basis.status
        if status is BasisStatus.REPEALED:
            yield Remark(basis, "status", _repealed(basis, known.replaced_by if known else ""))
        elif status is BasisStatus.AMENDED and not _is_after(basis, view):
            yield Remark(
                basis,
                "status",
                zh("《{name}》已修正。请核对条款号和内容，改用现行文本。", name=_bare(basis)),
            )
        elif basis.needs_article and not basis.article.strip():
            yield Remark(
                basis, "article", zh("《{name}》没有写条款号。请补上第几条。", name=_bare(basis))
            )


def _is_after(basis: LegalBasis, view: View) -> bool:
    """Say whether a citation is already of the amended text."""
    known = view.facts.statutes.get(_bare(basis))
    return bool(known and known.since and basis.effective and basis.effective >= known.since)


def _repealed(basis: LegalBasis, successor: str) -> Sentence:
    if successor:
        return zh(
            "《{name}》已废止，由《{successor}》替代。请改引后者的条款。",
            name=_bare(basis),
            successor=successor,
        )
    return zh("《{name}》已废止。请改引现行依据，或者取消这项权力。", name=_bare(basis))


def _bare(basis: LegalBasis) -> str:
    return basis.name.strip("《》 ")


def blanks(view: View) -> Iterator[Remark]:
    """GJ103: a power does not say who, when, how far, how, or under which discipline."""
    for power in view.powers:
        line = list(view.line(power))
        for name in _REQUIRED:
            if not any(says_something(getattr(one, name)) for one in line):
                yield Remark(
                    power,
                    name,
                    zh(
                        "「{field}」没有填，或者只填了没有内容的字。请写明。",
                        field=label(ItemKind.POWER, name),
                    ),
                )


def codes(view: View) -> Iterator[Remark]:
    """GJ105: a code that does not follow the scheme, or that two items bear."""
    scheme = SCHEMES.get(view.profile.code_scheme)
    for power in view.powers if scheme else ():
        context = CodeContext(
            area_code=view.edition.area_code, unit_code=view.edition.unit_code, parent=power.parent
        )
        wrong = scheme(power.code, context) if scheme else None
        if wrong is not None:
            yield Remark(power, "code", wrong)
    for kind in ItemKind:
        table = view.edition.table(kind)
        often = Counter(item.code for item in table)
        for item in table:
            if not item.code.strip():
                yield Remark(item, "code", zh("没有编码。请给它一个本表内不重复的编码。"))
            elif often[item.code] > 1:
                yield Remark(
                    item,
                    "code",
                    zh(
                        "编码 {code} 用了 {count} 次。请改成本表内不重复的编码。",
                        code=item.code,
                        count=often[item.code],
                    ),
                )


def kinds(view: View) -> Iterator[Remark]:
    """GJ106: a kind that the profile has not, no side, no layer, or a layer without any power."""
    for power in view.powers:
        if not power.kind:
            yield Remark(power, "kind", zh("没有写权力类型。请从类型表中选一种。"))
        elif view.profile.kind_label(power.kind) is None:
            yield Remark(
                power,
                "kind",
                zh("「{kind}」不在权力类型表里。请改选一种，或在配置里增加。", kind=power.kind),
            )
        if power.side is None:
            yield Remark(power, "side", zh("没有写明对外还是对内。请选一个。"))
        if power.layer is None or (view.profile.layers and power.layer not in view.profile.layers):
            yield Remark(
                power,
                "layer",
                zh("没有写明属于哪个层面。请选 {layers} 之一。", layers=_layers(view)),
            )
    used = {power.layer for power in view.powers}
    missing = [name for layer, name in view.profile.layers.items() if layer not in used]
    if missing and view.powers:
        yield Remark(
            None,
            "layer",
            zh(
                "{layers} 层面一项权力也没有。请核对是否漏列，确实没有的写明理由。",
                layers=quoted(missing),
            ),
            severity=Severity.WARNING,
        )


def _layers(view: View) -> str:
    return "、".join(view.profile.layers.values() or [str(layer.label) for layer in Layer])


def without_duty(view: View) -> Iterator[Remark]:
    """GJ107: nobody is bound by the power, or nobody is held to account for it."""
    for power in view.powers:
        if not any(says_something(d.text) for d in view.of_line(view.duties_of, power)):
            yield Remark(power, "", zh("没有责任事项。请写明受理、审查、决定等环节各有什么责任。"))
        cases = view.of_line(view.accountabilities_of, power)
        if not any(says_something(case.text) for case in cases):
            yield Remark(power, "", zh("没有追责情形。请写明哪些情形要追究责任。"))


def counts(view: View) -> Iterator[Remark]:
    """GJ108: a document states another number than its rows give."""
    for stated in view.edition.stated:
        found = sum(_is_counted(item, stated) for item in view.edition.table(stated.kind))
        if found != stated.count:
            yield Remark(
                None,
                TABLES[stated.kind],
                zh(
                    "文件写的是「{where}」，表里实有 {found}。请补上缺的，或改正文件里的数。",
                    where=stated.where or str(stated.count),
                    found=found,
                ),
            )


def prohibitions(view: View) -> Iterator[Remark]:
    """GJ109: a negative item does not say whom it binds, what it prevents, or what follows."""
    for negative in view.edition.negatives:
        for name in _PROHIBITION:
            if not says_something(getattr(negative, name)):
                yield Remark(
                    negative,
                    name,
                    zh(
                        "负面清单的「{field}」没有填，或者只填了没有内容的字。请写明。",
                        field=label(ItemKind.NEGATIVE, name),
                    ),
                )


def _is_counted(item: Item, stated: StatedCount) -> bool:
    if stated.kind_code and getattr(item, "kind", "") != stated.kind_code:
        return False
    return stated.grade is None or getattr(item, "grade", None) == stated.grade


CHECKS = (
    Check("GJ101", zh("没有依据"), Severity.ERROR, "S0-05, S3-03", without_basis),
    Check("GJ102", zh("依据失效或没有条款号"), Severity.WARNING, "S1-37", weak_basis),
    Check("GJ103", zh("要素不全"), Severity.ERROR, "S0-04, S0-05", blanks),
    Check("GJ104", zh("重复、雷同或变相保留"), Severity.WARNING, "S1-37", look_alikes),
    Check("GJ105", zh("编码不合规则或重复"), Severity.ERROR, "", codes),
    Check("GJ106", zh("类型或层面不明"), Severity.ERROR, "S2-11, S3-04", kinds),
    Check("GJ107", zh("没有责任事项或追责情形"), Severity.ERROR, "S2-16", without_duty),
    Check("GJ108", zh("文件写的数与表里不符"), Severity.WARNING, "", counts),
    Check("GJ109", zh("负面清单要素不全"), Severity.ERROR, "S2-21, S2-22", prohibitions),
)
"""The checks of this theme."""
