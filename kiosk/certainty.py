"""Whether a condition holds for sure, while some of the questions that it hangs on are still to come."""

from kiosk.conditions import FACT_PREFIX, Facts, holds
from kiosk.form import AllOf, Answers, AnyOf, Compare, Condition, Form, Not


def decided(condition: Condition | None, form: Form, live: Answers, facts: Facts) -> bool | None:
    """Whether the condition holds, as `conditions.holds` says; None while that hangs on a question still to come."""
    match condition:
        case None:
            return True
        case Compare(field):
            return None if _is_open(field, form, live, facts) else holds(condition, live, facts)
        case Not(part):
            inner = decided(part, form, live, facts)
            return None if inner is None else not inner
        case AllOf(parts):
            each = {decided(part, form, live, facts) for part in parts}
            return False if False in each else (None if None in each else True)
        case AnyOf(parts):
            each = {decided(part, form, live, facts) for part in parts}
            return True if True in each else (None if None in each else False)


def _is_open(field: str, form: Form, live: Answers, facts: Facts) -> bool:
    """Whether the answer, or the fact, may still come: it is not there, and its page is not left out for sure."""
    if field.startswith(FACT_PREFIX):
        return not facts.get(field.removeprefix(FACT_PREFIX))
    if field in live:
        return False
    pages = (page for page in form.pages if any(each.id == field for each in page.fields))
    return all(decided(page.when, form, live, facts) is not False for page in pages)
