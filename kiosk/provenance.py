"""Whose hand gave an answer: the card's, the citizen's or a helper's; said for each answer, never for a whole visit."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from kiosk.form import Answer, Answers, Source
from kiosk.form_rules import completed
from kiosk.visit import Helper, Visit


def attributed(visit: Visit, given: Mapping[str, Answer]) -> dict[str, Answer]:
    """The answers of a page, each that the helper has just typed with who that is.

    In doubt it is the helper's: rows that a helper wrote stay a helper's table, whoever adds the last of them.
    """
    return {key: _attributed(visit, visit.answers.get(key), answer) for key, answer in given.items()}


def _attributed(visit: Visit, before: Answer | None, answer: Answer) -> Answer:
    if answer.source is Source.HELPER:
        return answer if answer.helper else replace(answer, helper=visit.helper.mark)
    if before is not None and before.source is Source.HELPER and _shares_rows(before, answer):
        return replace(answer, source=Source.HELPER, helper=before.helper)
    return answer


def _shares_rows(before: Answer, after: Answer) -> bool:
    if not isinstance(before.value, tuple) or not isinstance(after.value, tuple):
        return False
    return any(row in before.value for row in after.value)


def helpers_of(visit: Visit) -> tuple[Helper, ...]:
    """Everybody who has helped with this dossier, in their order, the one who helps now last; nobody twice."""
    everybody = [past.helper for past in visit.past_help] + ([visit.helper] if visit.helper_agreed else [])
    return tuple({(helper.kind, helper.mark): helper for helper in everybody}.values())


def helpers_phones(visit: Visit) -> tuple[str, ...]:
    """The helpers' own numbers, those of this citizen's dossiers before too; none twice."""
    here = [phone for helper in helpers_of(visit) for phone in helper.phones]
    return tuple(dict.fromkeys((*visit.past_phones, *here)))


def typed_counts(visit: Visit) -> Mapping[str, int]:
    """How many of the answers that are filed each helper typed, by the helper's mark."""
    return Counter(answer.helper for answer in _live(visit).values() if answer.source is Source.HELPER)


def _live(visit: Visit) -> Answers:
    return completed(visit.chosen().form, visit.answers, visit.facts)
