"""The shipped forms, each read without the other services, and made-up people's way through them."""

from collections.abc import Mapping
from functools import cache

from kiosk.form import Answer, AnswerValue, Form, QuestionPage
from kiosk.form_blocks import Blocks
from kiosk.form_file import read_form
from kiosk.form_rules import check_page, completed, visible_pages
from kiosk.yaml_text import YamlProblem
from tests.sample_forms import RESOURCES, TODAY, answered, release

FACTS = {"route": "desk", "today": TODAY.isoformat(), "last_workday": "2026-11-20", "province": "01"}
ONLINE = {**FACTS, "route": "online_by_agreement"}


@cache
def shipped_form(code: str) -> Form:
    """The form of that service, with the blocks and lists of this release."""
    found: list[YamlProblem] = []
    catalog = RESOURCES / "catalog"
    form = read_form(
        catalog / code / "form.yaml", Blocks(catalog / "_blocks"), release().code_lists, found, thorough=True
    )
    assert not found, "\n".join(map(str, found))
    return form


def filed(form: Form, values: Mapping[str, AnswerValue | None], facts: Mapping[str, str] = FACTS) -> dict[str, Answer]:
    """The answers as they are filed; nothing may be wrong with them, missing, or stop them."""
    answers = answered(values)
    pages = visible_pages(form, answers, facts)
    assert pages[-1].stop is None, pages[-1].id
    live = completed(form, answers, facts)
    wrong = [problem for page in pages for problem in check_page(page, live, TODAY)]
    assert not wrong, wrong
    unused = set(values) - set(live)
    assert not unused, f"never asked: {sorted(unused)}"
    return live


def stop_of(form: Form, values: Mapping[str, AnswerValue | None]) -> QuestionPage:
    """The page that ends the form for these answers."""
    last = visible_pages(form, answered(values), FACTS)[-1]
    assert last.stop is not None, last.id
    return last


def choices(
    form: Form, field_id: str, values: Mapping[str, AnswerValue | None], facts: Mapping[str, str] = FACTS
) -> list[str]:
    """The codes that a field offers for these answers."""
    fields = [field for page in visible_pages(form, answered(values), facts) for field in page.fields]
    return [choice.code for field in fields if field.id == field_id for choice in field.choices]


def page_ids(form: Form, values: Mapping[str, AnswerValue | None]) -> list[str]:
    """The pages that are asked for these answers."""
    return [page.id for page in visible_pages(form, answered(values), FACTS)]
