"""A block of pages is written out for each person, and every mistake names the file and line that can mend it."""

from pathlib import Path

import pytest

from kiosk.form import AllOf, Compare, Form, Not, Op, RuleKind
from kiosk.form_blocks import Blocks
from kiosk.form_file import read_form
from kiosk.yaml_text import YamlProblem
from tests.kiosk.form_files import A, read
from tests.sample_forms import RESOURCES, release

BLOCK = """pages:
  - id: name
    title: "{Who} tên gì?"
    fields:
      - { id: name, type: name, label: "Tên {named}", role: "{role}.name", prefill: card.name }
  - id: born
    title: Ngày sinh của {who}?
    unsure: { hint: Không rõ cũng được. }
    when: { field: name, answered: yes }
    fields:
      - id: born
        type: date
        label: Ngày sinh
        unsure: { unknown_label: Không rõ }
        rules: [{ kind: not_after_today, message: Xem lại. }]
      - id: died
        type: date
        label: Ngày mất
        required: no
        rules: [{ kind: not_before_field, argument: born, message: Xem lại. }]
"""
USE = "  - {{ block: person, prefix: {prefix}, section: {section}, who: {who}{more} }}\n"
ME = USE.format(prefix="me", section="Tôi", who="ông/bà", more=", role: submitter, card: yes")


def use(more: str = "", who: str = "người mẹ", prefix: str = "mother") -> str:
    """The line of one use of the block."""
    return USE.format(prefix=prefix, section="Mẹ", who=who, more=more and ", " + more)


def read_with_block(folder: Path, *pages: str, block: str = BLOCK) -> tuple[Form, list[YamlProblem]]:
    """A form of these pages beside the block."""
    (folder / "_blocks").mkdir(exist_ok=True)
    (folder / "_blocks" / "person.yaml").write_text(block, encoding="utf-8")
    return read(folder, *pages)


def test_a_block_is_written_out_for_its_person(tmp_path: Path) -> None:
    form, found = read_with_block(tmp_path, ME, use("unknown: yes, role: owner, named: mẹ"))
    assert found == []
    assert [page.id for page in form.pages] == ["me_name", "me_born", "mother_name", "mother_born"]
    assert [page.section for page in form.pages] == ["Tôi", "Tôi", "Mẹ", "Mẹ"]
    assert [page.title for page in form.pages] == [
        *("Ông/bà tên gì?", "Ngày sinh của ông/bà?", "Người mẹ tên gì?", "Ngày sinh của người mẹ?")
    ]
    mine, hers = form.field("me_name"), form.field("mother_name")
    assert (mine.label, mine.role, mine.prefill) == ("Tên người yêu cầu", "submitter.name", "card.name")
    assert (hers.label, hers.role, hers.prefill) == ("Tên mẹ", "owner.name", "")
    assert form.pages[3].when == Compare("mother_name", Op.ANSWERED)
    assert form.field("mother_died").rules[0].argument == "mother_born"


def test_what_may_be_unknown_is_so_only_where_the_form_says_it(tmp_path: Path) -> None:
    form, _found = read_with_block(tmp_path, ME, use("unknown: yes"))
    assert [form.field(name).unknown_label for name in ("me_born", "mother_born")] == ["", "Không rõ"]
    assert [form.pages[index].hint for index in (1, 3)] == ["", "Không rõ cũng được."]
    assert form.field("mother_name").role == ""


def test_a_person_may_be_the_same_as_another(tmp_path: Path) -> None:
    same = "same_as: me, same_when: { field: a, equals: '1' }, when: { field: a, answered: yes }"
    either = A.replace("type: choice", "type: choice, required: no")
    form, found = read_with_block(tmp_path, either, ME, use(same))
    assert found == []
    for name in ("name", "born", "died"):
        field = form.field(f"mother_{name}")
        assert (field.prefill, field.same_when) == (f"field:me_{name}", Compare("a", Op.EQUALS, ("1",)))
    given = Compare("a", Op.ANSWERED)
    assert [page.when for page in form.pages[3:]] == [given, AllOf((given, Compare("mother_name", Op.ANSWERED)))]


def test_what_the_other_was_not_asked_is_asked(tmp_path: Path) -> None:
    mine = ME.replace("card: yes", "card: yes, without: [born]")
    form, found = read_with_block(tmp_path, A, mine, use("same_as: me, same_when: { field: a, equals: '1' }"))
    assert found == []
    assert form.field("mother_name").same_when is not None
    assert form.field("mother_born").same_when is None


