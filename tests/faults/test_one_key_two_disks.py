"""A disk that was put back from a backup is healed; a disk that was copied is noticed, refused, and loses nothing."""

from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import select

from kiosk.audit import AuditEvent
from kiosk.errors import StoreProblem
from kiosk.manifest import Manifest
from kiosk.outbox import QueueCondition, State
from kiosk.receipt import ProblemType
from portal.app import make_app
from portal.enrolment import revoke
from portal.instants import utc_now
from portal.opening import Portal, open_portal
from portal.schema import submission
from portal.settings import Settings
from sync.portal import Parcel
from sync.succession import Succeeded
from sync.syncer import SyncReport
from sync.token_chain import TokenChain
from tests.fakes import FakeClock
from tests.portal.serving import serving
from tests.sync.real_kiosk import RealKiosk, code_at

DONE = {State.RECEIPTED, State.DURABLE, State.SHREDDED}


@pytest.fixture
def portal(tmp_path: Path, clock: FakeClock) -> Iterator[Portal]:
    places = Settings(f"sqlite:///{tmp_path / 'db' / 'portal.db'}", tmp_path / "papers", tmp_path / "keys", test=True)
    clock.instant = utc_now()  # the server's Date is the real one
    opened = open_portal(places, clock.now)
    yield opened
    opened.database.close()


@pytest.fixture
def url(portal: Portal) -> Iterator[str]:
    with serving(make_app(portal)) as address:
        yield address


@pytest.fixture
def kiosk(tmp_path: Path, portal: Portal, url: str, clock: FakeClock) -> Iterator[RealKiosk]:
    made = RealKiosk(tmp_path / "disk", url, clock).start()
    assert made.enrol(code_at(portal)) == Succeeded()
    yield made
    made.stop()


def held_at(portal: Portal) -> dict[str, str]:
    """The dossiers at the portal, and who sealed them."""
    with portal.database.read() as connection:
        return {row.client_ref: row.kiosk_id for row in connection.execute(select(submission))}


def until(act: Callable[[], SyncReport], condition: QueueCondition, most: int = 6) -> SyncReport:
    """Repeat until the queue is held so; that has to come soon."""
    reports = [act() for _ in range(most)]
    assert condition in {report.condition for report in reports}
    return reports[-1]


def test_a_disk_from_a_backup_is_noticed_and_healed(tmp_path: Path, portal: Portal, kiosk: RealKiosk) -> None:
    kiosk.file(1)
    kiosk.round()
    kiosk.file(2)
    backup = kiosk.copy_to(tmp_path / "backup")
    for number in (3, 4):
        kiosk.file(number)
        kiosk.token_ends()
    for _asked_again in range(2):  # durable at the first, and still so at the second
        kiosk.token_ends()
    assert set(kiosk.states().values()) == {State.SHREDDED}
    before = held_at(portal)

    kiosk.put_back(backup)
    assert kiosk.store.highest_seq() == 2
    assert kiosk.states()[2] is State.SEALED
    assert kiosk.round().condition is QueueCondition.CLEAR
    assert kiosk.events(AuditEvent.REJOINED) == kiosk.events(AuditEvent.SEQ_ADVANCED) == 1
    new = kiosk.file(5)
    assert kiosk.seq(new) == 5, "no number is given twice"
    for _ in range(3):
        assert kiosk.token_ends().condition is QueueCondition.CLEAR
    assert set(kiosk.states().values()) == {State.SHREDDED}
    assert held_at(portal) == {**before, str(new): kiosk.name}
    assert kiosk.events(AuditEvent.REJOINED) == 1
    assert kiosk.store.verify_audit()


