"""The kiosk put together from settings: what it opens, what it releases, and which page each trouble leads to."""

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from commands.composition import Counter, Shipped, keys_for, load_shipped, reason_of
from commands.help_line import CounterHelpLine
from kiosk.config import DeviceSettings, Settings, load_settings
from kiosk.dossier import Desk
from kiosk.errors import (
    CatalogProblem,
    ConfigProblem,
    DiskFull,
    KeysUnavailable,
    KioskError,
    NotReviewed,
    StoreCorrupt,
    StoreInUse,
    StoreProblem,
    WrongKey,
)
from kiosk.filing import NotReady
from kiosk.keys import CREDENTIAL_NAME, KEY_BYTES, CredentialKeys, DemoKeys, KeyringKeys
from kiosk.outbox import UNSENT
from kiosk.ports import Ready
from kiosk.store import Store
from sync.enrolment import Enrolled, PortalNotAllowed, save_enrolment
from sync.loop import SyncLoop
from sync.roster_loop import RosterLoop
from tests.commands.device_settings import simulated_office
from tests.commands.kept_events import kept_events
from tests.factories import make_dossier
from tests.fakes import FakeClock
from tests.fakes_portal import FakePortal, jwk_of

TIMEOUT_S = 10.0
Open = Callable[..., Counter]


