"""Every scalar stays text, every value knows its line, and a hostile or broken file is refused by name."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.yaml_text import MAX_BYTES, MAX_DEPTH, YamlProblem, YamlText, load_text


def load(folder: Path, content: str | bytes) -> YamlText:
    path = folder / "service.yaml"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return load_text(path)


@pytest.mark.parametrize(
    "scalar",
    [
        "2.000890",
        "01",
        "15:00",
        "No",
        "yes",
        "null",
        "~",
        "0x1F",
        "1_000",
        "1e3",
        "2026-11-21",
        ".inf",
        "=",
        "<<",
    ],
)
def test_every_scalar_stays_the_text_that_was_written(tmp_path: Path, scalar: str) -> None:
    assert load(tmp_path, f"value: {scalar}\nlist: [{scalar}]\n{scalar}: key").root == {
        "value": scalar,
        "list": [scalar],
        scalar: "key",
    }


def test_an_empty_value_is_empty_text(tmp_path: Path) -> None:
    assert load(tmp_path, 'a:\nb: ""\nc: []\nd: {}').root == {"a": "", "b": "", "c": [], "d": {}}


def test_lines_are_those_of_the_keys_and_items(tmp_path: Path) -> None:
    text = load(
        tmp_path,
        "# a comment\ncode: x\nfees:\n  - amount: 8000\n    when:\n      age: 60\n  - [a,\n     b]\n",
    )
    assert text.lines == {
        (): 2,
        ("code",): 2,
        ("fees",): 3,
        ("fees", 0): 4,
        ("fees", 0, "amount"): 4,
        ("fees", 0, "when"): 5,
        ("fees", 0, "when", "age"): 6,
        ("fees", 1): 7,
        ("fees", 1, 0): 7,
        ("fees", 1, 1): 8,
    }


def test_a_problem_about_a_missing_value_names_the_line_of_its_parent(tmp_path: Path) -> None:
    text = load(tmp_path, "code: x\nfees:\n  - amount: 8000\n")
    problem = text.problem(("fees", 0, "from"), "the date is missing")
    assert (problem.path, problem.line, problem.reason) == (text.path, 3, "the date is missing")
    assert str(problem) == f"{text.path}:3: the date is missing"


def test_accents_come_out_composed_whatever_the_editor_wrote(tmp_path: Path) -> None:
    assert load(tmp_path, "\ufeffname: Hô\u0323 tịch".encode()).root == {"name": "Hộ tịch"}


@pytest.mark.parametrize(
    ("content", "line", "reason"),
    [
        ("", 0, "empty"),
        ("# only a comment\n", 0, "empty"),
        ("a: 1\nb: 2\na: 3", 3, "'a' stands here twice"),
        ("a:\n  b: 1\n  b: 2", 3, "'b' stands here twice"),
        ("a: &x [1]\nb: *x", 1, "anchors"),
        ("a: 1\nb: *x", 2, "anchors"),
        ("? *x\n: 1", 1, "anchors"),
        ("&x a: 1", 1, "anchors"),
        ("a: !!python/object/apply:os.system [ls]", 1, "tags"),
        ("a: !!str 1", 1, "tags"),
        ("? [a, b]\n: c", 1, "a key must be text"),
        ("a: 1\n---\nb: 2", 2, "more than one document"),
        ("a: 1\nb: [2,", 3, ""),
        ("a: b: c", 1, "mapping values"),
        ("a:\n\tb: 1", 2, ""),
        ("a: 1\nb: \x07", 2, "U+0007"),
        ('a: 1\nb: "\\u202e x"', 2, "U+202E"),
        ('a: 1\n"\\a": x', 2, "U+0007"),
        ("a: 1\nb: x\u200by", 2, "U+200B"),
        ("a: 1\nname: Hộ tịch".encode("utf-16"), 1, "not UTF-8"),
        (b"a: 1\nb: T\xeax", 2, "not UTF-8"),
        ("[" * (MAX_DEPTH + 2), 1, "nested deeper"),
        ("[" * 500_000, 1, "nested deeper"),
        ("a: " + "x" * MAX_BYTES, 0, "larger than"),
    ],
)
def test_a_bad_file_names_its_line_and_reason(tmp_path: Path, content: str | bytes, line: int, reason: str) -> None:
    with pytest.raises(YamlProblem) as caught:
        load(tmp_path, content)
    assert (caught.value.path.name, caught.value.line) == ("service.yaml", line)
    assert reason in caught.value.reason


def test_a_missing_file_is_a_problem_too(tmp_path: Path) -> None:
    with pytest.raises(YamlProblem, match=r"nothing\.yaml: cannot be read"):
        load_text(tmp_path / "nothing.yaml")


@given(content=st.one_of(st.text(alphabet="ab:-[]{}&*!#?|>'\" \n\t\u0301", max_size=60), st.binary(max_size=60)))
def test_any_bytes_are_either_read_or_refused(tmp_path_factory: pytest.TempPathFactory, content: str | bytes) -> None:
    try:
        text = load(tmp_path_factory.getbasetemp(), content)
    except YamlProblem:
        return
    assert () in text.lines