def test_a_later_folder_has_the_block_instead(tmp_path: Path) -> None:
    for name, text in (("one", BLOCK), ("two", BLOCK.replace("tên gì", "tên là gì"))):
        (tmp_path / name).mkdir()
        (tmp_path / name / "person.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "form.yaml").write_text("id: x\nversion: 1\npages:\n" + ME, encoding="utf-8")
    blocks = Blocks(tmp_path / "one", tmp_path / "two", tmp_path / "three")
    form = read_form(tmp_path / "form.yaml", blocks, {}, [], thorough=False)
    assert form.pages[0].title == "Ông/bà tên là gì?"


RULE = "{ kind: differs_from, argument: me_born, message: Xem lại., ask: yes }"


def test_a_form_adds_rules_of_its_own_to_a_person(tmp_path: Path) -> None:
    more = f"more_rules: [{{ field: born, rules: [{RULE}] }}]"
    form, found = read_with_block(tmp_path, ME, use(more))
    assert found == []
    first, second = form.field("mother_born").rules
    assert (first.kind, second.kind, second.argument, second.ask) == (
        *(RuleKind.NOT_AFTER_TODAY, RuleKind.DIFFERS_FROM, "me_born"),
        True,
    )
    assert [rule.kind for rule in form.field("me_born").rules] == [RuleKind.NOT_AFTER_TODAY]


OWN_MISTAKES = [
    ((use(f"more_rules: [{{ field: age, rules: [{RULE}] }}]"),), 4, "the block asks for no such field here"),
    ((use(f"more_rules: [{{ field: born, rules: [{RULE}] }}]"),), 4, "'me_born' is no date field"),
    ((use().replace("block: person", "block: nobody"),), 4, "there is no block 'nobody'"),
    ((use(prefix="Mother"),), 4, "'Mother' is no prefix"),
    ((use(), use()), 5, "the page 'mother_name' stands here twice"),
    ((use("without: [age]"),), 4, "the block has no page 'age'"),
    ((use("same_as: father"),), 4, "no field that begins with 'father' is asked before this"),
    ((use("same_when: { field: b, answered: yes }"),), 4, "asks about 'b'"),
    ((A, use("same_when: { field: a, answered: yes }")), 9, "'same_when' needs 'same_as'"),
    ((use("when: { field: b, answered: yes }"),), 4, "asks about 'b'"),
    ((use("colour: red"),), 4, "unknown key 'colour'"),
    ((use().replace(", who: người mẹ", ""),), 4, "needs 'who'"),
    (
        (A, use("when: { all: [{ field: a, equals: '1' }, { field: a, equals: '2' }] }")),
        9,
        "no answers ever lead to the page 'mother_name'",
    ),
]


@pytest.mark.parametrize(("pages", "line", "reason"), OWN_MISTAKES)
def test_a_mistake_of_the_form_is_told_with_its_line(
    tmp_path: Path, pages: tuple[str, ...], line: int, reason: str
) -> None:
    _form, found = read_with_block(tmp_path, *pages)
    told = [problem for problem in found if problem.path.name == "form.yaml"]
    assert any(problem.line == line and reason in problem.reason for problem in told), list(map(str, found))


@pytest.mark.parametrize(
    ("block", "line", "reason"),
    [
        (BLOCK.replace("type: date", "type: day", 1), 12, "'type' is 'day'"),
        (BLOCK.replace("{ field: name,", "{ field: age,"), 9, "asks about 'mother_age'"),
        (BLOCK.replace("{role}", "{rule}"), 5, "no such place in a dossier"),
        (BLOCK.replace("pages:", "leaves:"), 1, "a block has 'pages' and nothing else"),
        ("pages: [x]", 1, "needs keys and values"),
        ("pages: [", 2, ""),
    ],
)
def test_a_mistake_of_the_block_is_told_with_its_line(tmp_path: Path, block: str, line: int, reason: str) -> None:
    _form, found = read_with_block(tmp_path, use("role: owner"), block=block)
    told = [problem for problem in found if problem.path.name == "person.yaml"]
    assert any(problem.line == line and reason in problem.reason for problem in told), list(map(str, found))


@pytest.mark.parametrize("who", ["ông/bà", "người mẹ", "người cha", "người đã mất", "người được cấp"])
@pytest.mark.parametrize("unknown", ["yes", "no"])
def test_the_shipped_block_asks_about_anybody(tmp_path: Path, who: str, unknown: str) -> None:
    path = tmp_path / "form.yaml"
    entry = f"block: person, prefix: x, section: S, who: {who}, unknown: {unknown}, role: owner, card: yes"
    path.write_text(f"id: x\nversion: 1\npages:\n  - {{ {entry} }}\n", encoding="utf-8")
    found: list[YamlProblem] = []
    blocks = Blocks(RESOURCES / "catalog" / "_blocks")
    form = read_form(path, blocks, release().code_lists, found, thorough=True)
    assert found == []
    assert [page.id.removeprefix("x_") for page in form.pages] == [
        *("name", "birth_date", "sex", "ethnic_group", "id_number"),
        *("document_kind", "document_name", "document", "residence"),
    ]
    assert [field.id for field in form.pages[3].fields] == ["x_ethnic_group", "x_nationality"]
    texts = [text for page in form.pages for text in (page.title, page.hint, *(field.label for field in page.fields))]
    assert not any("{" in text for text in texts)
    assert all(page.title[0].isupper() for page in form.pages)
    residence = form.pages[-1]
    assert residence.when == Not(AllOf((Compare("x_id_number", Op.ANSWERED), Compare("x_birth_date", Op.FULL_DATE))))
