"""Reads the facts of catalogue files: a text, its source, the day when that was read, and how sure it is."""

from collections.abc import Iterator
from datetime import date, timedelta

from kiosk.catalog import Confidence, Fact
from kiosk.dates import parse_iso
from kiosk.typed_yaml import Section
from kiosk.yaml_text import Node, NodePath, YamlProblem, YamlText

CHECKED_ON = "checked_on"  # beside a fact, or once at the top of its file


def read_fact(section: Section, text: str | None = None) -> Fact:
    """The fact of a mapping; with `text`, a fact about that text, which stands elsewhere."""
    fact = Fact(
        text=section.text("text") if text is None else text,
        source=section.text("source"),
        checked_on=section.shared_day(CHECKED_ON),
        confidence=section.one_of("confidence", Confidence),
    )
    section.close()
    return fact


def check_dates(section: Section, valid_from: date | None, valid_to: date | None) -> None:
    """A time that ends before it begins is a mistake of the section."""
    if valid_from and valid_to and valid_to < valid_from:
        section.problem(f"ends on {valid_to} before it begins on {valid_from}", "valid_to")


def read_later(file: YamlText, today: date) -> Iterator[YamlProblem]:
    """Each day of the file on which a source is said to have been read, and which has not come: a slip of the year, or
    a promise. Tomorrow passes, for the clock of a machine may be a day behind."""
    latest = today + timedelta(days=1)
    for at in file.lines:
        if at[-1:] == (CHECKED_ON,) and (day := parse_iso(str(_value(file.root, at)))) and day.is_after(latest):
            yield file.problem(at, f"{CHECKED_ON!r} is {day.iso()!r}: nobody has read a source on a day to come")


def _value(node: Node, at: NodePath) -> Node:
    for step in at:
        node = node[step]  # type: ignore[index]  # the file has a value at each of its places
    return node
