"""PINs of the staff in the real store: kept as hashes, locked after five wrong ones, whatever the clock does."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import apsw
import pytest

from kiosk.keys import DemoKeys, derive
from kiosk.pin_lock import FREE_TRIES, LOCK_FIRST, LOCK_MAX
from kiosk.staff import Locked, SignedIn, StaffPins, StaffRefusal, WrongPin
from kiosk.store import Store
from kiosk.store_folder import DATABASE_NAME
from kiosk.store_schema import connect
from kiosk.store_staff import Act, StaffAct, StaffMember, StoreStaff
from tests.fakes import FakeClock

AN, BINH = "Trần Thị Mẫu", "Lê Văn Thử"
PIN, OTHER_PIN, WRONG = "271829", "314159", "909817"


def opened(folder: Path, clock: FakeClock) -> Store:
    return Store.open(folder / "store", DemoKeys(folder / "keys"), clock, reserve_bytes=0)


@pytest.fixture(autouse=True)
def cheap_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashes that cost nothing: what they cost is not what is tested here."""
    monkeypatch.setattr("kiosk.store_staff.MEMORY_KIB", 8)


@pytest.fixture
def store(tmp_path: Path, clock: FakeClock) -> Iterator[Store]:
    with opened(tmp_path, clock) as store:
        yield store


@pytest.fixture
def staff(store: Store, clock: FakeClock) -> StoreStaff:
    """Two people with PINs."""
    for name, pin in ((AN, PIN), (BINH, OTHER_PIN)):
        assert store.staff.add(name, pin, clock.now()) is None
    return store.staff


def rows(folder: Path, statement: str) -> list[tuple[Any, ...]]:
    """What a statement gives on the closed store's file."""
    connection = connect(folder / "store" / DATABASE_NAME, derive(DemoKeys(folder / "keys").key(), "db"))
    try:
        return connection.execute(statement).fetchall()
    finally:
        connection.close()


def fail(staff: StoreStaff, clock: FakeClock, times: int) -> object:
    """The answer to the last of so many wrong PINs."""
    return [staff.sign_in(WRONG, clock.now()) for _ in range(times)][-1]


def test_a_pin_says_whose_it_is(staff: StoreStaff, clock: FakeClock) -> None:
    pins: StaffPins = staff
    assert pins.any()
    assert pins.sign_in(OTHER_PIN, clock.now()) == SignedIn(BINH)
    assert pins.sign_in(PIN, clock.now()) == SignedIn(AN)
    assert pins.sign_in(WRONG, clock.now()) == WrongPin(FREE_TRIES - 1)


def test_a_store_without_staff_knows_it(store: Store, clock: FakeClock) -> None:
    assert not store.staff.any()
    assert store.staff.sign_in(PIN, clock.now()) == WrongPin(FREE_TRIES - 1)
    assert not store.staff.remove(AN, clock.now())


@pytest.mark.parametrize(
    ("name", "pin", "refusal"),
    [
        ("", PIN, StaffRefusal.NAME),
        (" \n ", PIN, StaffRefusal.NAME),
        ("x" * 61, PIN, StaffRefusal.NAME),
        ("Lê\x07", PIN, StaffRefusal.NAME),
        (AN, "27182", StaffRefusal.LENGTH),
        (AN, "2718291828459", StaffRefusal.LENGTH),
        (AN, "27182x", StaffRefusal.LENGTH),
        (AN, "٢٧١٨٢٩", StaffRefusal.LENGTH),
        (AN, "123456", StaffRefusal.EASY),
    ],
)
def test_no_name_and_no_strong_pin_is_refused(
    store: Store, clock: FakeClock, name: str, pin: str, refusal: StaffRefusal
) -> None:
    assert store.staff.add(name, pin, clock.now()) is refusal
    assert not store.staff.any()


def test_no_two_people_have_the_same_pin(staff: StoreStaff, clock: FakeClock) -> None:
    assert staff.add(BINH, PIN, clock.now()) is StaffRefusal.EASY
    assert staff.sign_in(OTHER_PIN, clock.now()) == SignedIn(BINH)


def test_a_new_pin_takes_the_place_of_the_old_one(staff: StoreStaff, clock: FakeClock) -> None:
    clock.advance(60)
    assert staff.add(f"  {AN} ", WRONG, clock.now()) is None
    assert staff.sign_in(PIN, clock.now()) == WrongPin(FREE_TRIES - 1)
    assert staff.sign_in(WRONG, clock.now()) == SignedIn(AN)
    assert StaffMember(AN, clock.now()) in staff.members()
    assert len(staff.members()) == 2


def test_who_leaves_has_no_pin_any_more(staff: StoreStaff, clock: FakeClock) -> None:
    assert staff.remove(AN, clock.now())
    assert isinstance(staff.sign_in(PIN, clock.now()), WrongPin)
    assert [member.name for member in staff.members()] == [BINH]