def test_dying_before_the_link_is_kept_is_no_sign_of_another_disk(
    kiosk: RealKiosk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The portal has given the token, the kiosk's disk never heard of it: as often as that may be."""

    def die(_chain: TokenChain, _link: str) -> None:
        raise StoreProblem("dead")

    kiosk.round()
    for _ in range(3):
        with monkeypatch.context() as dying:
            dying.setattr(TokenChain, "keep", die)
            kiosk.token_ends()
    assert kiosk.token_ends().condition is kiosk.token_ends().condition is QueueCondition.CLEAR
    assert kiosk.events(AuditEvent.REJOINED) == 0


def test_what_the_portal_has_is_asked_for_and_not_sent_again(
    tmp_path: Path, portal: Portal, kiosk: RealKiosk, monkeypatch: pytest.MonkeyPatch
) -> None:
    ref = kiosk.file(1)
    backup = kiosk.copy_to(tmp_path / "backup")
    kiosk.round()
    receipt = kiosk.store.receipt(ref)
    kiosk.file(2)
    kiosk.round()
    kiosk.put_back(backup)

    def refuse_to_send(_parcel: Parcel) -> None:
        raise AssertionError("sent again")

    monkeypatch.setattr(kiosk.portal, "upload", refuse_to_send)
    assert kiosk.round().accepted == 1
    assert kiosk.store.receipt(ref) == receipt


def test_a_portal_that_says_nothing_of_numbers_changes_nothing(
    tmp_path: Path, kiosk: RealKiosk, portal: Portal
) -> None:
    kiosk.file(1)
    backup = kiosk.copy_to(tmp_path / "backup")
    kiosk.file(2)
    kiosk.round()
    with portal.database.write() as connection:
        connection.execute(submission.update().values(seq=None))
    kiosk.put_back(backup)
    kiosk.round()
    assert kiosk.store.highest_seq() == 1


@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.proof) for seed in range(1, 10))])
def test_a_copied_disk_is_noticed_refused_and_enrolled_again_and_nothing_is_lost(
    tmp_path: Path, portal: Portal, kiosk: RealKiosk, seed: int
) -> None:
    """Both machines work on: with the dossiers that both have, and with those that each took afterwards."""
    kiosk.file(1)
    kiosk.round()
    kiosk.file(2)
    other = kiosk.copy_to(tmp_path / "copy").start()
    kiosk.file(3)
    other.file(4)
    turns = Random(seed)
    for _ in range(40):
        if turns.choice((kiosk, other)).token_ends().condition is QueueCondition.CLONED:
            break
    for each in (kiosk, other):
        assert each.token_ends().condition is QueueCondition.CLONED
    former = kiosk.name
    kiosk.file(5)
    other.file(6)  # citizens are served; what they file is kept
    for each, number in ((kiosk, 5), (other, 6)):
        assert each.states()[number] is State.SEALED

    for each in (kiosk, other):
        assert each.enrol(code_at(portal, follows=former)) == Succeeded()
    assert kiosk.name != other.name
    kiosk.file(7)
    other.file(8)
    for _ in range(4):
        for each in (kiosk, other):
            assert each.token_ends().condition is QueueCondition.CLEAR
    assert set(kiosk.states().values()) | set(other.states().values()) == {State.SHREDDED}
    held = held_at(portal)
    assert len(held) == 8, "each dossier is there, and once"
    assert sorted(held.values()) == sorted([former] * 6 + [kiosk.name, other.name])
    other.stop()


def test_a_copy_without_a_new_code_stays_refused(tmp_path: Path, portal: Portal, kiosk: RealKiosk) -> None:
    other = kiosk.copy_to(tmp_path / "copy").start()
    for _ in range(6):
        kiosk.token_ends()
        other.token_ends()
    assert kiosk.enrol(code_at(portal, follows=kiosk.name)) == Succeeded()
    assert kiosk.round().condition is QueueCondition.CLEAR
    report = other.token_ends()
    assert (report.condition, report.detail) == (QueueCondition.CLONED, ProblemType.CLONED)
    other.stop()


def test_a_token_that_was_given_before_the_copy_was_noticed_is_no_longer_good(
    tmp_path: Path, portal: Portal, kiosk: RealKiosk
) -> None:
    kiosk.round()
    other = kiosk.copy_to(tmp_path / "copy").start()
    until(kiosk.round, QueueCondition.CLEAR)  # holds a token from here on
    until(lambda: (other.token_ends(), kiosk.token_ends())[1], QueueCondition.CLONED)
    ref = other.file(1)
    assert other.round().condition is QueueCondition.CLONED
    assert other.states()[1] is State.SEALED
    assert str(ref) not in held_at(portal)
    other.stop()


def test_a_revoked_kiosk_keeps_everything_and_goes_on_as_its_successor(
    portal: Portal, kiosk: RealKiosk, clock: FakeClock
) -> None:
    former = kiosk.name
    kiosk.round()
    kiosk.file(1)
    with portal.database.write() as connection:
        assert revoke(connection, former, clock.now())
    report = kiosk.round()
    assert (report.condition, report.detail) == (QueueCondition.AUTH, ProblemType.REVOKED)
    assert kiosk.states() == {1: State.SEALED}
    kiosk.file(2)
    assert [entry.attempts for entry in kiosk.store.entries()] == [0, 0], "it is not the dossiers' fault"
    manifests = {ref: kiosk.store.manifest(ref) for ref in kiosk.store.sealers.names()}
    assert kiosk.enrol(code_at(portal, follows=former)) == Succeeded()
    assert {ref: kiosk.store.manifest(ref) for ref in manifests} == manifests
    assert kiosk.round().accepted == 2
    for ref, manifest in manifests.items():
        receipt = kiosk.store.receipt(ref)
        assert receipt is not None
        assert receipt[0].kiosk_id == Manifest.model_validate_json(manifest).kiosk_id == former
    new = kiosk.file(3)
    kiosk.round()
    assert held_at(portal)[str(new)] == kiosk.name != former


def test_a_code_that_follows_nobody_strands_no_dossier_and_stays_good(portal: Portal, kiosk: RealKiosk) -> None:
    former = kiosk.name
    kiosk.file(1)
    plain = code_at(portal)
    refused = kiosk.enrol(plain)
    assert getattr(refused, "reason", "") == ProblemType.ENROL_FOLLOWS
    assert former in getattr(refused, "detail", "")
    assert kiosk.name == former
    assert kiosk.round().accepted == 1
    for _asked_again in range(2):
        kiosk.round()
    assert kiosk.enrol(plain) == Succeeded(), "nothing waits any more, and the code was not used up"
    assert kiosk.name != former
