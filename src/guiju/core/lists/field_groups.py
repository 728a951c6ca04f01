"""The fields of an item in groups, as forms show them and as the grid offers them side by side."""

from __future__ import annotations

from dataclasses import dataclass

from guiju.core.lists.fields import FIELDS, Field
from guiju.core.lists.words import ItemKind
from guiju.core.sentence import Sentence, zh


@dataclass(frozen=True, slots=True)
class FieldGroup:
    """Fields that belong together; ``name`` stands in addresses."""

    name: str
    label: Sentence
    paths: tuple[str, ...]

    def fields(self, kind: ItemKind) -> tuple[Field, ...]:
        """Return its fields, in its order."""
        known = {one.path: one for one in FIELDS[kind]}
        return tuple(known[path] for path in self.paths)


def _group(name: str, label: Sentence, paths: str) -> FieldGroup:
    return FieldGroup(name, label, tuple(paths.split()))


_PUBLICATION = _group(
    "publication",
    zh("公开"),
    "publication.audience publication.exemption publication.approver publication.review_date",
)
_WHAT, _WHO, _GRADING = zh("基本"), zh("由谁"), zh("定级")

GROUPS: dict[ItemKind, tuple[FieldGroup, ...]] = {
    ItemKind.POWER: (
        _group("what", _WHAT, "code name parent side kind layer state"),
        _group(
            "who",
            _WHO,
            "subject subject_state exercised_at office post leader manager function phone",
        ),
        _group(
            "bounds",
            zh("怎样行使"),
            "conditions boundary targets mode discipline legal_limit promised_limit",
        ),
        _group(
            "grading",
            zh("裁量和定级"),
            "is_discretionary is_major attention grade grade_method grade_reason",
        ),
        _group(
            "fee", zh("收费"), "fee.basis fee.standard fee.lower fee.upper fee.unit fee.by_lower"
        ),
        _group("dates", zh("期间和备注"), "valid_from valid_to upstream remark"),
        _PUBLICATION,
    ),
    ItemKind.BASIS: (
        _group("what", _WHAT, "code power name doc_no article text issuer level status effective"),
    ),
    ItemKind.DUTY: (_group("what", _WHAT, "code power kind step text owner"),),
    ItemKind.ACCOUNTABILITY: (_group("what", _WHAT, "code power text basis sanction"),),
    ItemKind.NEGATIVE: (
        _group("what", _WHAT, "code post act impact prevention owner sanction rule"),
        _PUBLICATION,
    ),
    ItemKind.FLOW: (
        _group("what", _WHAT, "code power name layer parent is_active graph notes"),
        _PUBLICATION,
    ),
    ItemKind.RISK: (
        _group("what", _WHAT, "code text manifestation dimensions spot matter state"),
        _group("where", zh("在哪里"), "power flow step layer post person"),
        _group(
            "grading",
            _GRADING,
            "probability harm frequency answers grade grade_method grade_reason",
        ),
        _group("finding", zh("查找和监测"), "channels found_by indicator rules"),
        _PUBLICATION,
    ),
    ItemKind.CONTROL: (
        _group("what", _WHAT, "code risk text means phase basis_rule state"),
        _group("who", _WHO, "unit post person owner_level supervisor supervisor_level supervision"),
        _group("checking", zh("检查和时限"), "every due is_standing evidence rule"),
        _PUBLICATION,
    ),
    ItemKind.STANDARD: (
        _group("what", _WHAT, "code power behaviour offence basis"),
        _group("range", zh("裁量幅度"), "unit base lower upper tiers aggravating mitigating"),
        _PUBLICATION,
    ),
}
"""Every field of a table stands in exactly one group."""