def test_five_wrong_pins_lock_even_the_right_one(staff: StoreStaff, clock: FakeClock) -> None:
    assert fail(staff, clock, FREE_TRIES - 1) == WrongPin(1)
    until = clock.now() + LOCK_FIRST
    assert fail(staff, clock, 1) == Locked(until)
    assert staff.sign_in(PIN, clock.now()) == Locked(until)
    clock.advance(LOCK_FIRST.total_seconds() - 1)
    assert staff.sign_in(PIN, clock.now()) == Locked(until)
    clock.advance(1)
    assert staff.sign_in(PIN, clock.now()) == SignedIn(AN)
    assert fail(staff, clock, 1) == WrongPin(FREE_TRIES - 1)


def test_the_lock_grows_and_ends_growing(staff: StoreStaff, clock: FakeClock) -> None:
    lengths = []
    for _ in range(6):
        answer = fail(staff, clock, FREE_TRIES)
        assert isinstance(answer, Locked)
        lengths.append(answer.until - clock.now())
        clock.advance(lengths[-1].total_seconds())
    assert lengths == [timedelta(minutes=minutes) for minutes in (5, 10, 20, 40, 60, 60)]
    assert lengths[-1] == LOCK_MAX
    assert staff.sign_in(PIN, clock.now()) == SignedIn(AN)
    assert isinstance(fail(staff, clock, FREE_TRIES), Locked)


def test_the_lock_outlives_the_program(tmp_path: Path, clock: FakeClock) -> None:
    with opened(tmp_path, clock) as store:
        store.staff.add(AN, PIN, clock.now())
        until = clock.now() + LOCK_FIRST
        fail(store.staff, clock, FREE_TRIES)
    with opened(tmp_path, clock) as store:
        assert store.staff.sign_in(PIN, clock.now()) == Locked(until)


@pytest.mark.parametrize("jump", [timedelta(days=-365), timedelta(days=365)], ids=["back", "forward"])
def test_setting_the_clock_neither_unlocks_nor_locks_for_ever(
    staff: StoreStaff, clock: FakeClock, jump: timedelta
) -> None:
    fail(staff, clock, FREE_TRIES)
    clock.instant += jump
    until = clock.now() + LOCK_FIRST
    assert staff.sign_in(PIN, clock.now()) == Locked(until)
    clock.advance(LOCK_FIRST.total_seconds() / 2)
    assert staff.sign_in(PIN, clock.now()) == Locked(until)
    clock.advance(LOCK_FIRST.total_seconds() / 2)
    assert staff.sign_in(PIN, clock.now()) == SignedIn(AN)


def test_a_clock_set_back_before_a_restart_locks_anew_and_not_for_ever(tmp_path: Path, clock: FakeClock) -> None:
    with opened(tmp_path, clock) as store:
        store.staff.add(AN, PIN, clock.now())
        fail(store.staff, clock, FREE_TRIES)
    clock.instant -= timedelta(days=365)
    with opened(tmp_path, clock) as store:
        assert store.staff.sign_in(PIN, clock.now()) == Locked(clock.now() + LOCK_FIRST)
        clock.advance(LOCK_FIRST.total_seconds())
        assert store.staff.sign_in(PIN, clock.now()) == SignedIn(AN)


def test_no_pin_stands_in_the_store_even_decrypted(
    staff: StoreStaff, store: Store, clock: FakeClock, tmp_path: Path
) -> None:
    store.close()
    kept = [cell for table in ("staff", "staff_tries", "event") for cell in rows(tmp_path, f"SELECT * FROM {table}")]
    assert sum("$argon2id$" in str(cell) for cell in kept) == 2
    assert PIN not in str(kept)


def test_who_did_what_is_kept_for_ever(staff: StoreStaff, store: Store, clock: FakeClock, tmp_path: Path) -> None:
    staff.note(Act.VIEWED, AN, UUID(int=7), clock.now())
    clock.advance(5)
    staff.note(Act.EXPORTED, BINH, None, clock.now())
    assert [(act.act, act.staff) for act in staff.acts()] == [(Act.VIEWED, AN), (Act.EXPORTED, BINH)]
    assert staff.acts()[1] == StaffAct(clock.now(), Act.EXPORTED, BINH, None)
    store.verify_audit()
    store.close()
    for change in ("UPDATE staff_act SET staff = 'x'", "DELETE FROM staff_act"):
        with pytest.raises(apsw.ConstraintError, match="only ever added"):
            rows(tmp_path, change)


def test_what_staff_do_is_in_the_audit_and_names_nobody(
    staff: StoreStaff, store: Store, clock: FakeClock, tmp_path: Path
) -> None:
    fail(staff, clock, FREE_TRIES)
    clock.advance(LOCK_FIRST.total_seconds())
    staff.sign_in(PIN, clock.now())
    staff.note(Act.VIEWED, AN, UUID(int=7), clock.now())
    staff.remove(AN, clock.now())
    store.close()
    events = rows(tmp_path, "SELECT kind, client_ref FROM event ORDER BY seq")
    assert [kind for kind, _ref in events] == [
        "store_created",
        "staff_added",
        "staff_added",
        *["staff_refused"] * (FREE_TRIES - 1),
        "staff_locked",
        "staff_signed_in",
        "staff_viewed",
        "staff_removed",
    ]
    assert UUID(bytes=events[-2][1]) == UUID(int=7)
