"""The invariants for a journey: a whole kiosk in this process, and the embedded portal that it files with."""

from collections.abc import Collection

import pytest

from commands.embedded_portal import EmbeddedPortal
from tests.faults.invariants import Case, Drain, Promise, assert_invariants, promises_of
from tests.faults.portal_evidence import evidence_of
from tests.journeys.counter import KioskOfTest


def assert_all_is_well(
    kiosk: KioskOfTest,
    portal: EmbeddedPortal,
    caplog: pytest.LogCaptureFixture,
    sealed: Collection[Promise] | None = None,
    drain: Drain | None = None,
) -> None:
    """All invariants of an open kiosk; `sealed` is what its store held before the fault, by default what it holds."""
    store = kiosk.counter.store
    folders = [kiosk.folder, portal.settings.files.parent]
    log = [record.getMessage() for record in caplog.records] + [r.exc_text for r in caplog.records if r.exc_text]
    case = Case(sealed=promises_of(store) if sealed is None else sealed, folders=folders, log=log)
    with evidence_of(portal.settings) as evidence:
        assert_invariants(store, evidence, case, drain)
