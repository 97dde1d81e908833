"""The answers of made-up people: read from their file, plain ones where nothing is written, mistakes named."""

from pathlib import Path

import pytest

from commands.tour_answers import MadeUpAnswers, load_answers
from kiosk.field_rules import normalise
from kiosk.form import Field, FieldProblem, FieldType
from kiosk.resources import resource_path
from kiosk.yaml_text import YamlProblem
from tests.sample_table import RESIDENCES

SHIPPED = sorted(path.stem for path in resource_path("demo", "answers").glob("*.yaml"))


def written(folder: Path, text: str) -> MadeUpAnswers:
    (folder / "1.yaml").write_text(text, encoding="utf-8")
    return load_answers("1", folder)


def test_texts_stay_texts(tmp_path: Path) -> None:
    answers = written(tmp_path, "answers:\n  book: 01\n  own: yes\n  who: '?'\n")
    assert answers.texts == {"book": "01", "own": "yes", "who": "?"}
    assert answers.text(Field("book", FieldType.TEXT, "Quyển số")) == "01"


def test_what_is_not_written_is_answered_plainly(tmp_path: Path) -> None:
    answers = load_answers("no such service", tmp_path)
    for kind in FieldType:
        field = Field("any", kind, "Câu hỏi")
        if kind not in (FieldType.TABLE, FieldType.ADDRESS, FieldType.CHOICE):
            assert not isinstance(normalise(field, answers.text(field)), FieldProblem)


def test_a_row_leaves_open_what_may_be_open(tmp_path: Path) -> None:
    text = "answers:\n  residences:\n    - { start: 3/2012, place: XÃ MẪU }\n    - { start: 9/2006, end: 2/2012 }\n"
    assert written(tmp_path, text).table(RESIDENCES) == (
        {"start": "3/2012", "end": "?", "place": "XÃ MẪU"},
        {"start": "9/2006", "end": "2/2012", "place": "MẪU"},
    )
    assert MadeUpAnswers().table(RESIDENCES) == ({"start": "27 3 1958", "end": "?", "place": "MẪU"},)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("other: 1\n", "1.yaml:1: needs 'answers'"),
        ("answers: none\n", "1.yaml:1: needs 'answers'"),
        ("answers:\n  rows: []\n", "1.yaml:2: 'rows' needs a text, or a list of rows"),
        ("answers:\n  rows:\n    - one\n", "1.yaml:2: 'rows' needs a text, or a list of rows"),
        ("answers:\n  rows:\n    - { a: [1] }\n", "1.yaml:2: 'rows' needs a text, or a list of rows"),
    ],
)
def test_a_mistake_is_named_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(YamlProblem, match="needs") as found:
        written(tmp_path, text)
    assert said in str(found.value)


@pytest.mark.parametrize("code", SHIPPED)
def test_the_shipped_answers_can_be_read(code: str) -> None:
    assert load_answers(code).texts
