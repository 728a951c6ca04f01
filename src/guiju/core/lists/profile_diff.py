"""What differs between two profiles, line by line in plain words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from guiju.core.lists.profile import Profile
from guiju.core.lists.profile_told import lines_of
from guiju.core.lists.profile_told_line import Line, Text
from guiju.core.lists.profile_words import ProfilePart
from guiju.core.lists.words import Alteration
from guiju.core.sentence import Sentence, zh


@dataclass(frozen=True, slots=True)
class LineChange:
    """A line that one profile has and the other has not, or has otherwise.

    Attributes:
        before, after: what it says; empty where it is not there.
    """

    part: ProfilePart
    label: Text
    before: Text
    after: Text

    @property
    def kind(self) -> Alteration:
        """Tell whether the line is new, gone or changed."""
        if not str(self.before):
            return Alteration.ADDED
        return Alteration.CHANGED if str(self.after) else Alteration.REMOVED

    @property
    def sentence(self) -> Sentence:
        """Say it."""
        known = {"part": self.part.label, "label": self.label}
        if self.kind is Alteration.ADDED:
            return zh("{part}新增 {label}：{after}。", **known, after=self.after)
        if self.kind is Alteration.REMOVED:
            return zh("{part}去掉 {label}：{before}。", **known, before=self.before)
        return zh(
            "{part}的 {label}：由“{before}”改为“{after}”。",
            **known,
            before=self.before,
            after=self.after,
        )


def differences(before: Profile, after: Profile) -> tuple[LineChange, ...]:
    """Return what differs, in the order of the parts; nothing for profiles that say the same."""
    return tuple(change for part in ProfilePart for change in _of_part(part, before, after))


def _of_part(part: ProfilePart, before: Profile, after: Profile) -> list[LineChange]:
    old, new = ({one.key: one for one in lines_of(held, part)} for held in (before, after))
    was, now = _compared(part, before), _compared(part, after)
    changes = [
        LineChange(part, (new.get(key) or old[key]).label, _text(old, key), _text(new, key))
        for key in dict.fromkeys((*old, *new))
        if was.get(key) != now.get(key)
    ]
    return changes + _moved(part, tuple(old.values()), tuple(new.values()))


def _compared(part: ProfilePart, held: Profile) -> dict[str, str]:
    """Return what is compared: a grade that is called otherwise is one change, not many."""
    told = held if part is ProfilePart.GRADES else replace(held, grades=())
    return {one.key: str(one.text) for one in lines_of(told, part)}


def _text(lines: Mapping[str, Line], key: str) -> Text:
    return lines[key].text if key in lines else ""


def _moved(
    part: ProfilePart, before: tuple[Line, ...], after: tuple[Line, ...]
) -> list[LineChange]:
    """Say that chains stand in another order: the first that fits counts."""
    if part is not ProfilePart.CHAINS:
        return []
    was, now = ([one for one in lines if len(one.place) == 1] for lines in (before, after))
    if {one.key for one in was} != {one.key for one in now} or [o.key for o in was] == [
        o.key for o in now
    ]:
        return []
    old, new = (zh("、").render().join(str(one.text) for one in lines) for lines in (was, now))
    return [LineChange(part, zh("先后"), old, new)]
