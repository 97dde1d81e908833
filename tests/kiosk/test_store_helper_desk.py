"""Shifts in the real store: badge and PIN together, locked for each badge, whatever the clock does."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from commands.badge_making import refusal_words
from kiosk.badges import KEPT_AFTER_END, MadeBadge, NewBadgeRefusal, NewHelper, new_badge
from kiosk.helper_desk import BadgeRefusal, CheckedIn, HelperDesk
from kiosk.pin_lock import FREE_TRIES, LOCK_FIRST
from kiosk.staff import Locked, WrongPin
from kiosk.store import Store
from kiosk.store_helper_desk import HelperLimits
from tests.fakes import FakeClock
from tests.kiosk.badge_desk import PIN, UNIT, kinds, made, opened

OTHER_PIN, WRONG = "3141", "9098"
SHIFT = HelperLimits().shift


@pytest.fixture(autouse=True)
def cheap_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashes that cost nothing: what they cost is not what is tested here."""
    monkeypatch.setattr("kiosk.badges.MEMORY_KIB", 8)


@pytest.fixture
def store(tmp_path: Path, clock: FakeClock) -> Iterator[Store]:
    with opened(tmp_path, clock) as store:
        yield store


def fail(desk: HelperDesk, badge: MadeBadge, clock: FakeClock, times: int) -> object:
    return [desk.check_in(badge.badge.text, WRONG, clock.now()) for _ in range(times)][-1]


def test_badge_and_pin_begin_a_shift_that_ends_by_itself(store: Store, clock: FakeClock) -> None:
    desk: HelperDesk = store.helper_desk
    assert not desk.any()
    an, binh = made(store, clock, "Trần Thị An"), made(store, clock, "Lê Văn Bình", OTHER_PIN)
    assert desk.any()
    until = clock.now() + SHIFT
    assert desk.check_in(an.badge.text, PIN, clock.now()) == CheckedIn(an.helper, until)
    clock.advance(60)
    assert isinstance(desk.check_in(binh.badge.text, OTHER_PIN, clock.now()), CheckedIn)
    assert [each.helper.name for each in desk.on_duty(clock.now())] == ["Lê Văn Bình", "Trần Thị An"]
    desk.check_out(binh.helper.code, clock.now())
    desk.check_out(binh.helper.code, clock.now())
    assert desk.on_duty(clock.now()) == (CheckedIn(an.helper, until),)
    clock.advance(SHIFT.total_seconds() - 61)
    assert desk.on_duty(clock.now())
    clock.advance(1)
    assert desk.on_duty(clock.now()) == ()


def test_garbage_and_strange_badges_count_for_nobody(store: Store, clock: FakeClock) -> None:
    an, desk = made(store, clock, "Trần Thị An"), store.helper_desk
    forged = new_badge(an.helper.code)  # of another kiosk, or made up from the code on a slip
    for text in ("", "x" * 10_000, "DTCB1:", forged.text, new_badge("XYZ-0001").text, an.badge.text[:-1]):
        for _ in range(FREE_TRIES + 1):
            assert desk.check_in(text, PIN, clock.now()) is BadgeRefusal.UNKNOWN
    assert isinstance(desk.check_in(an.badge.text, PIN, clock.now()), CheckedIn)


def test_the_right_badge_with_the_pin_of_another_is_wrong(store: Store, clock: FakeClock) -> None:
    an, binh = made(store, clock, "Trần Thị An"), made(store, clock, "Lê Văn Bình", OTHER_PIN)
    assert store.helper_desk.check_in(an.badge.text, OTHER_PIN, clock.now()) == WrongPin(FREE_TRIES - 1)
    assert store.helper_desk.check_in(binh.badge.text, PIN, clock.now()) == WrongPin(FREE_TRIES - 1)
    assert store.helper_desk.on_duty(clock.now()) == ()


