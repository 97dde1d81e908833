"""Scanning for people who press one or two switches: which group is marked, which of its members, and what is chosen.

One switch: the mark moves by itself and the switch chooses. Two: one moves it, the other chooses.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from enum import StrEnum

ROUNDS_IN_A_GROUP = 2
"""After so many rounds without a choice the mark leaves a group: who came there by mistake is not kept."""


class SwitchMode(StrEnum):
    """How many switches there are."""

    OFF = "off"
    ONE = "one"
    TWO = "two"


Target = Hashable
Groups = Sequence[Sequence[Target]]


@dataclass(frozen=True, slots=True)
class Mark:
    """Where the mark is: on a whole group, or inside it on one member (`member`), in its so-manieth round."""

    group: int = 0
    member: int | None = None
    round: int = 0


def marked(groups: Groups, mark: Mark) -> tuple[Target, ...]:
    """What is marked now: one target, or all those of a group; nothing where there is nothing."""
    if not groups:
        return ()
    group = groups[mark.group % len(groups)]
    return tuple(group) if mark.member is None else (group[mark.member % len(group)],)


def stepped(groups: Groups, mark: Mark) -> Mark:
    """The mark moves on: to the next group, or to the next member of the group that was entered."""
    if not groups:
        return Mark()
    if mark.member is None:
        return Mark((mark.group + 1) % len(groups))
    size = len(groups[mark.group % len(groups)])
    if mark.member + 1 < size:
        return Mark(mark.group, mark.member + 1, mark.round)
    if mark.round + 1 < ROUNDS_IN_A_GROUP:
        return Mark(mark.group, 0, mark.round + 1)
    return Mark(mark.group)


def chosen(groups: Groups, mark: Mark) -> tuple[Mark, Target | None]:
    """The switch chooses: a group of several is entered, and a single target is what is pressed. After a press the
    mark begins at the group again, so that the next letter is looked for from the row of the last one."""
    if not groups:
        return Mark(), None
    group = groups[mark.group % len(groups)]
    if mark.member is None and len(group) > 1:
        return Mark(mark.group, 0), None
    return Mark(mark.group), group[(mark.member or 0) % len(group)]
