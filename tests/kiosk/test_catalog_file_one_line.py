"""One mistake is one line: nothing is told that only follows from it, neither in its own file nor in another."""

from pathlib import Path

import pytest

from kiosk.catalog_file import check_catalog
from tests.kiosk.conftest import CODE, Edit
from tests.sample_forms import TODAY, release

FORM = """
id: 9.000001
version: 1
pages:
  - id: event
    section: A
    title: Việc gì?
    fields:
      - { id: event, type: choice, label: Việc, choices: [{ code: "1", label: Một }, { code: "2", label: Hai }] }
  - id: started
    section: A
    title: Từ ngày nào?
    when: { field: event, equals: "1" }
    fields:
      - id: started
        type: date
        label: Ngày
        rules: [{ kind: not_after_today, message: Chưa tới ngày ấy. }]
  - id: copies
    section: B
    title: Mấy bản?
    when: { field: event, one_of: ["1", "2"] }
    fields:
      - { id: copies, type: number, label: Số bản, rules: [{ kind: max, argument: 20, message: Nhiều quá. }] }
  - id: note
    section: B
    title: Ghi chú gì?
    fields:
      - { id: note, type: text, label: Ghi chú, rules: [{ kind: pattern, argument: "[A-Z]+", message: Chữ in. }] }
  - id: stop
    section: B
    title: Không thuộc trường hợp này
    when: { field: copies, at_least: 9 }
    stop: { text: Việc này ở nơi khác, instead: 3.000333 }
"""
MORE = """
valid_from: 2025-07-01
valid_to: 2027-06-30
copies_field: copies
deadlines:
  - field: started
    days: 60
    text: Trong 60 ngày
    late_text: Đã quá hạn
    fact: { text: 60 ngày, source: thử, confidence: found }
linked_first: { code: 3.000333, fact: { text: Làm cùng, source: thử, confidence: found } }
"""

SERVICE, OTHER = f"{CODE}/service.yaml", "3.000333/service.yaml"
FILE_OF_FORM = f"{CODE}/form.yaml"


@pytest.fixture
def catalog(small_catalog: Path, edit: Edit) -> Path:
    """The small catalogue with a service in which much hangs together."""
    (small_catalog / CODE / "form.yaml").write_text(FORM, encoding="utf-8")
    edit("service.yaml", "    valid_from: 2027-01-01", "    valid_from: 2027-01-01\n    per_field: copies")
    edit("service.yaml", "    required: yes", "    when: { field: event, equals: '2' }")
    path = small_catalog / SERVICE
    path.write_text(path.read_text(encoding="utf-8").rstrip() + MORE, encoding="utf-8")
    assert check_catalog(small_catalog, release(), today=TODAY) == []
    return small_catalog