def test_five_wrong_pins_lock_that_badge_alone(store: Store, clock: FakeClock) -> None:
    an, binh = made(store, clock, "Trần Thị An"), made(store, clock, "Lê Văn Bình", OTHER_PIN)
    desk, until = store.helper_desk, clock.now() + LOCK_FIRST
    assert fail(desk, an, clock, FREE_TRIES) == Locked(until)
    assert desk.check_in(an.badge.text, PIN, clock.now()) == Locked(until)
    assert isinstance(desk.check_in(binh.badge.text, OTHER_PIN, clock.now()), CheckedIn)
    clock.instant += timedelta(days=9)  # setting the clock opens nothing
    assert isinstance(desk.check_in(an.badge.text, PIN, clock.now()), Locked)
    clock.instant -= timedelta(days=9)
    clock.advance(LOCK_FIRST.total_seconds())
    assert isinstance(desk.check_in(an.badge.text, PIN, clock.now()), CheckedIn)


def test_a_try_that_a_power_cut_interrupts_counts(
    store: Store, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut(*_arguments: object) -> bool:
        raise KeyboardInterrupt

    an = made(store, clock, "Trần Thị An")
    with monkeypatch.context() as patch:
        patch.setattr("kiosk.store_helper_desk.pin_fits", cut)
        for _ in range(FREE_TRIES):
            with pytest.raises(KeyboardInterrupt):
                store.helper_desk.check_in(an.badge.text, PIN, clock.now())
    assert store.helper_desk.check_in(an.badge.text, PIN, clock.now()) == Locked(clock.now() + LOCK_FIRST)


def test_lock_and_shift_outlive_the_program(tmp_path: Path, clock: FakeClock) -> None:
    with opened(tmp_path, clock) as store:
        an, binh = made(store, clock, "Trần Thị An"), made(store, clock, "Lê Văn Bình", OTHER_PIN)
        shift = store.helper_desk.check_in(binh.badge.text, OTHER_PIN, clock.now())
        locked = fail(store.helper_desk, an, clock, FREE_TRIES)
        fail(store.helper_desk, binh, clock, FREE_TRIES - 1)
    with opened(tmp_path, clock) as store:
        desk = store.helper_desk
        assert desk.check_in(an.badge.text, PIN, clock.now()) == locked
        assert desk.on_duty(clock.now()) == (shift,)
        assert isinstance(fail(desk, binh, clock, 1), Locked), "the tries before the restart count"
    clock.instant -= timedelta(days=365)  # a dead battery: before the shift began
    with opened(tmp_path, clock) as store:
        assert store.helper_desk.on_duty(clock.now()) == ()
        assert store.helper_desk.check_in(an.badge.text, PIN, clock.now()) == Locked(clock.now() + LOCK_FIRST)


def test_a_clock_that_jumps_makes_no_shift_longer(store: Store, clock: FakeClock) -> None:
    an, desk = made(store, clock, "Trần Thị An"), store.helper_desk
    desk.check_in(an.badge.text, PIN, clock.now())
    clock.instant -= timedelta(days=2)
    clock.advance(3600)
    assert desk.on_duty(clock.now()) == (CheckedIn(an.helper, clock.now() + SHIFT - timedelta(hours=1)),)
    clock.advance(SHIFT.total_seconds() - 3600)
    assert desk.on_duty(clock.now()) == ()
    desk.check_in(an.badge.text, PIN, clock.now())
    clock.instant += SHIFT
    assert desk.on_duty(clock.now()) == ()


def test_who_is_revoked_or_whose_badge_is_over_is_off_at_once(store: Store, clock: FakeClock) -> None:
    an, desk = made(store, clock, "Trần Thị An", days=1), store.helper_desk
    binh = made(store, clock, "Lê Văn Bình", OTHER_PIN)
    desk.check_in(binh.badge.text, OTHER_PIN, clock.now())
    assert store.badges.revoke(binh.helper.code, clock.now())
    assert not store.badges.revoke(binh.helper.code, clock.now())
    assert desk.on_duty(clock.now()) == ()
    assert desk.check_in(binh.badge.text, OTHER_PIN, clock.now()) is BadgeRefusal.REVOKED
    clock.advance(23 * 3600)
    assert desk.check_in(an.badge.text, PIN, clock.now()) == CheckedIn(an.helper, an.valid_until)
    clock.advance(3600)
    assert desk.on_duty(clock.now()) == ()
    assert desk.check_in(an.badge.text, PIN, clock.now()) is BadgeRefusal.EXPIRED
    assert not desk.any()


def test_a_badge_is_for_one_person(store: Store, clock: FakeClock) -> None:
    an = made(store, clock, "Trần Thị An")
    twin = NewHelper("  TRẦN THỊ AN ", UNIT, (), clock.now() + timedelta(days=1))
    assert store.badges.add(twin, OTHER_PIN, clock.now()) is NewBadgeRefusal.TWICE
    store.badges.revoke(an.helper.code, clock.now())
    assert isinstance(store.badges.add(twin, OTHER_PIN, clock.now()), MadeBadge)


def test_whose_badge_has_ended_gets_another(store: Store, clock: FakeClock) -> None:
    an = made(store, clock, "Trần Thị An", days=1)
    clock.advance(86400)
    assert store.badges.renew(an.helper.code, OTHER_PIN, clock.now()) is NewBadgeRefusal.OVER
    assert "add" in refusal_words(NewBadgeRefusal.OVER)
    again = made(store, clock, "Trần Thị An", OTHER_PIN)
    assert isinstance(store.helper_desk.check_in(again.badge.text, OTHER_PIN, clock.now()), CheckedIn)


def test_who_helped_long_ago_is_forgotten(store: Store, clock: FakeClock) -> None:
    made(store, clock, "Trần Thị An", days=1)
    made(store, clock, "Lê Văn Bình", days=400)
    clock.advance(KEPT_AFTER_END.total_seconds())
    assert store.badges.forget_over(clock.now() - KEPT_AFTER_END) == 0
    clock.advance(2 * 86400)
    assert store.badges.forget_over(clock.now() - KEPT_AFTER_END) == 1
    assert [each.helper.name for each in store.badges.holders()] == ["Lê Văn Bình"]


def test_a_new_badge_ends_the_old_one_and_the_shift(store: Store, clock: FakeClock) -> None:
    an, desk = made(store, clock, "Trần Thị An"), store.helper_desk
    desk.check_in(an.badge.text, PIN, clock.now())
    again = store.badges.renew(an.helper.code, OTHER_PIN, clock.now())
    assert isinstance(again, MadeBadge)
    assert (again.helper, again.valid_until) == (an.helper, an.valid_until)
    assert desk.on_duty(clock.now()) == ()
    assert desk.check_in(an.badge.text, PIN, clock.now()) is BadgeRefusal.UNKNOWN
    assert isinstance(desk.check_in(again.badge.text, OTHER_PIN, clock.now()), CheckedIn)
    assert store.badges.renew(an.helper.code, "1234", clock.now()) is NewBadgeRefusal.PIN_EASY
    assert store.badges.renew("XY-0001K", PIN, clock.now()) is NewBadgeRefusal.UNKNOWN
    store.badges.revoke(an.helper.code, clock.now())
    assert store.badges.renew(an.helper.code, PIN, clock.now()) is NewBadgeRefusal.UNKNOWN


def test_the_audit_tells_what_was_done_and_names_nobody(tmp_path: Path, clock: FakeClock) -> None:
    with opened(tmp_path, clock) as store:
        an = made(store, clock, "Trần Thị An")
        fail(store.helper_desk, an, clock, FREE_TRIES)
        clock.advance(LOCK_FIRST.total_seconds())
        store.helper_desk.check_in(an.badge.text, PIN, clock.now())
        store.helper_desk.check_out(an.helper.code, clock.now())
        store.badges.revoke(an.helper.code, clock.now())
        store.helper_desk.check_in(an.badge.text, PIN, clock.now())
        store.verify_audit()
    told, kept = kinds(tmp_path)
    assert told == [
        "store_created",
        "helper_added",
        *["helper_refused"] * (FREE_TRIES - 1),
        "helper_locked",
        "helper_checked_in",
        "helper_checked_out",
        "helper_revoked",
        "helper_refused",
    ]
    assert an.badge.secret not in kept
    assert PIN not in kept
