"""The back office over the real store, the real line and a portal on loopback."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random
from uuid import UUID

import pytest

from commands.filing import CLOCK_TOLERANCE_S, BackOffice
from commands.wall_clock import WallClock
from kiosk.dossier import Desk
from kiosk.errors import StoreProblem
from kiosk.filing import Filing, NotReady
from kiosk.manifest import Manifest, sha256_hex
from kiosk.outbox import UNSENT, QueueCondition, State
from kiosk.store import Store
from sync.loop import SyncLoop
from tests.factories import make_document, make_dossier, make_visit
from tests.fakes import FakeClock
from tests.fakes_http import html
from tests.fakes_portal import KIOSK_ID, FakePortal
from tests.sync.desk import Desk as Kiosk

TIMEOUT_S = 10.0
VERSIONS = ("2026-11-21+abc", "2026-09-20")


@pytest.fixture
def server(clock: FakeClock) -> Iterator[FakePortal]:
    portal = FakePortal(clock.now)
    with portal.running():
        yield portal


@pytest.fixture
def kiosk(tmp_path: Path, server: FakePortal, clock: FakeClock) -> Iterator[Kiosk]:
    enrolled = Kiosk(tmp_path, server, clock)
    yield enrolled
    enrolled.close()


@pytest.fixture
def loop(kiosk: Kiosk) -> Iterator[SyncLoop]:
    made = SyncLoop(kiosk.syncer, kiosk.store, WallClock(), Random(1))
    yield made
    assert made.stop(TIMEOUT_S)


@pytest.fixture
def office(kiosk: Kiosk, loop: SyncLoop) -> BackOffice:
    assert isinstance(kiosk.store, Store)
    return BackOffice(kiosk.store, loop, kiosk.enrolled, VERSIONS, kiosk.server_time)


@pytest.fixture
def stranger(kiosk: Kiosk, loop: SyncLoop) -> BackOffice:
    """A kiosk that is not enrolled."""
    assert isinstance(kiosk.store, Store)
    return BackOffice(kiosk.store, loop, None, VERSIONS, kiosk.server_time)


def test_it_is_what_the_screens_ask_for(office: BackOffice) -> None:
    filing: Filing = office
    assert filing.condition() is QueueCondition.CLEAR


def test_where_it_files_is_what_the_enrolment_says(office: BackOffice) -> None:
    desk = office.desk()
    assert isinstance(desk, Desk)
    assert (desk.kiosk_id, desk.test) == (KIOSK_ID, True)
    assert (desk.agency.code, desk.agency.name, desk.agency.scheme) == ("H26.01", "UBND phường Mẫu", "20/2020/QĐ-TTg")
    assert (desk.office_name, desk.phone) == ("Bộ phận Một cửa phường Mẫu", "19000000")
    assert (desk.catalog_version, desk.areas_version) == VERSIONS


def test_the_desks_own_phone_is_told_in_place_of_the_portals(kiosk: Kiosk, loop: SyncLoop) -> None:
    assert isinstance(kiosk.store, Store)
    office = BackOffice(kiosk.store, loop, kiosk.enrolled, VERSIONS, kiosk.server_time, "024 0000 0000")
    desk = office.desk()
    assert isinstance(desk, Desk)
    assert desk.phone == "024 0000 0000"


def test_before_the_enrolment_nothing_is_taken(stranger: BackOffice, kiosk: Kiosk) -> None:
    assert stranger.desk() is NotReady.NOT_ENROLLED
    with pytest.raises(LookupError):
        stranger.seal(make_dossier())
    assert kiosk.store.entries() == ()


@pytest.mark.parametrize(
    ("offset_s", "quality"),
    [
        (None, "unchecked"),
        (0.0, "portal_checked"),
        (-CLOCK_TOLERANCE_S, "portal_checked"),
        (CLOCK_TOLERANCE_S + 1, "unchecked"),
        (-CLOCK_TOLERANCE_S - 1, "unchecked"),
    ],
)
def test_the_clock_is_checked_only_where_the_portals_agrees(
    office: BackOffice, kiosk: Kiosk, offset_s: float | None, quality: str
) -> None:
    kiosk.server_time.offset_s = offset_s
    desk = office.desk()
    assert isinstance(desk, Desk)
    assert desk.clock == quality


def test_a_dossier_is_safe_before_it_is_sent_and_then_goes_out(
    office: BackOffice, kiosk: Kiosk, loop: SyncLoop, server: FakePortal
) -> None:
    dossier = make_dossier(make_visit().with_document(make_document("old_copy")))
    assert office.seal(dossier).state is State.SEALED
    assert office.receipt(dossier.client_ref) is None
    loop.start()
    entry = office.wait_for_receipt(dossier.client_ref, TIMEOUT_S)
    assert entry.state in (State.RECEIPTED, State.DURABLE)
    receipt = office.receipt(dossier.client_ref)
    assert receipt is not None
    held = server.manifests[dossier.client_ref]
    assert receipt.manifest_sha256 == sha256_hex(held)
    assert Manifest.model_validate_json(held).kiosk_id == KIOSK_ID
    assert {sha256_hex(paper) for paper in dossier.papers.values()} <= server.pieces.keys()


def test_what_is_filed_while_the_line_idles_is_sent_at_once(
    office: BackOffice, kiosk: Kiosk, loop: SyncLoop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sync.loop._IDLE_S", 600.0)
    first = kiosk.file(1)
    loop.start()
    assert loop.wait_for(first, TIMEOUT_S).state not in UNSENT
    dossier = make_dossier()
    office.seal(dossier)
    assert loop.wait_for(dossier.client_ref, TIMEOUT_S).state not in UNSENT


def test_with_the_line_down_it_is_kept_and_nobody_waits(
    office: BackOffice, kiosk: Kiosk, loop: SyncLoop, server: FakePortal
) -> None:
    server.always("POST", "/v1/token", html())
    loop.start()
    dossier = make_dossier()
    office.seal(dossier)
    assert office.wait_for_receipt(dossier.client_ref, 600).state in UNSENT
    assert office.condition() is not QueueCondition.CLEAR
    assert office.receipt(dossier.client_ref) is None
    assert kiosk.store.manifest(dossier.client_ref)


def test_when_the_time_is_over_it_says_how_things_stand(office: BackOffice) -> None:
    dossier = make_dossier()
    office.seal(dossier)
    assert office.wait_for_receipt(dossier.client_ref, 0).state is State.SEALED


def test_the_same_dossier_is_sealed_once(office: BackOffice, kiosk: Kiosk) -> None:
    first = office.seal(make_dossier())
    assert office.seal(make_dossier()) == first
    assert kiosk.store.entries() == (first,)
    with pytest.raises(StoreProblem, match="another dossier"):
        office.seal(replace(make_dossier(), draft=make_dossier(test=True).draft))


def test_nobody_has_the_receipt_of_a_dossier_that_is_not_here(office: BackOffice) -> None:
    assert office.receipt(UUID(int=404)) is None
    with pytest.raises(KeyError):
        office.wait_for_receipt(UUID(int=404), 0)
