"""A kiosk with two filed dossiers and the calls that it makes for them, for faults at every one of these."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from kiosk.outbox import OutboxEntry, State
from tests.faults.invariants import Case, Promise, assert_invariants
from tests.faults.portal_evidence import held_by_fake
from tests.sync.desk import Desk

# A call, and how far a dossier has come that leads to it.
CALLS: dict[str, tuple[str, str, Sequence[State]]] = {
    "token": ("POST", "/v1/token", ()),
    "check-up": ("POST", "/v1/submissions/reconcile", ()),
    "look": ("HEAD", "/v1/blobs/", [State.SENDING]),
    "piece": ("PUT", "/v1/blobs/", ()),
    "commit": ("PUT", "/v1/submissions/", ()),
    "keys": ("GET", "/v1/keys", ()),
    "recall": ("GET", "/v1/submissions/", [State.SENDING, State.COMMITTING]),
}


@dataclass
class Filed:
    """A kiosk with two filed dossiers, its store in memory: there are many cases."""

    desk: Desk
    promises: list[Promise]
    folder: Path
    log: pytest.LogCaptureFixture

    @property
    def entries(self) -> list[OutboxEntry]:
        return [self.desk.entry(each.client_ref) for each in self.promises]

    @property
    def states(self) -> set[State]:
        return {entry.state for entry in self.entries}

    def come_to(self, states: Sequence[State]) -> None:
        """The dossiers were tried before, as far as that."""
        for state in states:
            for each in self.promises:
                self.desk.store.begin(each.client_ref, state, self.desk.clock.now())

    def drain(self) -> None:
        """The fault is gone: two rounds, no restart."""
        self.desk.server.heal()
        for _ in range(2):
            self.desk.clock.advance(3600)
            self.desk.round()

    def assert_all_is_well(self) -> None:
        """After the fault everything moves by itself, and the eight invariants hold."""
        self.drain()
        case = Case(self.promises, [self.folder], self.log.messages)
        assert_invariants(self.desk.store, held_by_fake(self.desk.server), case, lambda: None)
        assert self.states == {State.RECEIPTED}


Make = Callable[..., Filed]
