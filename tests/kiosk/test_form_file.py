"""A form's file is read strictly: what can never work is refused with its line when the catalogue loads."""

from pathlib import Path

import pytest

from kiosk.form import AllOf, AnyOf, Compare, Computed, ComputedKind, FieldType, Not, Op, Privacy, RuleKind, Stop
from kiosk.form_blocks import Blocks
from kiosk.form_file import read_form
from kiosk.yaml_text import YamlProblem
from tests.kiosk.form_files import A, D, N, T, page, read, when


def test_every_key_has_its_place(tmp_path: Path) -> None:
    form, found = read(
        tmp_path,
        A,
        N,
        page("c", "type: choice, code_list: colours, unknown_label: Không rõ", when('{ field: a, equals: "1" }')),
        "  - id: last\n    section: P\n    title: Câu?\n    hint: Vì sao\n    fields:\n"
        "      - id: born\n        type: date\n        label: N\n        hint: h\n        required: no\n"
        '        required_when: { all: [{ field: a, one_of: ["1", "2"] }, { not: { field: n, at_least: 2 } }] }\n'
        "        rules: [{ kind: not_after_today, message: m }]\n        prefill: card.birth_date\n"
        "        role: owner.birth_date\n        privacy: masked\n"
        "      - { id: name, type: name, label: N, uppercase: yes, required: no,\n"
        "          required_when: { any: [{ field: born, full_date: yes }, { field: c, answered: yes }] } }\n",
    )
    assert found == []
    assert [choice.label for choice in form.field("c").choices] == ["Đỏ", "Xanh"]
    assert form.pages[2].when == Compare("a", Op.EQUALS, ("1",))
    born, name = form.field("born"), form.field("name")
    assert (born.type, born.required, born.privacy) == (FieldType.DATE, False, Privacy.MASKED)
    assert (born.prefill, born.role, born.hint) == ("card.birth_date", "owner.birth_date", "h")
    assert born.rules[0].kind is RuleKind.NOT_AFTER_TODAY
    few = Not(Compare("n", Op.AT_LEAST, ("2",)))
    assert born.required_when == AllOf((Compare("a", Op.ONE_OF, ("1", "2")), few))
    assert name.required_when == AnyOf((Compare("born", Op.FULL_DATE), Compare("c", Op.ANSWERED)))
    assert name.uppercase
    assert form.pages[3].hint == "Vì sao"


STOP = """  - id: too_young
    section: P
    title: Chưa đủ tuổi
    when: { not: { field: age, at_least: 18 } }
    stop: { text: Ông/bà hỏi quầy., instead: 9.000001 }
"""
AGE = "computed:\n  - { id: age, kind: age_years, of: d, label: Tuổi }\n"


def test_a_page_stops_by_a_computed_answer(tmp_path: Path) -> None:
    form, found = read(tmp_path, D, STOP, N, AGE)
    assert found == []
    assert form.computed == (Computed("age", ComputedKind.AGE_YEARS, "d", "Tuổi"),)
    stop = form.pages[1]
    assert (stop.stop, stop.fields) == (Stop("Ông/bà hỏi quầy.", "9.000001"), ())
    assert stop.when == Not(Compare("age", Op.AT_LEAST, ("18",)))


def test_a_page_after_the_stop_knows_that_nobody_was_stopped(tmp_path: Path) -> None:
    young = page("young", "type: text", when("{ not: { field: age, at_least: 18 } }"))
    _form, found = read(tmp_path, D, STOP, young, AGE)
    assert [(problem.line, problem.reason) for problem in found] == [(17, "no answers ever lead to the page 'young'")]


def test_conditions_ask_about_province_and_route(tmp_path: Path) -> None:
    here = page("here", "type: text", when('{ field: "fact:province", one_of: ["01", "31"] }'))
    assert read(tmp_path, here)[1] == []
    both = '{ all: [{ field: "fact:province", equals: "01" }, { field: "fact:province", equals: "31" }] }'
    assert "no answers ever" in read(tmp_path, page("here", "type: text", when(both)))[1][0].reason
    wrong = page("here", "type: text", when('{ field: "fact:province", equals: Hà Nội }'))
    assert "can never be" in read(tmp_path, wrong)[1][0].reason


