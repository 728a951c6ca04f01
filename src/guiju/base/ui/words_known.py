"""The words of the domain, for people who look one up: Chinese and English side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from guiju.core.sentence import Sentence, zh
from guiju.core.terms import Term
from guiju.exchange.catalogue import translator

TITLES = {
    "NodeKind": zh("流程里的元素"),
    "TaskKind": zh("任务由谁或什么完成"),
    "StepKind": zh("步骤办什么"),
    "Phase": zh("权力运行的阶段"),
    "LimitUnit": zh("时限的单位"),
    "SigningMode": zh("几个人签一步"),
    "MoveKind": zh("经过与流程的对照"),
    "Direction": zh("流程图的方向"),
    "FaultKind": zh("流程走不通的原因"),
    "DeviationKind": zh("办理与流程的出入"),
    "Template": zh("对步骤先后的要求"),
    "Standing": zh("监测的结论"),
    "Occurrence": zh("时限从第几次算起"),
    "RuleKind": zh("规则的种类"),
    "FindingKind": zh("监督当场的结论"),
    "WitnessState": zh("见证方的状态"),
    "Permission": zh("权限"),
    "Role": zh("角色"),
}
"""What each set of words is about, by the name of its class."""


@dataclass(frozen=True, slots=True)
class Words:
    """A set of words with its title; each word in Chinese and English."""

    title: Sentence
    words: tuple[tuple[str, str], ...]


def find_words(typed: str = "") -> Sequence[Words]:
    """Return the sets that hold what was typed, each with the words that do."""
    wanted = " ".join(typed.split()).lower()
    english = translator("en")
    found = []
    for kind in Term.__subclasses__():
        title = TITLES.get(kind.__name__, zh("其他"))
        known = [(str(term.label), term.label.render(english)) for term in kind]
        is_all = wanted in str(title)
        words = tuple(pair for pair in known if is_all or wanted in "\n".join(pair).lower())
        if words:
            found.append(Words(title, words))
    return found
