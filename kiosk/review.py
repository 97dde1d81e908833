"""The review: everything that was given, section by section, and what is still missing, each with its place."""

from dataclasses import dataclass
from datetime import date

from kiosk.catalog import IdentityAssurance, Route
from kiosk.contact_check import contact_problem
from kiosk.documents import Document
from kiosk.form import Answers, AnswerValue, Field, Privacy, Source
from kiosk.form_rules import check_page, completed, masked, row_text, screen_text, visible_pages
from kiosk.next_place import needed_parts
from kiosk.representing import representing_problem
from kiosk.spoken_privacy import unspoken
from kiosk.texts import _, composed, joined
from kiosk.visit import Visit


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """One answer as the citizen checks it. `shown` is masked where others may look on; `text` is the whole of it.
    `private` is never said over a loudspeaker."""

    page_id: str
    label: str
    text: str
    shown: str
    source: Source
    private: bool = False


@dataclass(frozen=True, slots=True)
class ReviewPart:
    """One part of the dossier and what was captured for it, if anything."""

    part_code: str
    name: str
    required: bool
    document: Document | None


@dataclass(frozen=True, slots=True)
class ReviewProblem:
    """One thing that stops the filing, in words, with the page or part that mends it."""

    message: str
    page_id: str = ""
    part_code: str = ""


def sections(visit: Visit) -> tuple[tuple[str, tuple[ReviewRow, ...]], ...]:
    """The answers by section of the form, in the order they were asked; what was left open says so. What is computed
    from them is not shown, for there is nothing in it to mend."""
    form, found = visit.chosen().form, dict[str, list[ReviewRow]]()
    live = completed(form, visit.answers, visit.facts)
    for page in visible_pages(form, visit.answers, visit.facts):
        for field in page.fields:
            answer = live.get(field.id)
            if answer is None:
                text, source = _("Không cung cấp"), Source.CITIZEN
            else:
                text = _(field.unknown_label) if answer.unknown else _text_of(field, answer.value)
                source = answer.source
            shown = text if answer is None or answer.unknown else _shown(field, answer.value, text)
            private = shown != text or (unspoken(field) and answer is not None and not answer.unknown)
            row = ReviewRow(page.id, _(field.label), text, shown, source, private)
            found.setdefault(_(page.section), []).append(row)
    return tuple((section, tuple(rows)) for section, rows in found.items())


def _shown(field: Field, value: AnswerValue, text: str) -> str:
    """As others may see it."""
    if field.privacy is not Privacy.PLAIN:
        return masked(field, text)
    return _text_of(field, value, hides=True)


def _text_of(field: Field, value: AnswerValue, *, hides: bool = False) -> str:
    """As it reads; each row of a table on a line of its own, numbered."""
    if not isinstance(value, tuple):
        return screen_text(field, value)
    told = (row_text(field, row, on_screen=True, hides=hides) for row in value)
    return joined("\n", (composed("{}. {}", number, text) for number, text in enumerate(told, start=1)))


def parts(visit: Visit) -> tuple[ReviewPart, ...]:
    """The parts that the answers call for, with what was captured."""
    by_code = {part.code: part for part in visit.chosen().parts}
    return tuple(
        ReviewPart(code, by_code[code].name, by_code[code].required, visit.documents.get(code))
        for code in needed_parts(visit)
    )


def part_problems(visit: Visit) -> tuple[ReviewProblem, ...]:
    """The papers that are still missing."""
    return tuple(
        ReviewProblem(_("Chưa có giấy tờ: {name}").format(name=_(part.name)), part_code=part.part_code)
        for part in parts(visit)
        if part.required and part.document is None
    )


def problems(visit: Visit, today: date) -> tuple[ReviewProblem, ...]:
    """Everything that stops the filing; empty when the dossier is complete."""
    form = visit.chosen().form
    live = completed(form, visit.answers, visit.facts)
    found = [
        ReviewProblem(composed("{}: {}", _(form.field(problem.field_id).label), problem.message), page_id=page.id)
        for page in visible_pages(form, visit.answers, visit.facts)
        for problem in check_page(page, live, today)
    ]
    return (
        *_closed_problem(visit, today),
        *_stop_problem(visit),
        *found,
        *_contact_problems(visit, live),
        *_representing_problem(visit),
        *part_problems(visit),
        *_identity_problem(visit),
    )


def _contact_problems(visit: Visit, live: Answers) -> tuple[ReviewProblem, ...]:
    """A helper's own number, which was typed before that helper came or by another."""
    pages = visible_pages(visit.chosen().form, visit.answers, visit.facts)
    asked = ((page, field, live.get(field.id)) for page in pages for field in page.fields)
    found = ((page, contact_problem(field, answer.value, visit)) for page, field, answer in asked if answer is not None)
    return tuple(ReviewProblem(message, page_id=page.id) for page, message in found if message)


def _representing_problem(visit: Visit) -> tuple[ReviewProblem, ...]:
    message = representing_problem(visit)
    return (ReviewProblem(message),) if message else ()


def _stop_problem(visit: Visit) -> tuple[ReviewProblem, ...]:
    """The page that stops, while the answers lead to one: what comes after it was never asked."""
    pages = visible_pages(visit.chosen().form, visit.answers, visit.facts)
    stopped = pages[-1:] if pages and pages[-1].stop is not None else ()
    return tuple(ReviewProblem(_(page.title), page_id=page.id) for page in stopped)


def _closed_problem(visit: Visit, today: date) -> tuple[ReviewProblem, ...]:
    """What is known of a service holds for its days only: beyond them the law may ask for something else."""
    return () if visit.chosen().open_on(today) else (ReviewProblem(closed_text()),)


def closed_text() -> str:
    """What is said of a service outside its days."""
    return _("Thủ tục này tạm ngừng tại máy, mời ông/bà hỏi quầy.")


def _identity_problem(visit: Visit) -> tuple[ReviewProblem, ...]:
    """A service states the least that who receives it must know of the person; what is only prepared goes nowhere."""
    levels = list(IdentityAssurance)
    if visit.route is Route.PREPARE or levels.index(visit.assurance) >= levels.index(visit.chosen().needs_identity):
        return ()
    return (ReviewProblem(_("Thủ tục này cần thẻ căn cước. Ông/bà bấm “Quay lại” tới bước đưa thẻ, hoặc gọi hỗ trợ.")),)
