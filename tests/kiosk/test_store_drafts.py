"""Drafts in the real store: found by card and code, paused after wrong ones, and gone when their time is over."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import apsw
import pytest

from kiosk.draft_age import SETTLE_S
from kiosk.draft_guesses import PAUSE_S, TRIES
from kiosk.drafts import CodesPaused, KeptDraft, NoSuchDraft, PackedVisit
from kiosk.errors import DiskFull, StoreCorrupt
from kiosk.ids import draft_code, parse_draft_code
from kiosk.keys import DemoKeys, derive
from kiosk.manifest import sha256_hex
from kiosk.store import Store
from kiosk.store_drafts import DraftLimits
from kiosk.store_schema import connect
from kiosk.store_staff import Act
from tests.fakes import FakeClock
from tests.sample_dossiers import IDENTITY, sample_dossier

NUMBER, OTHER = "001058000123", "001099000456"
REF = UUID(int=1)
HOUR_S = 3600.0
STAFF = "Trần Thị Cán Bộ"
PAGE = b"a page of the citizen" * 5000
WRONG_CODE = draft_code(bytes(5))

OpenStore = Callable[[], Store]


def packed(state: bytes = b"the state", number: str = NUMBER, *pages: bytes) -> PackedVisit:
    return PackedVisit("2.000635", number, state, {sha256_hex(page): page for page in pages})


@pytest.fixture
def open_store(tmp_path: Path, clock: FakeClock) -> Iterator[OpenStore]:
    """Opens the store; opening again ends the one before, as a program that is started anew."""
    opened: list[Store] = []

    def open_it() -> Store:
        if opened:
            opened[-1].close()
        opened.append(Store.open(tmp_path / "store", DemoKeys(tmp_path / "keys"), clock, reserve_bytes=0))
        return opened[-1]

    yield open_it
    for store in opened:
        store.close()


@pytest.fixture
def store(open_store: OpenStore) -> Store:
    return open_store()


def kinds(folder: Path) -> list[str]:
    """The kinds of all audit events, in their order."""
    return [row[0] for row in read(folder, "SELECT kind FROM event ORDER BY seq")]


def read(folder: Path, query: str) -> list[tuple[Any, ...]]:
    connection = connect(folder / "store/kiosk.db", derive(DemoKeys(folder / "keys").key(), "db"))
    try:
        return list(connection.execute(query))
    finally:
        connection.close()


def refs(drafts: tuple[KeptDraft, ...]) -> list[UUID]:
    return [draft.ref for draft in drafts]


def test_a_draft_comes_back_with_its_pages(open_store: OpenStore, clock: FakeClock) -> None:
    store = open_store()
    assert not store.drafts.any()
    store.drafts.keep(REF, packed(b"first", NUMBER, PAGE))
    clock.advance(60)
    store.drafts.keep(REF, packed(b"second", NUMBER, PAGE, b"another"))
    drafts = open_store().drafts
    assert drafts.any()
    [kept] = drafts.of_card(NUMBER)
    assert kept == KeptDraft(REF, "2.000635", clock.now())
    opened = drafts.open(REF, STAFF)
    assert opened is not None
    assert (opened.packed.state, set(opened.packed.contents.values())) == (b"second", {PAGE, b"another"})
    assert drafts.of_card(OTHER) == ()
    assert drafts.open(UUID(int=9), STAFF) is None


def test_a_changed_answer_writes_no_page_again_and_a_page_taken_away_is_destroyed(store: Store, tmp_path: Path) -> None:
    store.drafts.keep(REF, packed(b"first", NUMBER, PAGE, b"another"))
    before = dict(read(tmp_path, "SELECT sha256, sealed FROM draft_content"))
    store.drafts.keep(REF, packed(b"second", NUMBER, PAGE))
    assert read(tmp_path, "SELECT sha256, sealed FROM draft_content") == [(sha256_hex(PAGE), before[sha256_hex(PAGE)])]


def test_card_and_code_open_a_draft_and_only_both(open_store: OpenStore) -> None:
    code = open_store().drafts.stop(REF, packed())
    assert parse_draft_code(code) == code
    drafts = open_store().drafts
    assert isinstance(drafts.by_code(OTHER, code), NoSuchDraft)
    assert isinstance(drafts.by_code("", code), NoSuchDraft)
    found = drafts.by_code(NUMBER, code)
    assert isinstance(found, KeptDraft)
    assert found.ref == REF


def test_a_draft_that_ended_by_itself_has_no_code(store: Store) -> None:
    store.drafts.keep(REF, packed())
    assert store.drafts.by_code(NUMBER, WRONG_CODE) == NoSuchDraft(TRIES - 1)
    assert refs(store.drafts.of_card(NUMBER)) == [REF]


def test_without_a_card_the_code_is_that_of_a_draft_without_one(store: Store) -> None:
    code = store.drafts.stop(REF, packed(number=""))
    assert isinstance(store.drafts.by_code("", code), KeptDraft)
    assert refs(store.drafts.of_card("")) == [REF]


def test_the_code_still_holds_after_a_change(store: Store) -> None:
    code = store.drafts.stop(REF, packed())
    store.drafts.keep(REF, packed(b"went on"))
    assert isinstance(store.drafts.by_code(NUMBER, code), KeptDraft)


def test_five_wrong_codes_make_a_pause_that_a_restart_does_not_end(open_store: OpenStore, clock: FakeClock) -> None:
    drafts = open_store().drafts
    code = drafts.stop(REF, packed())
    left = [drafts.by_code(NUMBER, WRONG_CODE) for _try in range(TRIES)]
    assert left == [NoSuchDraft(tries) for tries in (4, 3, 2, 1, 0)]
    assert drafts.by_code(NUMBER, code) == CodesPaused(timedelta(seconds=PAUSE_S))
    clock.advance(100)
    drafts = open_store().drafts
    assert drafts.by_code(NUMBER, code) == CodesPaused(timedelta(seconds=PAUSE_S - 100))
    clock.instant -= timedelta(days=400)  # neither does a clock that is set, either way
    assert drafts.by_code(NUMBER, code) == CodesPaused(timedelta(seconds=PAUSE_S - 100))
    clock.instant += timedelta(days=900)
    assert drafts.by_code(NUMBER, code) == CodesPaused(timedelta(seconds=PAUSE_S - 100))
    clock.advance(PAUSE_S - 100)
    assert isinstance(drafts.by_code(NUMBER, code), KeptDraft)
    assert drafts.by_code(NUMBER, WRONG_CODE) == NoSuchDraft(TRIES - 1)


def test_a_pause_ends_though_the_clock_was_set_back_over_a_restart(open_store: OpenStore, clock: FakeClock) -> None:
    drafts = open_store().drafts
    for _try in range(TRIES):
        drafts.by_code(NUMBER, WRONG_CODE)
    clock.instant -= timedelta(days=400)
    drafts = open_store().drafts
    assert isinstance(drafts.by_code(NUMBER, WRONG_CODE), CodesPaused)
    clock.advance(PAUSE_S)
    assert isinstance(drafts.by_code(NUMBER, WRONG_CODE), NoSuchDraft)


def test_the_answer_is_the_same_whether_such_a_person_has_a_draft(store: Store) -> None:
    store.drafts.stop(REF, packed())
    assert store.drafts.by_code(NUMBER, WRONG_CODE) == NoSuchDraft(4)
    assert store.drafts.by_code(OTHER, WRONG_CODE) == NoSuchDraft(3)


def test_when_its_time_is_over_a_draft_is_gone(store: Store, clock: FakeClock, tmp_path: Path) -> None:
    store.drafts.keep(REF, packed(b"state", NUMBER, PAGE))
    clock.advance(23 * HOUR_S)
    assert store.drafts.sweep() == 0
    store.drafts.keep(UUID(int=2), packed(b"younger"))
    clock.advance(HOUR_S)
    assert refs(store.drafts.of_card(NUMBER)) == [UUID(int=2)]  # even before it is swept
    assert store.drafts.sweep() == 1
    assert read(tmp_path, "SELECT sha256 FROM draft_content") == []
    assert kinds(tmp_path)[-1] == "draft_expired"
    clock.advance(22 * HOUR_S)
    assert store.drafts.any()
    clock.advance(HOUR_S)
    assert (store.drafts.sweep(), store.drafts.any()) == (1, False)
    store.verify_audit()


def test_a_draft_is_over_after_a_weekend_and_destroyed_once_the_clock_is_believed(
    open_store: OpenStore, clock: FakeClock
) -> None:
    open_store().drafts.keep(REF, packed())
    clock.advance(64 * HOUR_S)
    drafts = open_store().drafts
    assert not drafts.any()
    assert drafts.open(REF, STAFF) is None
    assert drafts.sweep() == 0
    clock.advance(SETTLE_S)
    assert drafts.sweep() == 1


def test_a_clock_that_jumps_kills_no_draft_and_keeps_none(store: Store, clock: FakeClock) -> None:
    store.drafts.keep(REF, packed())
    for days in (4000, -8000):
        clock.instant += timedelta(days=days)
        assert (store.drafts.sweep(), store.drafts.any()) == (0, True)
    for _hour in range(24):
        clock.advance(HOUR_S)
        store.drafts.sweep()
    assert not store.drafts.any()


def test_each_change_makes_it_young_again(store: Store, clock: FakeClock) -> None:
    store.drafts.keep(REF, packed())
    clock.advance(20 * HOUR_S)
    store.drafts.keep(REF, packed(b"changed"))
    clock.advance(20 * HOUR_S)
    assert (store.drafts.sweep(), store.drafts.any()) == (0, True)


def test_filing_takes_the_draft_with_it_in_one_transaction(store: Store, tmp_path: Path) -> None:
    dossier = sample_dossier(1, b"paper")
    store.drafts.keep(dossier.client_ref, packed(b"state", NUMBER, PAGE))
    store.seal(dossier, IDENTITY)
    assert not store.drafts.any()
    assert read(tmp_path, "SELECT * FROM draft") == []  # its key is gone, so its pages cannot be opened
    store.drafts.keep(dossier.client_ref, packed(b"comes late"))
    assert not store.drafts.any()
    store.drafts.sweep()
    assert read(tmp_path, "SELECT * FROM draft_content") == []


def test_a_sealing_that_fails_leaves_the_draft(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    dossier = sample_dossier(1, b"paper")
    store.drafts.keep(dossier.client_ref, packed())

    def no_room(*_arguments: object) -> bool:
        raise apsw.FullError("no room")

    monkeypatch.setattr("kiosk.store.forget", no_room)
    with pytest.raises(DiskFull):
        store.seal(dossier, IDENTITY)
    assert (store.drafts.any(), store.entries()) == (True, ())


def test_who_leaves_for_good_leaves_nothing(store: Store, tmp_path: Path) -> None:
    store.drafts.keep(REF, packed(b"state", NUMBER, PAGE))
    store.drafts.discard(REF)
    store.drafts.discard(REF)  # nothing more to do
    assert not store.drafts.any()
    assert read(tmp_path, "SELECT * FROM draft_content") == []
    assert kinds(tmp_path) == ["store_created", "draft_discarded"]


def test_the_audit_chain_tells_what_became_of_drafts_and_of_nobody(store: Store, tmp_path: Path) -> None:
    store.drafts.stop(REF, packed())
    store.drafts.open(REF, "")
    store.drafts.open(REF, STAFF)
    store.drafts.discard(REF)
    [act] = store.staff.acts()
    assert (act.act, act.staff, act.client_ref) == (Act.ATTESTED, STAFF, REF)
    told = ["draft_stopped", "draft_opened_by_code", "draft_opened_by_staff", "draft_discarded"]
    assert kinds(tmp_path) == ["store_created", *told]
    store.verify_audit()


def test_the_oldest_without_a_code_makes_room_and_one_with_a_code_never_does(store: Store, clock: FakeClock) -> None:
    store.drafts.limits = DraftLimits(at_most=2)
    code = store.drafts.stop(UUID(int=1), packed())
    for number in (2, 3):
        clock.advance(60)
        store.drafts.keep(UUID(int=number), packed())
    assert refs(store.drafts.of_card(NUMBER)) == [UUID(int=3), UUID(int=1)]
    store.drafts.stop(UUID(int=3), packed())
    with pytest.raises(DiskFull):
        store.drafts.keep(UUID(int=4), packed())
    assert isinstance(store.drafts.by_code(NUMBER, code), KeptDraft)
    store.drafts.keep(UUID(int=3), packed(b"what is there can change"))


def test_no_draft_takes_the_room_that_is_reserved(tmp_path: Path, clock: FakeClock) -> None:
    keys = DemoKeys(tmp_path / "keys")
    with Store.open(tmp_path / "store", keys, clock, reserve_bytes=1 << 60) as store:
        with pytest.raises(DiskFull):
            store.drafts.keep(REF, packed())
        assert not store.drafts.any()


def test_a_draft_outlives_the_key_that_wrapped_its_own(open_store: OpenStore, clock: FakeClock) -> None:
    store = open_store()
    code = store.drafts.stop(REF, packed(b"state", NUMBER, PAGE))
    store.keys.renew(clock.now())
    drafts = open_store().drafts
    assert isinstance(drafts.by_code(NUMBER, code), KeptDraft)
    assert drafts.open(REF, "") is not None
    drafts.keep(REF, packed(b"went on", NUMBER, PAGE))


def test_a_draft_that_was_tampered_with_is_not_opened(store: Store, tmp_path: Path) -> None:
    store.drafts.keep(REF, packed(b"state", NUMBER, PAGE))
    connection = connect(tmp_path / "store/kiosk.db", derive(DemoKeys(tmp_path / "keys").key(), "db"))
    connection.execute("UPDATE draft_content SET sealed = zeroblob(length(sealed))")
    connection.close()
    with pytest.raises(StoreCorrupt):
        store.drafts.open(REF, "")
    assert "draft_opened_by_code" not in kinds(tmp_path)