MISTAKES = [
    (FILE_OF_FORM, "type: choice", "type: chioce", "'type' is 'chioce': needs one of text"),
    (FILE_OF_FORM, "type: date", "typ: date", "unknown key 'typ': is 'type' meant?"),
    (FILE_OF_FORM, "type: date", "type: day", "'type' is 'day': needs one of text"),
    (FILE_OF_FORM, "id: event, type", "id: Event, type", "'Event' is no id"),
    (FILE_OF_FORM, "id: event, type", "id: what, type", "asks about 'event', which is not asked before this"),
    (FILE_OF_FORM, "kind: max,", "kind: most,", "'kind' is 'most': needs one of min, max"),
    (FILE_OF_FORM, "equals:", "equal:", "unknown key 'equal'"),
    (FILE_OF_FORM, 'equals: "1"', 'equals: "3"', "'event' can never be '3'"),
    (FILE_OF_FORM, "at_least: 9", "at_least: 9, equals: 3", "needs exactly one of equals, one_of"),
    (FILE_OF_FORM, "field: copies, at_least: 9", "field: copies", "needs exactly one of equals, one_of"),
    (FILE_OF_FORM, "pages:", "page:", "unknown key 'page': is 'pages' meant?"),
    (FILE_OF_FORM, "section: A", "\tsection: A", "found a tab character"),
    (FILE_OF_FORM, "[A-Z]+", "(A+)+", "repeats a group"),
    (FILE_OF_FORM, "title: Mấy", "titel: Mấy", "unknown key 'titel': is 'title' meant?"),
    (SERVICE, "route:", "rout:", "unknown key 'rout': is 'route' meant?"),
    (SERVICE, "fees:", "fee:", "unknown key 'fee': is 'fees' meant?"),
    (SERVICE, "checked_on: 2026-11-21\n", "", "needs 'checked_on', here or at the top of its file"),
    (SERVICE, "checked_on: 2026-11-21", "checked_on: 21/11/2026", "'checked_on' is '21/11/2026': needs a day"),
    (SERVICE, "checked_on: 2026-11-21", "checked_on: 2027-11-21", "nobody has read a source on a day to come"),
    (SERVICE, "valid_to: 2027-06-30", "valid_to: 30/6/2027", "'valid_to' is '30/6/2027': needs a day"),
    (SERVICE, "valid_from: 2025-07-01", "valid_from: 2025-7-1", "'valid_from' is '2025-7-1': needs a day"),
    (SERVICE, "valid_to: 2026-12-31", "valid_to: 31.12.2026", "'valid_to' is '31.12.2026': needs a day"),
    (SERVICE, "amount_vnd: 20000", "amount: 20000", "unknown key 'amount'"),
    (SERVICE, "amount_vnd: 20000", "amount_vnd: 20.000", "'amount_vnd' is '20.000': needs a whole number"),
    (SERVICE, "code: 9.000001", "code: 9.00001", "has the code 9.00001, unlike its folder"),
    (SERVICE, "confidence: found }\nchecked_on", "confidence: sure }\nchecked_on", "'confidence' is 'sure'"),
    (SERVICE, "per_field: copies", "per_field: copy", "'copy' is no number field of the form"),
    (SERVICE, "text: Cơ quan thử", "text: Xã, phường", "unknown key 'phường' without a value: a text with a comma"),
    (SERVICE, "name: Giấy tờ thử", 'name: "Giấy\\u202etờ\\u0007 thử"', "character U+202E is not allowed"),
    (SERVICE, "linked_first: { code: 3.000333", f"linked_first: {{ code: {CODE}", "a service is not linked to itself"),
    (OTHER, "route: prepare", "route: [prepare", ""),
    (OTHER, "named:", "name:", "the key 'name' stands here twice"),
    ("catalog.yaml", "fields:", "field:", "unknown key 'field': is 'fields' meant?"),
    ("catalog.yaml", "fields:", "fields: [", ""),
]


@pytest.mark.parametrize(("file", "old", "new", "reason"), MISTAKES)
def test_one_mistake_is_one_line(catalog: Path, file: str, old: str, new: str, reason: str) -> None:
    path = catalog / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    found = check_catalog(catalog, release(), today=TODAY)
    assert len(found) == 1, found
    assert found[0].startswith(f"{path}:")
    assert reason in found[0]


def test_a_service_that_cannot_be_read_is_there_for_the_others(catalog: Path, tmp_path: Path) -> None:
    path = tmp_path / "office" / OTHER
    path.parent.mkdir(parents=True)
    path.write_text("route: [desk\n", encoding="utf-8")
    (line,) = check_catalog(catalog, release(), (tmp_path / "office",))
    assert line.startswith(f"{path}:")


def test_two_mistakes_are_two_lines(catalog: Path, edit: Edit) -> None:
    edit("service.yaml", "route:", "rout:")
    edit("service.yaml", "payment:", "pay:")
    assert len(check_catalog(catalog, release())) > 1


@pytest.mark.parametrize(("day", "right"), [("2026-11-22", True), ("2026-11-23", False)])
def test_a_source_can_be_read_until_tomorrow(catalog: Path, edit: Edit, day: str, right: bool) -> None:
    edit("service.yaml", "text: Cơ quan thử,", f"text: Cơ quan thử, checked_on: {day},")
    assert (check_catalog(catalog, release(), today=TODAY) == []) is right
    assert check_catalog(catalog, release()) == []
