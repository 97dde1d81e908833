"""Where the store gives no code and no draft by itself: a sealed dossier, and a draft that was begun without a card."""

from pathlib import Path
from types import MappingProxyType
from uuid import UUID

import pytest

from kiosk.draft_guesses import TRIES
from kiosk.drafts import CodesPaused, KeptDraft, NoSuchDraft, PackedVisit, StaffNeeded
from kiosk.errors import StoreProblem
from kiosk.keys import DemoKeys
from kiosk.store import Store
from tests.fakes import FakeClock
from tests.sample_dossiers import IDENTITY, sample_dossier

NUMBER, OTHER = "001058000123", "001099000456"
REF = UUID(int=1)


@pytest.fixture
def store(tmp_path: Path, clock: FakeClock) -> Store:
    return Store.open(tmp_path / "store", DemoKeys(tmp_path / "keys"), clock, reserve_bytes=0)


def packed(number: str) -> PackedVisit:
    return PackedVisit("2.000635", number, b"the state", MappingProxyType({}))


def test_what_is_sealed_is_given_no_code(store: Store) -> None:
    with store:
        dossier = sample_dossier(1)
        store.seal(dossier, IDENTITY)
        with pytest.raises(StoreProblem):
            store.drafts.stop(dossier.client_ref, packed(NUMBER))
        store.drafts.keep(dossier.client_ref, packed(NUMBER))
        assert not store.drafts.any()


def test_a_card_with_the_code_of_a_draft_without_one_leads_to_the_staff_and_costs_a_try(store: Store) -> None:
    with store:
        code = store.drafts.stop(REF, packed(""))
        answer = store.drafts.by_code(NUMBER, code)
        assert isinstance(answer, StaffNeeded)
        assert answer.draft.ref == REF
        left = [store.drafts.by_code(NUMBER, code) for _try in range(TRIES - 1)]
        assert left == [answer] * (TRIES - 1)
        assert isinstance(store.drafts.by_code(NUMBER, code), CodesPaused)


def test_the_code_of_a_draft_with_a_card_opens_nothing_for_another(store: Store) -> None:
    with store:
        code = store.drafts.stop(REF, packed(NUMBER))
        assert store.drafts.by_code(OTHER, code) == NoSuchDraft(TRIES - 1)
        assert isinstance(store.drafts.by_code(NUMBER, code), KeptDraft)
