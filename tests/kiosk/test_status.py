"""Kept is not filed: what each state of the outbox means to the citizen."""

import dataclasses
from uuid import UUID

import pytest

from kiosk.outbox import UNSENT, OutboxEntry, State
from kiosk.status import DossierStatus, Standing, status_of
from tests.sample_forms import AT


def entry(state: State, national_code: str | None = None) -> OutboxEntry:
    return OutboxEntry(
        client_ref=UUID(int=1),
        seq=1,
        slip_code="7K3M9PQRS2",
        service_code="2.000635",
        state=state,
        attempts=2,
        sealed_at=AT,
        problem="urn:diem-truy-cap:problem:invalid-manifest",
        national_code=national_code,
    )


@pytest.mark.parametrize(
    ("state", "standing"),
    [
        (State.SEALED, Standing.KEPT),
        (State.SENDING, Standing.KEPT),
        (State.COMMITTING, Standing.KEPT),
        (State.RECEIPTED, Standing.FILED),
        (State.DURABLE, Standing.FILED),
        (State.SHREDDED, Standing.FILED),
        (State.PARKED, Standing.HELD_BY_DESK),
        (State.WITHDRAWN, Standing.WITHDRAWN),
    ],
)
def test_each_state_has_its_standing(state: State, standing: Standing) -> None:
    assert status_of(entry(state)).standing is standing


@pytest.mark.parametrize("state", State)
def test_every_state_says_something(state: State) -> None:
    assert status_of(entry(state)).slip_code == "7K3M9PQRS2"


@pytest.mark.parametrize("state", sorted(UNSENT))
def test_nothing_that_was_not_sent_is_called_filed(state: State) -> None:
    assert status_of(entry(state)).standing is not Standing.FILED


@pytest.mark.parametrize("code", [None, "H26.21.03-261121-0012"])
def test_the_portals_code_may_come_late(code: str | None) -> None:
    assert status_of(entry(State.RECEIPTED, code)).national_code == code


def test_it_tells_no_more_than_the_slip_does() -> None:
    assert [field.name for field in dataclasses.fields(DossierStatus)] == ["slip_code", "standing", "national_code"]
