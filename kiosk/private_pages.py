"""Private moments: the pages that a helper looks away from until the citizen says otherwise."""

from kiosk.form import FieldType, Privacy, QuestionPage
from kiosk.form_rules import visible_pages
from kiosk.visit import Step, Visit

_ALWAYS = (FieldType.PHONE, FieldType.EMAIL)
"""How a person is reached is how codes and passwords reach them."""


def is_private(page: QuestionPage) -> bool:
    """Whether the page asks for how the citizen is reached, or for what its form calls private."""
    return any(field.type in _ALWAYS or field.privacy is Privacy.PRIVATE for field in page.fields)


def covered(visit: Visit) -> bool:
    """Whether a curtain stands before the page of the visit: somebody helps, and the citizen has not drawn it aside."""
    if visit.place.step is not Step.FORM or not visit.helper_acts or visit.uncovered == visit.place.page_id:
        return False
    pages = visible_pages(visit.chosen().form, visit.answers, visit.facts)
    return any(page.id == visit.place.page_id and is_private(page) for page in pages)
