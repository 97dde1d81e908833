"""What is wrong in a catalogue's files is one clear line each, whatever it is, and nothing of them is used."""

from pathlib import Path

import pytest

from kiosk.catalog_file import check_catalog, load_catalog
from kiosk.errors import CatalogProblem
from tests.kiosk.conftest import CODE, Edit
from tests.sample_forms import release

FACT = "{ text: a, source: b, confidence: found }"
UNSURE = "text: a, source: b, confidence: unverified }\nprocessing: { days: 3, unit: working_days }"
MISTAKES = [
    ("service.yaml", "code: 9.000001", "code: 9.000002", "has the code 9.000002, unlike its folder"),
    ("service.yaml", "name: Dịch vụ thử nộp", "title: Dịch vụ thử nộp", "needs 'name'"),
    ("service.yaml", "name: Dịch vụ thử nộp", "title: Dịch vụ thử nộp", "unknown key 'title'"),
    ("service.yaml", "everyday_names: [Dịch vụ thử]", "everyday_names: []", "needs 'everyday_names'"),
    ("service.yaml", "aliases: [Thử nộp trực tuyến]", "aliases: [3.000333]", "'3.000333' names another service, too"),
    ("service.yaml", "route: online_by_agreement", "route: online", "'route' is 'online': needs one of desk"),
    ("service.yaml", "online: toan_trinh", "online: level_4", "'online' is 'level_4': needs one of toan_trinh"),
    ("service.yaml", "field: thu", "field: tho", "'field' is 'tho': needs one of ly_lich_tu_phap, thu"),
    ("service.yaml", "named: { source: thử, ", "named: { ", "needs 'source'"),
    ("service.yaml", "source: thử, ", "", "needs 'source'"),
    ("service.yaml", "confidence: found", "confidence: sure", "needs one of found, unverified"),
    ("service.yaml", "checked_on: 2026-11-21", "checked_on: 21/11/2026", "needs a day of the calendar"),
    ("service.yaml", "checked_on: 2026-11-21", "checked_on: 2026-02-30", "needs a day of the calendar"),
    ("service.yaml", "amount_vnd: 10000", "amount_vnd: 10.000", "'amount_vnd' is '10.000': needs a whole number"),
    ("service.yaml", "valid_to: 2026-12-31", "valid_to: 2027-01-01", "dates overlap with those of 'Lệ phí thử' (Mức"),
    (
        "service.yaml",
        "minutes_at_kiosk: ",
        "processing: { days: 9999, unit: working_days }\nminutes_at_kiosk: ",
        "9999 days are",
    ),
    ("service.yaml", "valid_from: 2027-01-01", "per_field: copies", "'copies' is no number field"),
    (
        "service.yaml",
        "routes: [online_by_agreement, desk, prepare]",
        "routes: [web]",
        "'routes' has 'web': needs some of desk",
    ),
    ("service.yaml", "required: yes", "required: true", "'required' is 'true': needs yes or no"),
    (
        "service.yaml",
        "required: yes",
        "when: {field: age, answered: yes}",
        "asks about 'age', which is not asked",
    ),
    ("service.yaml", "required: yes", "copy_kinds: [photo]", "'copy_kinds' has 'photo': needs some of original"),
    ("service.yaml", "needs_identity: card_code", "needs_identity: card", "needs one of typed, card_code"),
    ("service.yaml", "needs_identity", "declaration: nothing\nneeds_identity", "no printed form 'nothing'"),
    (
        "service.yaml",
        "needs_identity",
        "copies_field: requester_name\nneeds_identity",
        "is no number field",
    ),
    (
        "service.yaml",
        "minutes_at_kiosk: 5",
        "valid_from: 2027-01-01\nvalid_to: 2026-01-01",
        "ends on 2026-01-01",
    ),
    ("service.yaml", "payment:", "paying:", "unknown key 'paying': is 'payment' meant?"),
    ("service.yaml", "route:", "minutes_at_kiosk: 3\nroute:", "the key 'minutes_at_kiosk' stands here twice"),
    ("service.yaml", "minutes_at_kiosk: 5", 'minutes_at_kiosk: "?"', "'minutes_at_kiosk' is still to be filled in"),
    ("service.yaml", "minutes_at_kiosk: 5", "minutes_at_kiosk: [5]", "'minutes_at_kiosk' needs a text"),
    ("service.yaml", "minutes_at_kiosk: 5", "\tminutes_at_kiosk: 5", "found character"),
    ("service.yaml", "checked_on: 2026-11-21\n", "", "needs 'checked_on', here or at the top of its file"),
    ("service.yaml", "code: charge", 'provinces: ["1"]\n    code: charge', "'1' is no code of a province"),
    ("service.yaml", "code: charge", "provinces: [Hà Nội]\n    code: charge", "'Hà Nội' is no code of a province"),
    ("service.yaml", "valid_from: 2027-01-01", "valid_to: 2026-06-30", "can never fit: before it stands 'Lệ phí thử'"),
    ("service.yaml", "minutes_at_kiosk: 5", "minutes_at_kiosk: 5\nvalid_from: 2027-01-01", "never fits: the service"),
    ("service.yaml", "parts:", "linked_first: { code: 8.888888, fact: *x }\nparts:", "anchors (&) and aliases (*)"),
    ("service.yaml", "parts:", f"linked_first: {{ code: 8.888888, fact: {FACT} }}\nparts:", "no service '8.888888'"),
    ("service.yaml", "needs_identity", "processing: { days: 3, unit: weeks }\nneeds_identity", "needs one of working_"),
    (
        "service.yaml",
        "needs_identity",
        "processing: { days: 0, unit: working_days, cutoff_hour: 24 }\nneeds_identity",
        "24 is no hour of a day",
    ),
    ("service.yaml", "text: 3 ngày làm việc, source: thử, confidence: found }", UNSURE, "days are counted only where"),
    (
        "service.yaml",
        "parts:",
        f"deadlines: [{{field: requester_name, days: 3, text: a, late_text: b, fact: {FACT}}}]\nparts:",
        "'requester_name' is no date of the form",
    ),
    (
        "service.yaml",
        "code: charge",
        "per_pages: {table: t, pages: p, copies: c, first_pages: 2, later_vnd: 1, cap_vnd: 9}\n    code: charge",
        "'t' is no table of the form",
    ),
    ("service.yaml", "needs_identity", "form: nothing\nneeds_identity", "there is no shared form 'nothing'"),
    ("service.yaml", "needs_identity", "life_events: [wedding]\nneeds_identity", "'life_events' has 'wedding'"),
    ("service.yaml", "needs_identity", "life_events: [job, job]\nneeds_identity", "'job' stands here twice"),
    ("service.yaml", "aliases: [Thử", "aliases: [9.000001, Thử", "'9.000001' stands here twice"),
    ("service.yaml", "required: yes", "picture: drawing", "'picture' is 'drawing': needs one of id_card"),
    ("service.yaml", "required: yes", "max_pages: 0", "a part has at least one page"),
    ("service.yaml", "result: {", "result: [", ""),
    ("form.yaml", "version: 1", "", "needs 'version'"),
    ("form.yaml", "pages:", "page:", "unknown key 'page': is 'pages' meant?"),
    ("form.yaml", "pages:", "list:", "needs 'pages'"),
]