DEAD = [
    ('required: no, required_when: { all: [{ field: a, equals: "1" }, { field: a, equals: "2" }] }', "'required_when'"),
    ("prefill: 'field:t', unknown_label: K, same_when: { field: t, answered: yes }", ""),
    (
        "prefill: 'field:t', unknown_label: K, same_when: { not: { field: a, answered: yes } }",
        "the 'same_when' of 'b' is never true",
    ),
    ("prefill: 'field:t', unknown_label: K, same_when: { field: a, answered: yes }", "the field 'b' is never asked"),
]


@pytest.mark.parametrize(("field", "reason"), DEAD)
def test_a_condition_that_decides_nothing_is_a_mistake(tmp_path: Path, field: str, reason: str) -> None:
    _form, found = read(tmp_path, A, T, page("b", f"type: text, {field}"))
    assert [problem.line for problem in found] == ([14] if reason else [])
    assert all(reason in problem.reason for problem in found)


MISTAKES = [
    ((D, STOP), 12, "asks about 'age', which is not asked before this"),
    ((STOP, D, AGE), 7, "asks about 'age', which is not asked before this"),
    ((D, AGE.replace("of: d", "of: e")), 10, "'e' is no date field of this form"),
    ((T, AGE.replace("of: d", "of: t")), 10, "'t' is no date field of this form"),
    ((D, AGE.replace("id: age", "id: d")), 7, "the field 'd' stands here twice: it is computed, too"),
    ((D, page("age", "type: text"), AGE), 13, "the field 'age' stands here twice"),
    ((D, AGE.replace("age_years", "weight")), 10, "'kind' is 'weight': needs one of age_years"),
    ((STOP.replace("    when: { not: { field: age, at_least: 18 } }\n", ""),), 7, "needs a 'when'"),
    ((D, STOP + "    fields: []\n", AGE), 14, "a page that stops has no fields"),
    ((D, STOP.replace("text: Ông/bà hỏi quầy., ", ""), AGE), 13, "needs 'text'"),
    ((page("Bad-Id", "type: text"),), 4, "'Bad-Id' is no id"),
    ((page("b", "type: colour"),), 8, "'type' is 'colour': needs one of text"),
    ((page("b", "type: text, color: red"),), 8, "unknown key 'color'"),
    ((page("b", "type: text", "    extra: 1\n"),), 7, "unknown key 'extra'"),
    ((T, T), 9, "the page 't' stands here twice"),
    ((T, T), 13, "the field 't' stands here twice"),
    ((page("b", "type: text, role: boss"),), 8, "no such place in a dossier: 'boss'"),
    ((page("b", "type: text, prefill: card.age"),), 8, "nothing offers 'card.age'"),
    ((T, page("b", "type: date, prefill: 'field:t'")), 13, "'field:t' is no date field of an earlier page"),
    ((page("b", "type: text, prefill: 'field:b'"),), 8, "is no text field of an earlier page"),
    ((A, page("b", "type: text, same_when: { field: a, equals: '1' }")), 13, "'same_when' needs a 'prefill'"),
    (
        (A, T, page("b", "type: text, prefill: 'field:t', same_when: { field: a, equals: '1' }")),
        18,
        "needs an 'unknown_label'",
    ),
    ((A, page("b", "type: text, required_when: { field: a, answered: yes }")), 13, "says nothing beside required"),
    ((page("b", "type: choice, choices: [{ code: x, label: X }]"),), 8, "at least two choices"),
    ((page("b", "type: choice, choices: [{ code: x, label: X }, { code: x, label: Y }]"),), 8, "'x' stands here twice"),
    ((page("b", "type: choice, choices: [{ code: x }, { code: y, label: Y }]"),), 8, "needs 'label'"),
    (
        (page("b", f"type: choice, choices: [{', '.join(f'{{ code: c{n}, label: L }}' for n in range(7))}]"),),
        8,
        "more than 6 choices at once",
    ),
    ((page("b", "type: choice, code_list: shapes"),), 8, "there is no code list 'shapes'"),
    ((page("b", "type: text, code_list: colours"),), 8, "a field of type text has no choices"),
    ((page("b", "type: choice, code_list: colours, choices: [{ code: x, label: X }]"),), 8, "either 'choices' or"),
    ((page("b", "type: text, rules: [{ kind: max, argument: 3 }]"),), 8, "needs 'message'"),
    ((page("b", "type: text, rules: [{ kind: size, argument: 3, message: m }]"),), 8, "'kind' is 'size': needs one of"),
    ((page("b", "type: text, rules: [{ kind: max, argument: x, message: m }]"),), 8, "'x' is not a whole number"),
    ((page("b", "type: date, rules: [{ kind: max, argument: 3, message: m }]"),), 8, "type date has no rule 'max'"),
    ((page("b", "type: text, rules: [{ kind: pattern, argument: '(', message: m }]"),), 8, "'(' is no pattern"),
    (
        (page("b", "type: date, rules: [{ kind: not_before_field, argument: z, message: m }]"),),
        8,
        "'z' is no date",
    ),
    (
        (page("b", "type: text", when("{ field: later, answered: yes }")), page("later", "type: text")),
        7,
        "not asked before",
    ),
    ((page("b", "type: text", when("{ field: b, answered: yes }")),), 7, "'b', which is not asked before this"),
    ((A, page("b", "type: text", when('{ field: a, equals: "3" }'))), 12, "'a' can never be '3'"),
    ((A, page("b", "type: text", when('{ field: a, at_least: "1" }'))), 12, "type choice has no 'at_least'"),
    ((T, page("b", "type: text", when("{ field: t, equals: x }"))), 12, "type text has no 'equals'"),
    ((N, page("b", "type: text", when("{ field: n, at_least: many }"))), 12, "'many' is not a whole number"),
    ((N, page("b", "type: text", when("{ field: n, equals: 1, at_least: 1 }"))), 12, "needs exactly one of equals"),
    ((N, page("b", "type: text", when("{ field: n }"))), 12, "needs exactly one of equals"),
    ((N, page("b", "type: text", when("{ field: n, is: 1 }"))), 12, "unknown key 'is'"),
    ((D, page("b", "type: text", when("{ field: d, full_date: no }"))), 12, "can only be yes"),
    ((A, page("b", "type: text", when("{ all: [] }"))), 12, "'all' needs a list of at least 1"),
    ((A, page("b", "type: text", when("{ not: { field: a, answered: yes }, any: [] }"))), 12, ""),
    ((page("b", "type: text", when('{ field: "fact:moon", equals: full }')),), 7, "no such fact: 'fact:moon'"),
    ((page("b", "type: text", when('{ field: "fact:route", equals: boat }')),), 7, "can never be 'boat'"),
    (
        (A, page("b", "type: text", when('{ all: [{ field: a, equals: "1" }, { field: a, equals: "2" }] }'))),
        12,
        "no answers ever lead to the page",
    ),
    (
        (
            A,
            page("b", "type: yes_no", when('{ field: a, equals: "1" }')),
            page("c", "type: text", when('{ all: [{ field: b, equals: yes }, { field: a, equals: "2" }] }')),
        ),
        18,
        "no answers ever lead to the page",
    ),
    (
        (A, page("b", "type: text", when("{ not: { field: a, answered: yes } }"))),
        12,
        "no answers ever lead to the page",
    ),
]


@pytest.mark.parametrize(("pages", "line", "reason"), MISTAKES)
def test_a_mistake_is_told_with_its_line(tmp_path: Path, pages: tuple[str, ...], line: int, reason: str) -> None:
    _form, found = read(tmp_path, *pages)
    assert any(problem.line == line and reason in problem.reason for problem in found), list(map(str, found))


def test_a_missing_file_is_one_problem(tmp_path: Path) -> None:
    found: list[YamlProblem] = []
    read_form(tmp_path / "form.yaml", Blocks(), {}, found, thorough=True)
    assert [problem.reason for problem in found] == ["cannot be read: No such file or directory"]
