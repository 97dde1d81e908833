"""Tests of sync/losses.py."""

from sync.losses import forget_ended, lost_slip_codes, note_losses
from tests.fakes import FakeClock
from tests.memory_store import MemoryStore
from tests.sample_dossiers import IDENTITY, sample_dossier


def test_each_loss_is_news_once_and_ends_when_the_portal_knows_it_again(clock: FakeClock) -> None:
    store = MemoryStore(clock)
    assert lost_slip_codes(store) == ()
    assert note_losses(store, {"B", "A"}, set()) == ("A", "B")
    assert note_losses(store, {"B", "C"}, {"A"}) == ("C",)
    assert lost_slip_codes(store) == ("B", "C")
    assert note_losses(store, set(), {"B", "C"}) == ()
    assert lost_slip_codes(store) == ()


def test_what_is_not_remembered_or_belongs_to_a_former_portal_is_forgotten(clock: FakeClock) -> None:
    store = MemoryStore(clock)
    former, kept = (store.seal(sample_dossier(number), IDENTITY) for number in (1, 2))
    note_losses(store, {former.slip_code, kept.slip_code, "GONE"}, set())
    forget_ended(store, former.seq)
    assert lost_slip_codes(store) == (kept.slip_code,)