@cache
def shipped() -> Shipped:
    return load_shipped()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Simulated devices and a store of its own."""
    found = load_settings(simulated_office(tmp_path), tmp_path / "kiosk")
    return found.model_copy(update={"reserve_bytes": 0})


@pytest.fixture
def keys(tmp_path: Path) -> DemoKeys:
    return DemoKeys(tmp_path / "keys")


@pytest.fixture
def open_counter(settings: Settings, keys: DemoKeys, clock: FakeClock) -> Open:
    """Opens the counter; settings may differ."""

    def make(**changed: object) -> Counter:
        return Counter(settings.model_copy(update=changed), keys, shipped(), clock)

    return make


@pytest.fixture
def server(clock: FakeClock, keys: DemoKeys, settings: Settings) -> Iterator[FakePortal]:
    """A portal that this kiosk is enrolled with."""
    portal = FakePortal(clock.now)
    portal.device_jwk = jwk_of(keys.device_key())
    with portal.running():
        with Store.open(settings.data_folder, keys, clock, reserve_bytes=0) as store:
            save_enrolment(store, Enrolled(portal_url=portal.url, enrolment=portal.enrolment()))
        yield portal


def test_what_ships_can_be_read() -> None:
    data = shipped()
    assert data.catalog.service("2.000635").name.startswith("Cấp bản sao")
    assert data.catalog.version
    assert data.areas.version
    assert 2026 in data.calendar.years


def test_the_keys_are_where_the_settings_say(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert isinstance(keys_for(Settings(data_folder=tmp_path)), KeyringKeys)
    (tmp_path / CREDENTIAL_NAME).write_bytes(bytes(KEY_BYTES))
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
    keys = keys_for(Settings(data_folder=tmp_path, keys="credential"))
    assert isinstance(keys, CredentialKeys)
    assert len(keys.key()) == KEY_BYTES


@pytest.mark.parametrize("folder", [None, ""])
def test_without_systemd_there_is_no_credential(
    folder: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CREDENTIALS_DIRECTORY", raising=False)
    if folder is not None:
        monkeypatch.setenv("CREDENTIALS_DIRECTORY", folder)
    with pytest.raises(KeysUnavailable, match="CREDENTIALS_DIRECTORY"):
        keys_for(Settings(data_folder=tmp_path, keys="credential"))


def test_a_counter_has_the_devices_of_the_settings(open_counter: Open, clock: FakeClock) -> None:
    with open_counter() as counter:
        equipment = counter.equipment
        assert equipment.clock is clock
        assert equipment.filing is counter.filing
        for device in (equipment.camera, equipment.scanner, equipment.printer):
            assert isinstance(device.status(), Ready), device.name


def test_the_dossiers_line_stops_first_for_the_others_may_wait_for_its_token(
    open_counter: Open, server: FakePortal, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert server.url  # enrolled: all three lines are there
    stopped: list[str] = []

    def noted(of: type[Any]) -> None:
        stop = of.stop

        def noting(line: object, timeout_s: float) -> object:
            stopped.append(of.__name__)
            return stop(line, timeout_s)

        monkeypatch.setattr(of, "stop", noting)

    for line in (SyncLoop, CounterHelpLine, RosterLoop):
        noted(line)
    with open_counter() as counter:
        counter.start()
    assert stopped == ["SyncLoop", "CounterHelpLine", "RosterLoop"]


def test_a_new_kiosk_is_not_enrolled(open_counter: Open) -> None:
    with open_counter() as counter:
        counter.start()
        assert counter.filing.desk() is NotReady.NOT_ENROLLED


def test_an_enrolled_kiosk_files(open_counter: Open, server: FakePortal) -> None:
    with open_counter() as counter:
        desk = counter.filing.desk()
        assert isinstance(desk, Desk)
        assert (desk.catalog_version, desk.areas_version) == (shipped().catalog.version, shipped().areas.version)
        counter.start()
        dossier = make_dossier()
        counter.filing.seal(dossier)
        assert counter.filing.wait_for_receipt(dossier.client_ref, TIMEOUT_S).state not in UNSENT
    assert list(server.manifests) == [dossier.client_ref]


def test_what_was_kept_is_there_after_a_restart_and_goes_out(open_counter: Open, server: FakePortal) -> None:
    dossier = make_dossier()
    with open_counter() as counter:
        counter.filing.seal(dossier)
    with open_counter() as counter:
        assert [entry.client_ref for entry in counter.store.entries()] == [dossier.client_ref]
        counter.start()
        assert counter.filing.wait_for_receipt(dossier.client_ref, TIMEOUT_S).state not in UNSENT


def test_closing_releases_the_store_whether_it_was_started_or_not(open_counter: Open) -> None:
    open_counter().close()
    with open_counter() as counter:
        counter.start()
    open_counter().close()


def test_that_it_served_is_kept_for_ever(open_counter: Open, settings: Settings, keys: DemoKeys) -> None:
    open_counter().close()  # which served nobody
    with open_counter() as counter:
        counter.start()
    counter.close()
    assert kept_events(settings.data_folder, keys) == [("kiosk_started", None), ("kiosk_stopped", None)]


def test_a_store_that_fails_stops_neither_the_start_nor_the_end(
    open_counter: Open, caplog: pytest.LogCaptureFixture
) -> None:
    counter = open_counter()
    counter.store.close()
    counter.start()
    counter.close()
    assert "kiosk_started is not in the audit chain" in caplog.text
    assert "kiosk_stopped is not in the audit chain" in caplog.text


def why_not(make: Callable[[], Counter]) -> NotReady:
    """Which page the kiosk shows instead."""
    with pytest.raises(KioskError) as caught:
        make()
    return reason_of(caught.value)


def test_a_counter_that_cannot_be_made_leaves_the_store_free(open_counter: Open) -> None:
    with pytest.raises(ConfigProblem, match=r"camera\.driver"):
        open_counter(camera=DeviceSettings(driver="crystal ball"))
    open_counter().close()


def test_demo_keys_and_a_real_portal_do_not_go_together(open_counter: Open, server: FakePortal, keys: DemoKeys) -> None:
    server.test = False
    with open_counter() as counter:
        save_enrolment(counter.store, Enrolled(portal_url=server.url, enrolment=server.enrolment()))
    with pytest.raises(PortalNotAllowed) as refused:
        open_counter()
    assert reason_of(refused.value) is NotReady.FAULT


def test_two_kiosks_do_not_share_a_store(open_counter: Open) -> None:
    with open_counter():
        assert why_not(open_counter) is NotReady.STORE_IN_USE


def test_a_damaged_store_is_not_replaced(open_counter: Open, settings: Settings) -> None:
    open_counter().close()
    [database] = settings.data_folder.glob("*.db")
    database.write_bytes(b"damaged" * 1000)
    assert why_not(open_counter) is NotReady.STORE_CORRUPT
    assert database.read_bytes() == b"damaged" * 1000


def test_a_disk_without_room_is_found_out_before_anything_is_lost(open_counter: Open, server: FakePortal) -> None:
    with open_counter(reserve_bytes=2**62) as counter:
        with pytest.raises(DiskFull):
            counter.filing.seal(make_dossier())
        assert counter.store.entries() == ()


def test_a_folder_that_cannot_be_made_is_a_fault(open_counter: Open, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    assert why_not(lambda: open_counter(data_folder=tmp_path / "file" / "kiosk")) is NotReady.FAULT


def test_without_keys_nothing_is_opened(settings: Settings, tmp_path: Path, clock: FakeClock) -> None:
    keys = CredentialKeys(tmp_path / "nowhere")
    assert why_not(lambda: Counter(settings, keys, shipped(), clock)) is NotReady.NO_KEYS


def test_a_wrong_setting_is_for_who_set_it(open_counter: Open) -> None:
    with pytest.raises(ConfigProblem, match=r"printer\.host"):
        open_counter(printer=DeviceSettings(driver="network"))


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (KeysUnavailable(), NotReady.NO_KEYS),
        (StoreInUse(), NotReady.STORE_IN_USE),
        (StoreCorrupt(), NotReady.STORE_CORRUPT),
        (WrongKey(), NotReady.WRONG_KEY),
        (DiskFull(), NotReady.DISK_FULL),
        (CatalogProblem(), NotReady.NO_CATALOG),
        (StoreProblem(), NotReady.FAULT),
        (ConfigProblem(), NotReady.FAULT),
        (NotReviewed(), NotReady.FAULT),
    ],
)
def test_each_error_leads_to_its_page(error: KioskError, reason: NotReady) -> None:
    assert reason_of(error) is reason


def test_an_offices_own_folder_changes_the_catalogue(tmp_path: Path) -> None:
    path = tmp_path / "office" / "2.000635" / "service.yaml"
    path.parent.mkdir(parents=True)
    path.write_text("minutes_at_kiosk: 77\n")
    over, cache = (tmp_path / "office",), tmp_path / "kiosk"
    for folder in (None, cache, cache):
        assert load_shipped(over, folder).catalog.service("2.000635").minutes_at_kiosk == 77


def test_a_wrong_folder_of_the_office_is_logged_and_takes_nothing_down(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "office" / "2.000635" / "service.yaml"
    path.parent.mkdir(parents=True)
    path.write_text("minutes_at_kiosk: some\n")
    loaded = load_shipped((tmp_path / "office",), tmp_path / "kiosk")
    assert loaded.catalog == shipped().catalog
    (line,) = (record.getMessage() for record in caplog.records)
    assert line.startswith(f"catalogue: its files are not used as they are now: {path}:1: 'minutes_at_kiosk' is 'some'")
