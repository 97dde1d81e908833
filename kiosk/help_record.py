"""How the dossier tells who helped, what each of them typed, and that the citizen confirmed it alone."""

from datetime import UTC
from typing import Literal

from kiosk import manifest as wire
from kiosk.provenance import helpers_of, typed_counts
from kiosk.visit import Helper, Visit


def helper_record(visit: Visit) -> wire.HelperRecord:
    """Who helps now, or else who helped last; nobody where the citizen was alone."""
    records = helper_records(visit)
    return records[-1] if records else wire.HelperRecord(kind="none")


def helper_records(visit: Visit) -> tuple[wire.HelperRecord, ...]:
    """Everybody who helped, in their order."""
    typed = typed_counts(visit)
    return tuple(_record(helper, typed.get(helper.mark, 0)) for helper in helpers_of(visit))


def _record(helper: Helper, typed: int) -> wire.HelperRecord:
    return wire.HelperRecord(kind=helper.kind.value, name=helper.name, unit=helper.unit, badge=helper.code, typed=typed)


def handover_record(visit: Visit, clock: Literal["portal_checked", "unchecked"]) -> wire.HandoverRecord | None:
    """What the citizen confirmed; None where nobody helped."""
    confirmed = visit.confirmation
    if confirmed is None:
        return None
    return wire.HandoverRecord(
        confirmed_at=wire.WireInstant(at=confirmed.at.astimezone(UTC), clock=clock),
        questions=confirmed.questions,
        reviewed_sha256=confirmed.reviewed_sha256,
        card_shown=confirmed.card_shown,
    )
