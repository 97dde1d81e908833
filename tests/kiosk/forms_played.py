"""Plays a shipped form as its made-up person does, from resources/demo/answers, with some answers changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from commands.tour_answers import UNKNOWN as NOT_KNOWN
from commands.tour_answers import load_answers
from kiosk.catalog import Catalog, DossierPart, Route, Service
from kiosk.catalog_file import load_catalog
from kiosk.fees import fee_lines
from kiosk.field_rules import normalise
from kiosk.form import Answer, AnswerValue, Field, FieldProblem, FieldType, QuestionPage, Source
from kiosk.form_rules import asked_about, check_page, completed, display_text, holds, visible_pages
from tests.kiosk.shipped_forms import FACTS
from tests.sample_forms import AT, HOME, RESOURCES, TODAY, UNKNOWN, release


@dataclass(frozen=True)
class Played:
    """A form that was gone through to its end, or to the page that stopped it."""

    service: Service
    answers: Mapping[str, Answer]
    pages: tuple[QuestionPage, ...]
    problems: tuple[FieldProblem, ...]

    @property
    def asked(self) -> set[str]:
        """The ids of the pages."""
        return {page.id for page in self.pages}

    @property
    def stop(self) -> tuple[str, str] | None:
        """The page that stops, and the service that it names instead."""
        last = self.pages[-1]
        return (last.id, last.stop.instead) if last.stop else None

    @property
    def said(self) -> dict[str, AnswerValue]:
        """What is filed, the unknown left out."""
        live = completed(self.service.form, self.answers, FACTS)
        return {key: answer.value for key, answer in live.items() if not answer.unknown}

    @property
    def needed(self) -> set[str]:
        """The parts that have to be there."""
        return {part.code for part in self._parts() if part.required}

    @property
    def offered(self) -> set[str]:
        """The parts that may be there."""
        return {part.code for part in self._parts()}

    @property
    def fees(self) -> dict[str, int | None]:
        """What each fee comes to at the desk, None where only the counter knows."""
        lines = fee_lines(self.service, self.answers, Route.DESK, TODAY, FACTS["province"])
        return {line.code: line.amount_vnd for line in lines}

    def _parts(self) -> list[DossierPart]:
        live = completed(self.service.form, self.answers, FACTS)
        return [part for part in self.service.parts if holds(part.when, live, FACTS)]

    def text(self, field_id: str) -> str:
        """An answer as it is printed."""
        return display_text(self.service.form.field(field_id), self.said[field_id])

    def choices(self, field_id: str) -> set[str]:
        """The codes that were open."""
        fields = [field for page in self.pages for field in page.fields if field.id == field_id]
        return {choice.code for choice in fields[0].choices}

    def questions(self) -> tuple[FieldProblem, ...]:
        """What is asked once and never refused."""
        live = completed(self.service.form, self.answers, FACTS)
        return tuple(one for page in self.pages for one in asked_about(page, live, TODAY))


@cache
def shipped() -> Catalog:
    """The catalogue that ships."""
    return load_catalog(RESOURCES / "catalog", release())


def play(code: str, **changed: str | None) -> Played:
    """The form filled in page by page; of what is `changed`, None is left unanswered. Addresses are all the same."""
    service = shipped().service(code)
    texts = {**load_answers(code).texts, **changed}
    answers: dict[str, Answer] = {}
    problems: list[FieldProblem] = []
    done: set[str] = set()
    while True:
        pages = visible_pages(service.form, answers, FACTS)
        page = next((page for page in pages if page.id not in done and not page.stop), None)
        if page is None:
            break
        done.add(page.id)
        for field in page.fields:
            value = _value(field, texts.get(field.id))
            if isinstance(value, FieldProblem):
                problems.append(value)
            elif value is not None:
                answers[field.id] = value
    live = completed(service.form, answers, FACTS)
    problems += [problem for page in pages for problem in check_page(page, live, TODAY)]
    return Played(service, answers, pages, tuple(problems))


def _value(field: Field, text: str | None) -> Answer | FieldProblem | None:
    if field.type is FieldType.ADDRESS:
        return Answer(HOME, Source.CITIZEN, AT)
    if text is None:
        return None
    if text == NOT_KNOWN:
        return UNKNOWN
    if field.code_list:
        text = next(choice.code for choice in field.choices if choice.label == text)
    value = normalise(field, text)
    return value if isinstance(value, FieldProblem) else Answer(value, Source.CITIZEN, AT)
