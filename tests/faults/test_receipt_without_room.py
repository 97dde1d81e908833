"""The disk is full at the moment when a receipt comes: the dossier stays as it was, and it is asked for anew."""

import resource
from contextlib import suppress
from pathlib import Path

from kiosk.errors import DiskFull
from kiosk.outbox import State
from kiosk.receipt import Receipt
from tests.fakes import FakeClock
from tests.fakes_portal import FakePortal
from tests.sync.desk import Desk

TINY_BYTES = 1000  # not even a journal may grow to more


def test_a_receipt_that_could_not_be_kept_is_asked_for_again(tmp_path: Path, clock: FakeClock) -> None:
    server = FakePortal(clock.now)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)

    def fill_the_disk(receipt: Receipt) -> Receipt:
        resource.setrlimit(resource.RLIMIT_FSIZE, (TINY_BYTES, before[1]))
        return receipt

    with server.running():
        desk = Desk(tmp_path, server, clock)
        ref = desk.file(1)
        server.change_receipt = fill_the_disk
        try:
            with suppress(DiskFull):
                desk.round()
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)
        assert (desk.entry(ref).state, desk.store.receipt(ref)) == (State.COMMITTING, None)
        assert set(server.manifests) == {ref}
        server.change_receipt = lambda receipt: receipt
        for _ in range(3):
            clock.advance(3600)
            desk.round()
        assert desk.entry(ref).state is State.RECEIPTED
        assert desk.store.verify_audit() > 0
        desk.close()
