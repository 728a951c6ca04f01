"""The ``guiju:`` attributes of a node: what BPMN has no word for."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeVar

from guiju.core.errors import Invalid
from guiju.core.flow.model import Limit, Node, Signing
from guiju.core.sentence import Listing, Sentence, listing, zh
from guiju.core.terms import LimitUnit, Phase, SigningMode, StepKind, Term
from guiju.exchange.bpmn.naming import describe
from guiju.exchange.bpmn.vocabulary import GUIJU
from guiju.exchange.xml_tree import Element, brief

_T = TypeVar("_T")
_Word = TypeVar("_Word", bound=Term)


def attribute(element: Element, name: str) -> str | None:
    """Return the ``guiju:`` attribute called ``name``, None when it is absent."""
    return element.attributes.get(f"{{{GUIJU}}}{name}")


def phase_of(element: Element) -> Phase | None:
    """Return the phase of the power that a node belongs to."""
    return _read_word(element, "phase", Phase)


def step_of(element: Element) -> StepKind | None:
    """Return what a step does in the exercise of a power."""
    return _read_word(element, "step", StepKind)


def limit_of(element: Element) -> Limit | None:
    """Return a step's time limit, written ``3 working_days``."""
    return _read(element, "limit", _limit, zh("形如「3 working_days」「24 hours」"))


def signing_of(element: Element) -> Signing | None:
    """Return how a step is signed, written ``all`` or, with a number, ``vote:3``."""
    return _read(element, "signing", _signing, zh("形如「all」「any」「vote:3」"))


def recorded_of(element: Element) -> bool | None:
    """Return whether logs hold an event for a node, None where the file does not say."""
    return _read(
        element, "recorded", {"true": True, "false": False}.__getitem__, listing(("true", "false"))
    )


def extension_of(node: Node) -> dict[str, str | None]:
    """Return what ``node`` writes for each ``guiju:`` attribute but the post; None: nothing."""
    limit, signing = node.limit, node.signing
    required = "" if signing is None or signing.required is None else f":{signing.required}"
    return {
        "number": node.number or None,
        "phase": node.phase.value if node.phase else None,
        "step": node.step.value if node.step else None,
        "limit": f"{limit.amount} {limit.unit.value}" if limit else None,
        "signing": f"{signing.mode.value}{required}" if signing else None,
        "recorded": None if node.recorded is None else str(node.recorded).lower(),
    }


def _limit(text: str) -> Limit:
    amount, unit = text.split()
    return Limit(_number(amount), _by_code(LimitUnit)[unit])


def _signing(text: str) -> Signing:
    mode, colon, required = text.partition(":")
    return Signing(_by_code(SigningMode)[mode], _number(required) if colon else None)


def _number(text: str) -> int:
    if not re.fullmatch("[0-9]{1,6}", text):
        raise ValueError(text)
    return int(text)


def _by_code(words: type[_Word]) -> dict[str, _Word]:
    return {word.value: word for word in words}


def _read_word(element: Element, name: str, words: type[_Word]) -> _Word | None:
    codes = _by_code(words)
    return _read(element, name, codes.__getitem__, listing(codes))


def _read(
    element: Element, name: str, convert: Callable[[str], _T], wanted: Sentence | Listing
) -> _T | None:
    text = attribute(element, name)
    if text is None:
        return None
    try:
        return convert(text.strip())
    except (ValueError, KeyError):
        raise Invalid(
            "BPMN-08",
            zh(
                "{element}的 {name} 写作「{value}」，无法识别。请改成：{wanted}。",
                element=describe(element),
                name=f"guiju:{name}",
                value=brief(text),
                wanted=wanted,
            ),
        ) from None
