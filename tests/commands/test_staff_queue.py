"""The outbox in the hands of the staff, on a real store: who did what is noted before it is done."""

import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from uuid import UUID

import pytest

from commands.export_sticks import export_sticks
from commands.staff_queue import LOG_AGAIN_AFTER_S, StaffDesk
from kiosk import manifest as wire
from kiosk.config import DeviceSettings, QueueSettings, Settings
from kiosk.errors import StoreProblem
from kiosk.keys import DemoKeys
from kiosk.outbox import OutboxEntry, QueueCondition, State
from kiosk.queue_alarm import Alarm
from kiosk.staff_queue import Contact, ExportEnd, ExportResult
from kiosk.store import Store
from kiosk.store_staff import Act, StaffAct
from sync.alarms import SyncAlarm
from sync.signing import Signer
from sync.usb_export import ExportProblem
from sync.usb_format import MARKER
from tests.contracts.store_steps import park
from tests.fakes import FakeClock
from tests.sample_dossiers import IDENTITY, NAME, SampleDossier, sample_dossier

STAFF = "Trần Thị Mẫu"


class FiledForAnother(SampleDossier):
    """A daughter files for her father."""

    def manifest(self, **facts: object) -> wire.Manifest:
        made = super().manifest(**facts)  # type: ignore[arg-type]
        daughter = made.owner.model_copy(update={"name": "NGUYỄN THỊ MẪU", "phone": "0900 000 001"})
        return made.model_copy(update={"submitter": daughter})


@pytest.fixture
def store(tmp_path: Path, clock: FakeClock) -> Iterator[Store]:
    with Store.open(tmp_path / "data", DemoKeys(tmp_path / "keys"), clock, reserve_bytes=0) as store:
        yield store


@pytest.fixture
def kicks() -> list[None]:
    """Each time that the line was woken."""
    return []


@pytest.fixture
def desk(store: Store, clock: FakeClock, tmp_path: Path, kicks: list[None]) -> StaffDesk:
    stick = tmp_path / "stick"
    stick.mkdir()
    settings = Settings(data_folder=tmp_path / "data", files=DeviceSettings.of("folder", source=str(stick)))
    loop = SimpleNamespace(condition=QueueCondition.OFFLINE, alarms=(), kick=lambda: kicks.append(None))
    signer = Signer("kiosk-01", DemoKeys(tmp_path / "keys").device_key())
    return StaffDesk(store, loop, clock, settings, signer)  # type: ignore[arg-type]  # of the loop, only these are used


@pytest.fixture
def sealed(store: Store) -> OutboxEntry:
    return store.seal(sample_dossier(1), IDENTITY)


def test_a_parked_dossier_goes_back_and_the_line_is_woken(
    desk: StaffDesk, store: Store, sealed: OutboxEntry, clock: FakeClock, kicks: list[None]
) -> None:
    park(store, sealed, clock)
    assert desk.news().health.alarms == (Alarm.PARKED,)
    desk.send_again(sealed.client_ref)
    entry = desk.entry(sealed.client_ref)
    assert entry is not None
    assert (entry.state, len(kicks)) == (State.COMMITTING, 1)
    desk.send_again(sealed.client_ref)  # a second touch of the button
    assert desk.unsettled(0, 9) == (entry,)


def test_who_is_told_of_a_person_is_kept_before_anything_is_read(
    desk: StaffDesk, store: Store, sealed: OutboxEntry, clock: FakeClock
) -> None:
    assert desk.contacts(sealed.client_ref, STAFF) == (Contact(NAME, "", is_owner=True),)
    assert store.staff.acts() == (StaffAct(clock.now(), Act.VIEWED, STAFF, sealed.client_ref),)
    with pytest.raises(StoreProblem):
        desk.contacts(UUID(int=9), STAFF)
    assert len(store.staff.acts()) == 2


def test_who_filed_for_another_is_called_first(desk: StaffDesk, store: Store) -> None:
    sample = sample_dossier(2)
    dossier = FiledForAnother(sample.client_ref, sample.papers, sample.slip_code, documents=sample.documents)
    store.seal(dossier, IDENTITY)
    assert desk.contacts(dossier.client_ref, STAFF) == (
        Contact("NGUYỄN THỊ MẪU", "0900 000 001", is_owner=False),
        Contact(NAME, "", is_owner=True),
    )


