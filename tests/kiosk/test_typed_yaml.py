"""Only the schema gives types, and every value that does not fit is a problem with its line."""

from datetime import date
from enum import StrEnum
from pathlib import Path

import pytest

from kiosk.typed_yaml import Section, duplicates, telling
from kiosk.yaml_text import YamlProblem, load_text


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


def section(folder: Path, content: str) -> tuple[Section, list[YamlProblem]]:
    path = folder / "file.yaml"
    path.write_text(content, encoding="utf-8")
    file = load_text(path)
    found: list[YamlProblem] = []
    return Section(file, found, file.root), found


def test_values_get_the_type_that_is_asked_for(tmp_path: Path) -> None:
    root, found = section(
        tmp_path,
        "text: ' Hộ tịch '\nyes: yes\nno: no\nwhole: 08\nday: 2026-11-21\ncolour: blue\nlist: [a, b]\nsingle: a\n"
        "inner: {x: 1}\nmany: [{x: 1}, {x: 2}]\n",
    )
    assert root.text("text") == "Hộ tịch"
    assert root.flag("yes", default=False)
    assert not root.flag("no", default=True)
    assert root.whole("whole") == 8
    assert root.day_or_none("day") == date(2026, 11, 21)
    assert root.one_of("colour", Colour) is Colour.BLUE
    assert root.texts("list") == ("a", "b")
    assert root.texts("single") == ("a",)
    assert root.section("inner").whole("x") == 1
    assert [inner.whole("x") for inner in root.sections("many")] == [1, 2]
    root.close()
    assert found == []


def test_what_may_be_missing(tmp_path: Path) -> None:
    root, found = section(tmp_path, "a: 1\n")
    assert root.has("a")
    assert root.text("text", "") == ""
    assert root.flag("flag", default=True)
    assert root.whole("whole", 20) == 20
    assert root.day_or_none("day") is None
    assert root.one_of("colour", Colour, Colour.RED) is Colour.RED
    assert root.texts("list") == ()
    assert root.sections("many") == []
    assert found == []


@pytest.mark.parametrize(
    ("content", "read", "reason"),
    [
        ("b: 1", lambda root: root.text("a"), "needs 'a'"),
        ("a: ''", lambda root: root.text("a"), "'a' needs a text"),
        ("a: [1]", lambda root: root.text("a"), "'a' needs a text"),
        ("a: '?'", lambda root: root.text("a"), "'a' is still to be filled in"),
        ("a: true", lambda root: root.flag("a", default=True), "needs yes or no"),
        ("a: -1", lambda root: root.whole("a"), "needs a whole number"),
        ("a: 1.0", lambda root: root.whole("a"), "needs a whole number"),
        ("a: ١", lambda root: root.whole("a"), "needs a whole number"),
        ("a: 2026-2-1", lambda root: root.day("a"), "needs a day of the calendar"),
        ("a: 2026-02-29", lambda root: root.day("a"), "needs a day of the calendar"),
        ("a: 20260221", lambda root: root.day("a"), "needs a day of the calendar"),
        ("a: green", lambda root: root.one_of("a", Colour), "needs one of red, blue"),
        ("a: [x, '']", lambda root: root.texts("a"), "'a' needs texts"),
        ("a: [x, '?']", lambda root: root.texts("a"), "'a' is still to be filled in"),
        ("a: []", lambda root: root.texts("a", at_least=1), "needs 'a'"),
        ("b: 1", lambda root: root.section("a").text("x"), "needs 'a'"),
        ("a: 1", lambda root: root.section("a"), "needs keys and values"),
        ("a: {x: 1}", lambda root: root.sections("a"), "'a' needs a list"),
        ("a: [1]", lambda root: root.sections("a"), "needs keys and values"),
        ("a: 1", lambda root: root.close(), "unknown key 'a'"),
    ],
)
def test_what_does_not_fit_is_a_problem_of_its_line(tmp_path: Path, content: str, read: object, reason: str) -> None:
    root, found = section(tmp_path, "first: 1\n" + content)
    root.text("first")
    assert callable(read)
    read(root)
    assert reason in found[0].reason
    assert found[0].line == (1 if content.startswith("b") else 2)


def test_a_file_that_is_no_mapping(tmp_path: Path) -> None:
    assert [problem.reason for problem in section(tmp_path, "- a\n")[1]] == ["needs keys and values"]


def test_duplicates() -> None:
    assert duplicates(["a", "b", "a", "a", "c", "c"]) == ["a", "c"]


def test_after_a_wrong_kind_nothing_else_is_judged(tmp_path: Path) -> None:
    root, found = section(tmp_path, "kind: green\nonly_of_blue: x\n")
    root.one_of("kind", Colour, decides=True)
    root.text("only_of_red")
    root.follow_up("so it cannot be")
    root.close()
    assert [problem.reason for problem in found] == ["'kind' is 'green': needs one of red, blue"]


def test_a_key_that_looks_like_a_missing_one_is_that_one(tmp_path: Path) -> None:
    root, found = section(tmp_path, "titel: x\nother: y\n")
    root.text("title")
    root.text("length")
    root.close()
    assert [problem.reason for problem in found] == [
        "needs 'length'",
        "unknown key 'titel': is 'title' meant?",
        "unknown key 'other'",
    ]


def test_what_is_still_to_be_filled_in_says_where(tmp_path: Path) -> None:
    root, found = section(tmp_path, "fees: [{}, {fact: {text: '?'}}]\nname: '?'\n")
    root.sections("fees")[1].section("fact").text("text")
    root.text("name")
    assert [problem.reason for problem in found] == [
        "fees 2 fact: 'text' is still to be filled in",
        "'name' is still to be filled in",
    ]


def test_what_may_only_follow_is_told_alone_and_once(tmp_path: Path) -> None:
    root, found = section(tmp_path, "a: 1\nb: 2\n")
    root.follow_up("wrong", "a")
    root.follow_up("wrong", "b")
    assert [str(problem) for problem in telling(found)] == [f"{tmp_path / 'file.yaml'}:1: wrong"]
    root.problem("a mistake", "b")
    assert [problem.reason for problem in telling(found)] == ["a mistake"]
