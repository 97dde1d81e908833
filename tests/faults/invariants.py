"""The eight invariants of the fault matrix, judged by one function after every case: nothing lost, nothing doubled.

They are judged from what is kept, by means of their own: receipts are verified here with the library alone, papers are
compared with the digests that the test knows, files are searched for what a test put into them.
"""

import re
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Protocol
from uuid import UUID

import jwt

from commands.queue_listing import lines, listing
from kiosk.audit import OF_STATE
from kiosk.errors import StoreProblem
from kiosk.manifest import Manifest, sha256_hex
from kiosk.outbox import UNSENT, OutboxEntry, QueueCondition, State
from kiosk.receipt import Receipt
from kiosk.status import Standing, status_of
from kiosk.store import Store
from tests.faults.portal_evidence import NO_PORTAL, PortalEvidence
from tests.memory_store import MemoryStore
from tests.sample_dossiers import NAME, SampleDossier

AnyStore = Store | MemoryStore

# What staff and citizens are told while a dossier is in a state: a table of the test's own, beside the code's.
TOLD = {
    State.SEALED: Standing.KEPT,
    State.SENDING: Standing.KEPT,
    State.COMMITTING: Standing.KEPT,
    State.RECEIPTED: Standing.FILED,
    State.DURABLE: Standing.FILED,
    State.SHREDDED: Standing.FILED,
    State.PARKED: Standing.HELD_BY_DESK,
    State.WITHDRAWN: Standing.WITHDRAWN,
}
_FAULTS_IN_A_LOG = re.compile(r"Traceback|Exception in|a round of sending:|sending \S+: \w+ at |fault:|Unhandled")
_CANARY_BYTES = 16


@dataclass(frozen=True, slots=True)
class Promise:
    """A dossier that a citizen was told is kept: its documents' digests, and bytes that no file may show."""

    client_ref: UUID
    documents: Mapping[UUID, str]
    secrets: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """What a case did, as far as no store can tell. Every member is named by the caller: nothing is left out unseen.

    `sealed` was acknowledged; `begun` was being sealed when the fault came, so it may be there, but then whole;
    `elsewhere` is what other kiosks of the same portal seal. `folders` are the data, temporary and log folders of all
    processes; `log` is what they logged. `lost` names dossiers that the portal lost after they were shredded here,
    where only the receipt is left as proof.
    """

    sealed: Collection[Promise]
    folders: Collection[Path]
    log: Sequence[str]
    begun: Collection[Promise] = ()
    elsewhere: Collection[Promise] = ()
    lost: Collection[UUID] = ()
    grace: timedelta = timedelta(0)
    secrets: Collection[bytes] = field(default=(NAME.encode(),))


class Drain(Protocol):
    """Ends the fault, lets two back-off steps pass without a restart, and comes back."""

    def __call__(self) -> object: ...


