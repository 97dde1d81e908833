"""What every store promises of sealing and keeping, the real one and the one in memory alike."""

from dataclasses import replace
from uuid import UUID

import pytest

from kiosk.audit import AuditEvent
from kiosk.errors import StoreProblem
from kiosk.manifest import PIECE_MAX_BYTES, Manifest, sha256_hex
from kiosk.outbox import OutboxEntry, State
from tests.contracts.store_steps import AnyStore, make_durable
from tests.fakes import FakeClock
from tests.sample_dossiers import IDENTITY, SampleDossier, random_paper, sample_dossier


def test_a_sealed_dossier_is_in_the_outbox(store: AnyStore, clock: FakeClock) -> None:
    dossier = sample_dossier(7, b"one", b"two!")
    entry = store.seal(dossier, IDENTITY)
    assert entry == OutboxEntry(
        client_ref=dossier.client_ref,
        seq=1,
        slip_code=dossier.slip_code,
        service_code="2.000635",
        state=State.SEALED,
        attempts=0,
        sealed_at=clock.now(),
        size_bytes=7,
    )
    assert store.entries() == (entry,)
    assert store.entry(dossier.client_ref) == entry
    assert store.by_slip_code(dossier.slip_code) == entry
    assert store.due(clock.now()) == (entry,)


def test_what_was_not_sealed_is_not_there(store: AnyStore, sealed: OutboxEntry) -> None:
    assert store.entry(UUID(int=9)) is None
    assert store.by_slip_code("ZZZZZZZZZZ") is None
    assert store.receipt(UUID(int=9)) is None
    for act in (
        lambda: store.manifest(UUID(int=9)),
        lambda: store.piece(UUID(int=9), "0" * 64),
        lambda: store.piece(sealed.client_ref, "0" * 64),
        lambda: store.begin(UUID(int=9), State.SENDING, sealed.sealed_at),
        lambda: store.shred(UUID(int=9), sealed.sealed_at),
    ):
        with pytest.raises(StoreProblem):
            act()


def test_the_sealed_bytes_come_back(store: AnyStore, clock: FakeClock) -> None:
    paper = random_paper(1, PIECE_MAX_BYTES + 12345)
    dossier = sample_dossier(1, paper, b"small")
    head = store.audit_head()
    entry = store.seal(dossier, IDENTITY)
    manifest = Manifest.model_validate_json(store.manifest(entry.client_ref))
    expected = dossier.manifest(kiosk_id=IDENTITY.kiosk_id, seq=1, audit_head=head, sealed_at=clock.now())
    assert manifest == expected
    assert store.manifest(entry.client_ref) == expected.to_bytes()
    for document in manifest.documents:
        whole = b"".join(store.piece(entry.client_ref, piece.sha256) for piece in document.pieces)
        assert whole == dossier.papers[document.id]


def test_documents_that_share_a_piece_keep_it_once(store: AnyStore) -> None:
    shared = random_paper(1, PIECE_MAX_BYTES)
    entry = store.seal(sample_dossier(1, shared + b"a", shared + b"b", shared), IDENTITY)
    assert entry.size_bytes == PIECE_MAX_BYTES + 2
    assert store.piece(entry.client_ref, sha256_hex(shared)) == shared


def test_sealing_again_changes_nothing(store: AnyStore, clock: FakeClock) -> None:
    first = store.seal(sample_dossier(1), IDENTITY)
    events = store.verify_audit()
    clock.advance(60)
    assert store.seal(sample_dossier(1), replace(IDENTITY, kiosk_id="enrolled-anew")) == first
    assert (store.entries(), store.verify_audit()) == ((first,), events)


def test_sealing_again_after_shredding_changes_nothing(store: AnyStore, sealed: OutboxEntry, clock: FakeClock) -> None:
    make_durable(store, sealed, clock)
    store.shred(sealed.client_ref, clock.now())
    assert store.seal(sample_dossier(1), IDENTITY).state is State.SHREDDED


@pytest.mark.parametrize("other", [sample_dossier(1, b"other paper"), sample_dossier(1, name="TRẦN THỊ MẪU")])
def test_another_dossier_under_the_same_reference_is_refused(
    store: AnyStore, sealed: OutboxEntry, other: SampleDossier
) -> None:
    with pytest.raises(StoreProblem):
        store.seal(other, IDENTITY)
    assert store.entries() == (sealed,)


def test_a_manifest_that_tells_of_other_papers_is_never_sealed(store: AnyStore) -> None:
    dossier = sample_dossier(1, b"paper")
    events = store.verify_audit()
    with pytest.raises(StoreProblem):
        store.seal(replace(dossier, papers=dict.fromkeys(dossier.papers, b"another")), IDENTITY)
    assert (store.entries(), store.verify_audit()) == ((), events)


def test_numbers_go_on_and_the_head_is_that_before_the_seal(store: AnyStore) -> None:
    for number in (1, 2, 3):
        head = store.audit_head()
        entry = store.seal(sample_dossier(number), IDENTITY)
        manifest = Manifest.model_validate_json(store.manifest(entry.client_ref))
        assert (entry.seq, manifest.seq, manifest.audit_head) == (number, number, head)
        assert store.audit_head() != head


def test_values_are_kept_and_replaced(store: AnyStore) -> None:
    assert store.value("enrolment") is None
    store.set_value("enrolment", b"first")
    store.set_value("enrolment", b"\x00second")
    assert store.value("enrolment") == b"\x00second"


def test_events_are_counted(store: AnyStore, clock: FakeClock) -> None:
    before = store.verify_audit()
    store.record_event(AuditEvent.KIOSK_STARTED, None, clock.now())
    store.record_event(AuditEvent.SLIP_PRINTED, UUID(int=1), clock.now())
    assert store.verify_audit() == before + 2