@pytest.mark.parametrize(("file", "old", "new", "reason"), MISTAKES)
def test_a_mistake_is_one_line_with_file_line_and_reason(
    small_catalog: Path, edit: Edit, file: str, old: str, new: str, reason: str
) -> None:
    edit(file, old, new)
    found = check_catalog(small_catalog, release())
    place = str(small_catalog / CODE / file)
    assert any(line.startswith(place + ":") and reason in line for line in found), found
    with pytest.raises(CatalogProblem) as raised:
        load_catalog(small_catalog, release())
    assert reason in str(raised.value)


# The files that an attacker, an editor or a slip of the mouse makes: one clear line each.
BAD_FILES = [
    (b"a: " + b"x" * 5_000_000, "larger than 1000000 bytes"),
    (b"a: &a [x,x,x]\nb: &b [*a,*a,*a]\nc: &c [*b,*b,*b]\n", "anchors (&) and aliases (*) are not allowed"),
    ("tên: Hộ tịch".encode("utf-16"), "not UTF-8 text"),
    ("name: Hộ tịch".encode("cp1258", "replace") + b"\xff", "not UTF-8 text"),
    (b"code: !!python/object/apply:os.system [id]\n", "tags (!) are not allowed"),
    (b"[" * 100 + b"]" * 100, "nested deeper than 32"),
    (b"", "the file is empty"),
    (b"- a\n- b\n", "needs keys and values"),
]


@pytest.mark.parametrize(("content", "reason"), BAD_FILES)
def test_a_file_that_is_no_catalogue_is_one_line(small_catalog: Path, content: bytes, reason: str) -> None:
    path = small_catalog / CODE / "service.yaml"
    path.write_bytes(content)
    (line,) = check_catalog(small_catalog, release())
    assert line.startswith(f"{path}:")
    assert reason in line


def test_conditions_cannot_go_in_a_circle(small_catalog: Path, edit: Edit) -> None:
    """A condition asks only about what was asked before it, so that two pages cannot wait for each other."""
    page = (
        "  - {id: %s, section: a, title: b, when: {field: %s, answered: yes}, fields: [{id: %s, type: text, label: c}]}"
    )
    pages = "\n".join([page % ("one", "two", "one"), page % ("two", "one", "two")])
    path = small_catalog / CODE / "form.yaml"
    path.write_text(path.read_text(encoding="utf-8").rstrip() + "\n" + pages + "\n", encoding="utf-8")
    (line,) = check_catalog(small_catalog, release())
    assert "asks about 'two', which is not asked before this" in line
