"""What a made-up person answers to each question of a service: resources/demo/answers/CODE.yaml, else a plain word."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from kiosk.form import Field, FieldType
from kiosk.resources import resource_path
from kiosk.yaml_text import Node, YamlText, load_text

UNKNOWN = "?"  # "I don't know", and what else a field's tick row says ("Đến nay")

_PLAIN: Mapping[FieldType, str] = MappingProxyType(
    {
        FieldType.TEXT: "MẪU",
        FieldType.NAME: "TRẦN THỊ MẪU",
        FieldType.ID_NUMBER: "001060000456",
        FieldType.NUMBER: "1",
        FieldType.PHONE: "0912345678",
        FieldType.EMAIL: "mau@example.com",
        FieldType.DATE: "27 3 1958",
        FieldType.YES_NO: "no",
    }
)

RowTexts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class MadeUpAnswers:
    """`texts` by field: what is typed, a choice's code, "yes" or "no", "27 3 1958", or "?" for what is not known;
    `rows` by table: the same for each column of each row."""

    texts: Mapping[str, str] = field(default_factory=dict)
    rows: Mapping[str, tuple[RowTexts, ...]] = field(default_factory=dict)

    def text(self, asked: Field) -> str:
        """What is answered to a question that is no table; "" where its type has no plain word (a choice)."""
        return self.texts.get(asked.id, _PLAIN.get(asked.type, ""))

    def table(self, asked: Field) -> tuple[RowTexts, ...]:
        """The rows of a table, one where none are given; each has a text for every column that is answered."""
        return tuple(
            {column.id: text for column in asked.columns if (text := _cell(column, row))}
            for row in self.rows.get(asked.id, ({},))
        )


def load_answers(code: str, folder: Path | None = None, *, papers: bool = False) -> MadeUpAnswers:
    """The answers for the service of that code; plain ones where there is no file. With `papers` those of a person who
    brings along what is not asked for, where there are such. Raises YamlProblem."""
    folder = folder or resource_path("demo", "answers")
    with_papers = folder / "papers" / f"{code}.yaml"
    path = with_papers if papers and with_papers.exists() else folder / f"{code}.yaml"
    if not path.exists():
        return MadeUpAnswers()
    file = load_text(path)
    root = file.root
    answers = root.get("answers") if isinstance(root, dict) else None
    if not isinstance(answers, dict):
        raise file.problem((), "needs 'answers' with keys and values")
    texts = {key: value for key, value in answers.items() if isinstance(value, str)}
    rows = {key: _rows(file, key, value) for key, value in answers.items() if not isinstance(value, str)}
    return MadeUpAnswers(texts, rows)


def _rows(file: YamlText, key: str, value: Node) -> tuple[RowTexts, ...]:
    rows = [_texts(row) for row in value] if isinstance(value, list) else []
    if not rows or not all(rows):
        raise file.problem(("answers", key), f"{key!r} needs a text, or a list of rows of texts")
    return tuple(rows)


def _texts(row: Node) -> RowTexts:
    """The row, or nothing where it is no row of texts."""
    texts = {key: text for key, text in row.items() if isinstance(text, str)} if isinstance(row, dict) else {}
    return texts if len(texts) == len(row) else {}


def _cell(column: Field, row: RowTexts) -> str:
    """What may be left open is left open unless it is given."""
    if column.id in row:
        return row[column.id]
    if column.unknown_label:
        return UNKNOWN
    if not column.required:
        return ""
    return column.choices[0].code if column.choices else _PLAIN.get(column.type, "")