def test_a_dossier_is_withdrawn_and_by_whom_is_kept(desk: StaffDesk, store: Store, sealed: OutboxEntry) -> None:
    assert desk.withdraw(sealed.client_ref, STAFF).state is State.WITHDRAWN
    assert [(act.act, act.staff) for act in store.staff.acts()] == [(Act.WITHDREW, STAFF)]
    with pytest.raises(StoreProblem):
        desk.contacts(sealed.client_ref, STAFF)
    store.verify_audit()


@pytest.mark.usefixtures("sealed")
def test_what_waits_is_copied_to_a_stick(desk: StaffDesk, store: Store, tmp_path: Path) -> None:
    [stick] = desk.sticks()
    seen: list[tuple[int, int]] = []
    result = desk.export(stick, STAFF, lambda done, of: seen.append((done, of)), lambda: False)
    assert result == ExportResult(ExportEnd.DONE, 1)
    assert seen[-1] == (1, 1)
    [folder] = [path for path in (tmp_path / "stick").iterdir() if path.is_dir()]
    assert not (folder / MARKER).exists()
    assert [act.act for act in store.staff.acts()] == [Act.EXPORTED]
    assert NAME.encode() not in b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def test_every_way_an_export_ends_has_words_of_the_staffs(desk: StaffDesk) -> None:
    assert {problem.value for problem in ExportProblem} <= set(ExportEnd)
    [stick] = desk.sticks()
    nothing = desk.export(stick, STAFF, lambda _done, _of: None, lambda: False)
    assert nothing.end is ExportEnd.NOTHING
    gone = replace(stick, folder=stick.folder / "gone")
    assert desk.export(gone, STAFF, lambda _done, _of: None, lambda: False).end is ExportEnd.NOTHING


def test_a_copy_that_is_stopped_says_so(desk: StaffDesk, sealed: OutboxEntry) -> None:
    [stick] = desk.sticks()
    assert desk.export(stick, STAFF, lambda _done, _of: None, lambda: True).end is ExportEnd.STOPPED
    gone = replace(stick, folder=stick.folder / "gone")
    assert desk.export(gone, STAFF, lambda _done, _of: None, lambda: False).end is ExportEnd.STICK_GONE
    assert desk.entry(sealed.client_ref) is not None


def test_an_alarm_goes_to_the_log_once_a_day(
    desk: StaffDesk, sealed: OutboxEntry, clock: FakeClock, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING)
    desk.news()
    assert caplog.records == []
    clock.advance(timedelta(hours=25).total_seconds())
    for _ in range(3):
        assert desk.news().health.alarms == (Alarm.WAITING_LONG,)
    assert [record.getMessage() for record in caplog.records] == ["the queue needs staff: waiting_long"]
    clock.advance(LOG_AGAIN_AFTER_S)
    desk.news()
    assert len(caplog.records) == 2
    assert sealed.slip_code not in caplog.text


def test_a_store_that_was_set_aside_rings_and_the_limits_are_the_settings(
    desk: StaffDesk, sealed: OutboxEntry, clock: FakeClock, tmp_path: Path
) -> None:
    (tmp_path / "data" / "corrupt-20261116T010000Z").mkdir()
    assert desk.news().health.alarms == (Alarm.STORE_SET_ASIDE,)
    desk._settings = desk._settings.model_copy(update={"queue": QueueSettings(alarm_after_h=1, export_after_h=2)})
    clock.advance(3 * 3600)
    assert desk.news().health.alarms == (Alarm.STORE_SET_ASIDE, Alarm.EXPORT_OFFERED)
    assert desk.news().health.tally.unsent == sealed.seq


def test_a_counter_without_sticks_offers_none(tmp_path: Path) -> None:
    assert export_sticks(DeviceSettings.of("none")) == ()
    assert export_sticks(DeviceSettings.of("folder", source=str(tmp_path / "not there"))) == ()


def test_every_alarm_of_sending_has_words_for_the_staff(desk: StaffDesk) -> None:
    desk._loop = SimpleNamespace(condition=QueueCondition.CLONED, alarms=tuple(SyncAlarm))  # type: ignore[assignment]
    news = desk.news()
    assert set(news.health.alarms) == {Alarm.CLONE_REFUSED, *(Alarm(alarm.value) for alarm in SyncAlarm)}
