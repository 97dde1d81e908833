"""A field's place in the dossier, what a card offers it, and the columns of a table."""

from pathlib import Path

import pytest

from kiosk.card import CardRead, parse_card
from kiosk.field_file import CARD_VALUES, ROLES
from kiosk.form import FieldType
from kiosk.prefill import card_value
from tests.kiosk.form_files import D, page, read
from tests.sample_forms import field_of

TABLE = "type: table, row_label: Nơi ở, columns: [{columns}]{more}"
START = "{ id: start, type: date, label: Từ }"
AFTER = "rules: [{ kind: not_before_field, argument: start, message: m }]"
END = f"{{ id: end, type: date, label: Đến, unknown_label: Đến nay, {AFTER} }}"
GAPS = ", rules: [{ kind: no_gaps, message: 'Từ {start}?' }]"


def table(*columns: str, more: str = "") -> str:
    """A page with a table."""
    return page("homes", TABLE.replace("{columns}", ", ".join(columns)).replace("{more}", more))


def test_a_table_has_its_columns(tmp_path: Path) -> None:
    more = ", rows_min: 2, rows_max: 5, privacy: masked" + GAPS
    form, found = read(tmp_path, table(START, END, "{ id: n, type: number, label: N, required: no }", more=more))
    assert found == []
    homes = form.field("homes")
    assert (homes.type, homes.row_label, homes.rows_min, homes.rows_max) == (FieldType.TABLE, "Nơi ở", 2, 5)
    assert [(column.id, column.type, column.required) for column in homes.columns] == [
        ("start", FieldType.DATE, True),
        ("end", FieldType.DATE, True),
        ("n", FieldType.NUMBER, False),
    ]
    assert homes.columns[1].unknown_label == "Đến nay"
    assert homes.rules[0].ask


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (table(), "'columns' needs a list of at least 1"),
        (page("homes", f"type: table, columns: [{START}]"), "needs 'row_label'"),
        (page("homes", "type: text, columns: []"), "unknown key 'columns'"),
        (table(START, START), "the column 'start' stands here twice"),
        (table("{ id: x, type: address, label: X }"), "a column cannot be of type address"),
        (table("{ id: x, type: table, label: X }"), "a column cannot be of type table"),
        (table("{ id: x, type: text, label: X, required_when: { field: d, answered: yes } }"), "unknown key"),
        (table("{ id: x, type: text, label: X, prefill: card.name }"), "unknown key 'prefill'"),
        (
            table("{ id: x, type: date, label: X, rules: [{ kind: not_before_field, argument: d, message: m }] }"),
            "'d' is no date that is asked before this",
        ),
        (table(START, more=GAPS), "rules about periods need the columns 'start' and 'end'"),
        (table(START, "{ id: end, type: text, label: E }", more=GAPS), "both dates"),
        (table(START, more=", rows_min: 3, rows_max: 2"), "needs from 'rows_min' up to 100 rows"),
        (table(START, more=", rows_max: 101"), "up to 100 rows"),
        (table(START, more=", prefill: 'field:d'"), "a table is not filled in from elsewhere"),
    ],
)
def test_a_mistake_in_a_table(tmp_path: Path, text: str, reason: str) -> None:
    _form, found = read(tmp_path, D, text)
    assert any(problem.line == 13 and reason in problem.reason for problem in found), list(map(str, found))


# "card.address" is only shown beside the question: an old card's address has a district that there is no more.
@pytest.mark.parametrize("name", sorted(CARD_VALUES - {"card.address"}))
def test_a_card_can_offer_everything_that_a_form_may_ask_of_it(name: str) -> None:
    card = parse_card("001099000123|012345678|Nguyễn Văn Mẫu|15011999|Nam|Thôn Mẫu, Xã Mẫu, Hà Nội|20052021")
    assert isinstance(card, CardRead)
    assert card_value(field_of(FieldType.TEXT, prefill=name), card)


def test_places_of_the_dossier() -> None:
    assert {"submitter.name", "owner.phone", "delivery.by", "copies"} <= ROLES