def promise(dossier: SampleDossier) -> Promise:
    """What was promised to the citizen of that dossier."""
    documents = {key: sha256_hex(content) for key, content in dossier.papers.items()}
    middles = [content[len(content) // 2 :][:_CANARY_BYTES] for content in dossier.papers.values()]
    return Promise(dossier.client_ref, documents, tuple(middle for middle in middles if len(middle) == _CANARY_BYTES))


def promises_of(store: AnyStore) -> list[Promise]:
    """What the store holds now, where a kiosk and not the test made the dossiers: taken before the fault."""
    return [_promise_of(store, entry.client_ref) for entry in store.entries()]


def assert_invariants(store: AnyStore, portal: PortalEvidence, case: Case, drain: Drain | None = None) -> None:
    """All eight, as things are now. With `drain`, that the queue then moves by itself (I6), is what the caller does in
    it; its end is judged here. A case that cannot drain in its own process says `drain=None` and drains elsewhere."""
    if drain is not None:
        drain()
        waiting = {entry.slip_code: entry.state for entry in store.entries() if entry.state in UNSENT}
        assert waiting == {}, "I6: the fault is gone, and these do not move"
    store.verify_audit()
    entries = {entry.client_ref: entry for entry in store.entries()}
    at_kiosk = _whole_at_kiosk(store, entries, case)
    at_portal = assert_portal_invariants(portal, [*case.sealed, *case.begun, *case.elsewhere])
    for each in case.sealed:
        state = entries[each.client_ref].state if each.client_ref in entries else None
        kept = each.client_ref in at_kiosk or each.client_ref in at_portal or each.client_ref in case.lost
        assert kept or state is State.WITHDRAWN, f"I1: {each.client_ref} ({state}) is neither here nor at the portal"
    _check_receipts(store, portal, entries)
    _check_shredding(store, entries, set(at_portal) | set(case.lost), case.grace)
    assert_no_secret([*case.sealed, *case.begun], case)
    _check_what_is_shown(store, entries)
    assert_quiet(case.log)
    assert [entry.problem for entry in entries.values() if entry.problem.startswith("fault:")] == [], "I8: a fault"


def assert_portal_invariants(portal: PortalEvidence, known: Collection[Promise]) -> dict[UUID, Manifest]:
    """I1 and I2 at the portal: what it committed is whole, was sealed by someone, and is there once."""
    promised = {each.client_ref: each for each in known}
    manifests: dict[UUID, Manifest] = {}
    for held in portal.dossiers:
        assert held.client_ref not in manifests, f"I2: {held.client_ref} is at the portal twice"
        assert held.client_ref in promised, f"I2: {held.client_ref} was never sealed by anyone"
        manifest = manifests[held.client_ref] = Manifest.model_validate_json(held.manifest)
        receipt = verified(held.receipt, portal)
        assert receipt.client_ref == manifest.client_ref == held.client_ref
        assert receipt.manifest_sha256 == sha256_hex(held.manifest), (
            "I1: the portal's manifest is not the receipted one"
        )
        found = {
            document.id: sha256_hex(_joined(portal.piece, manifest, document.id)) for document in manifest.documents
        }
        assert found == promised[held.client_ref].documents, f"I1: papers of {held.client_ref} differ at the portal"
    places = Counter((manifest.kiosk_id, manifest.seq) for manifest in manifests.values())
    assert [place for place, count in places.items() if count > 1] == [], "I2: one sealing came under two references"
    codes = Counter(verified(held.receipt, portal).national_code for held in portal.dossiers)
    assert [code for code, count in codes.items() if code is not None and count > 1] == [], "I2: a code given twice"
    return manifests


def assert_no_secret(known: Collection[Promise], case: Case) -> None:
    """I5: no file below the case's folders shows a name, in any coding that a program would use, or a paper."""
    secrets = [spelled for secret in case.secrets for spelled in _spellings(secret)]
    secrets += [secret for each in known for secret in each.secrets]
    for folder in case.folders:
        for path in folder.rglob("*"):
            if path.is_file() and not path.is_symlink():
                content = path.read_bytes()
                shown = [secret for secret in secrets if secret in content]
                assert shown == [], f"I5: {path.name} shows what is a citizen's"


def assert_quiet(log: Sequence[str]) -> None:
    """I8: what was logged tells of no exception that nobody caught. (That the event loop is never blocked for more than
    50 ms is measured by `kiosk bench`, for no test asserts a speed.)"""
    assert [line for line in log if _FAULTS_IN_A_LOG.search(line)] == [], "I8: an exception that nobody caught"


def verified(jws: str, portal: PortalEvidence) -> Receipt:
    """The receipt under a good signature of the portal (I3)."""
    header = jwt.get_unverified_header(jws)
    assert header["kid"] in portal.keys, "I3: signed by a key that is not the portal's"
    return Receipt.model_validate_json(jwt.PyJWS().decode(jws, portal.keys[header["kid"]], algorithms=["EdDSA"]))


def _whole_at_kiosk(store: AnyStore, entries: Mapping[UUID, OutboxEntry], case: Case) -> set[UUID]:
    """I1 on the kiosk: what has a key is whole to the last byte; nothing is there that nobody sealed."""
    promised = {each.client_ref: each for each in [*case.sealed, *case.begun]}
    assert set(entries) <= set(promised), "I1: the kiosk holds what nobody sealed"
    assert len({entry.seq for entry in entries.values()}) == len(entries), "I2: one number for two dossiers"
    whole = set()
    for ref, entry in entries.items():
        if entry.state in (State.SHREDDED, State.WITHDRAWN):
            continue
        found = _promise_of(store, ref)
        assert found.documents == promised[ref].documents, f"I1: papers of {ref} differ on the kiosk"
        whole.add(ref)
    return whole


def _promise_of(store: AnyStore, ref: UUID) -> Promise:
    manifest = Manifest.model_validate_json(store.manifest(ref))
    papers = {
        each.id: _joined(lambda sha256: store.piece(ref, sha256), manifest, each.id) for each in manifest.documents
    }
    return Promise(ref, {key: sha256_hex(content) for key, content in papers.items()})


def _joined(piece: Callable[[str], bytes | None], manifest: Manifest, document: UUID) -> bytes:
    [wanted] = [each for each in manifest.documents if each.id == document]
    found = [piece(each.sha256) for each in wanted.pieces]
    assert None not in found, f"I1: a piece of {manifest.client_ref} is missing"
    return b"".join(part for part in found if part is not None)


def _check_receipts(store: AnyStore, portal: PortalEvidence, entries: Mapping[UUID, OutboxEntry]) -> None:
    for ref, entry in entries.items():
        kept = store.receipt(ref)
        assert kept or TOLD[entry.state] is not Standing.FILED, f"I3: {ref} is {entry.state} without a receipt"
        if kept is None:
            continue
        receipt, jws = kept
        assert verified(jws, portal) == receipt, f"I3: the receipt of {ref} is not the signed one"
        assert receipt.client_ref == ref, f"I3: {ref} has the receipt of another"
        if entry.state not in (State.SHREDDED, State.WITHDRAWN):
            assert receipt.manifest_sha256 == sha256_hex(store.manifest(ref)), f"I3: {ref}: receipt for other bytes"
        answers = [held.receipt for held in portal.dossiers if held.client_ref == ref]
        if TOLD[entry.state] is Standing.FILED:
            assert answers in ([], [jws]), f"I3: the portal would answer for {ref} with another receipt"


def _check_shredding(
    store: AnyStore, entries: Mapping[UUID, OutboxEntry], proven: Collection[UUID], grace: timedelta
) -> None:
    for ref, entry in entries.items():
        if entry.state is not State.SHREDDED:
            continue
        assert ref in proven, f"I4: {ref} was shredded, and the portal does not hold it"
        told = _last_event(store, ref, State.DURABLE)
        ended = _last_event(store, ref, State.SHREDDED)
        assert told is not None, f"I4: {ref} was shredded before it was durable"
        assert ended is not None, f"I4: {ref} was shredded without a word"
        assert ended - told >= grace / timedelta(microseconds=1), f"I4: {ref} was shredded before its time"
        try:
            store.manifest(ref)
        except StoreProblem:
            continue
        raise AssertionError(f"I4: {ref} says that it is shredded, and its papers are there")


def _last_event(store: AnyStore, ref: UUID, state: State) -> int | None:
    """When the dossier last came to that state, in microseconds of the kiosk's clock."""
    kind = OF_STATE[state].value
    if isinstance(store, MemoryStore):
        found = [link.at_us for link in store._events if link.client_ref == ref and link.kind == kind]
        return found[-1] if found else None
    query = "SELECT at FROM event WHERE client_ref = ? AND kind = ? ORDER BY seq DESC LIMIT 1"
    at: int | None = store._worker.read(lambda connection: connection.execute(query, (ref.bytes, kind)).get)
    return at


def _check_what_is_shown(store: AnyStore, entries: Mapping[UUID, OutboxEntry]) -> None:
    """I7: citizens and staff read what is so, and "filed" only where the receipt is kept."""
    for ref, entry in entries.items():
        assert status_of(entry).standing is TOLD[entry.state], f"I7: {ref}"
        assert status_of(entry).slip_code == entry.slip_code
    shown = listing(store.entries(), QueueCondition.CLEAR)
    states = {row["client_ref"]: row["state"] for row in shown["entries"]}
    known = {str(ref): entry.state.value for ref, entry in entries.items() if entry.state is not State.SHREDDED}
    assert states == known, "I7: the list of the staff"
    told = Counter(TOLD[entry.state] for entry in entries.values())
    counts = f"{told[Standing.KEPT]} hồ sơ chưa gửi xong, {told[Standing.HELD_BY_DESK]} cần cán bộ xem, "
    assert f"{counts}{told[Standing.FILED]} đã nộp" in lines(shown)[-1], "I7: the line that sums up"


def _spellings(secret: bytes) -> tuple[bytes, ...]:
    text = secret.decode()
    escaped = text.encode("ascii", "backslashreplace")
    return (secret, text.encode("utf-16-le"), text.encode("utf-16-be"), escaped)


__all__ = ["NO_PORTAL", "Case", "PortalEvidence", "Promise", "assert_invariants", "assert_portal_invariants", "promise"]
