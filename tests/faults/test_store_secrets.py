"""Who has the disk has nothing; who has the province's recovery key has every dossier; what was shredded is gone."""

from pathlib import Path

import apsw
import pytest

from kiosk.keys import DemoKeys, derive
from kiosk.manifest import Manifest
from kiosk.outbox import Accepted
from kiosk.sealing import DossierSeal, recover
from kiosk.store import Store
from kiosk.store_schema import PAGE_BYTES, connect
from tests.fakes import FakeClock
from tests.faults.store_child import dossier, open_store
from tests.sample_dossiers import IDENTITY, NAME, RECOVERY_KEY, receipt_for

NOW = FakeClock().now()


def kept_secrets(folder: Path, seq: int) -> tuple[bytes, bytes, dict[str, bytes], str]:
    """A dossier's two wraps, its sealed contents, and the digest of its manifest, as they lie in the store."""
    connection = connect(folder / "store/kiosk.db", derive(DemoKeys(folder / "keys").key(), "db"))
    [(wrapped, recovery, manifest_sha256)] = connection.execute(
        "SELECT dek_wrapped, dek_recovery, manifest_sha256 FROM dossier WHERE seq = ?", (seq,)
    )
    contents = dict(connection.execute("SELECT sha256, sealed FROM content WHERE dossier = ?", (seq,)))
    connection.close()
    return wrapped, recovery, contents, manifest_sha256


class SpyFile(apsw.VFSFile):
    """A file that lies above the database's cipher: what it reads is in the clear."""

    def __init__(self, spy: "Spy", name: str | apsw.URIFilename | None, flags: list[int]) -> None:
        super().__init__(spy.base, name, flags)
        spy.files.append(self)


class Spy(apsw.VFS):
    """The system's files, through SpyFile."""

    def __init__(self) -> None:
        self.base = apsw.vfs_names()[0]
        self.files: list[SpyFile] = []
        super().__init__("spy", self.base)

    def xOpen(self, name: str | apsw.URIFilename | None, flags: list[int]) -> SpyFile:
        return SpyFile(self, name, flags)


def decrypted_file(folder: Path) -> bytes:
    """Every page of the database, free ones too, without the database's own cipher."""
    path, spy = folder / "store/kiosk.db", Spy()
    connection = apsw.Connection(str(path), vfs="spy")
    connection.pragma("cipher", "chacha20")
    connection.pragma("key", f"raw:{derive(DemoKeys(folder / 'keys').key(), 'db').hex()}")
    connection.execute("SELECT count(*) FROM sqlite_master").fetchall()
    content = b"".join(spy.files[0].xRead(PAGE_BYTES, offset) for offset in range(0, path.stat().st_size, PAGE_BYTES))
    connection.close()
    spy.unregister()
    return content


def shred(store: Store, number: int) -> None:
    ref = dossier(number).client_ref
    receipt = receipt_for(Manifest.model_validate_json(store.manifest(ref)), "H01-261116-0001")
    store.record(ref, Accepted(receipt, "header.payload.signature"), NOW)
    store.mark_durable(ref, NOW)
    store.shred(ref, NOW)


def test_no_file_of_the_kiosk_holds_anything_of_the_citizen(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        store.seal(dossier(1), IDENTITY)
        paper = max(dossier(1).papers.values(), key=len)
        for path in (tmp_path / "store").iterdir():
            content = path.read_bytes()
            assert NAME.encode() not in content
            assert paper[:16] not in content
            assert b"2.000635" not in content


def test_even_without_the_databases_cipher_papers_stay_sealed(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        store.seal(dossier(1), IDENTITY)
    content = decrypted_file(tmp_path)
    assert b"2.000635" in content  # so the database's cipher is off indeed
    assert NAME.encode() not in content
    assert max(dossier(1).papers.values(), key=len)[:16] not in content


def test_the_recovery_key_opens_a_dossier_without_the_kiosks_key(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        store.seal(dossier(1), IDENTITY)
    sealed = dossier(1)
    _, recovery, contents, manifest_sha256 = kept_secrets(tmp_path, 1)
    seal = DossierSeal(recover(recovery, RECOVERY_KEY), sealed.client_ref)
    opened = {sha256: seal.open(content, sha256) for sha256, content in contents.items()}
    manifest = Manifest.model_validate_json(opened[manifest_sha256])
    assert manifest.owner.name == NAME
    for document in manifest.documents:
        assert b"".join(opened[piece.sha256] for piece in document.pieces) == sealed.papers[document.id]


def test_after_shredding_nothing_of_the_dossier_is_in_the_file(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        for number in (1, 2):
            store.seal(dossier(number), IDENTITY)
    wrapped, recovery, contents, _ = kept_secrets(tmp_path, 1)
    traces = [
        wrapped,
        recovery,
        *(content[at : at + 32] for content in contents.values() for at in (0, len(content) // 2)),
    ]
    before = decrypted_file(tmp_path)
    assert [trace for trace in traces if trace not in before] == []
    with open_store(tmp_path) as store:
        shred(store, 1)
    after = decrypted_file(tmp_path)
    assert [trace for trace in traces if trace in after] == []
    assert len(after) < len(before) - 2_000_000  # and its room was given back


def test_a_tombstone_keeps_codes_digests_and_receipt_and_no_person(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        store.seal(dossier(1), IDENTITY)
        shred(store, 1)
        receipt = store.receipt(dossier(1).client_ref)
        assert receipt
        assert receipt[1] == "header.payload.signature"
        assert {document.sha256 for document in receipt[0].documents} == {
            document.sha256 for document in dossier(1).documents
        }
    content = decrypted_file(tmp_path)
    assert dossier(1).slip_code.encode() in content
    assert NAME.encode() not in content


def test_the_schema_itself_wants_a_new_receipt_for_what_goes_out_again(tmp_path: Path) -> None:
    ref = dossier(1).client_ref
    with open_store(tmp_path) as store:
        store.seal(dossier(1), IDENTITY)
        receipt = receipt_for(Manifest.model_validate_json(store.manifest(ref)))
        store.record(ref, Accepted(receipt, "header.payload.signature"), NOW)
        store.requeue(ref, NOW)
    connection = connect(tmp_path / "store/kiosk.db", derive(DemoKeys(tmp_path / "keys").key(), "db"))
    with pytest.raises(apsw.ConstraintError, match="no receipt"):
        connection.execute("UPDATE dossier SET state = 'receipted'")
    connection.close()


def test_the_schema_itself_shreds_nothing_before_its_time(tmp_path: Path) -> None:
    """A second lock on the same door: were the rules in Python wrong, the database would refuse."""
    with open_store(tmp_path) as store:
        store.seal(dossier(1), IDENTITY)
    connection = connect(tmp_path / "store/kiosk.db", derive(DemoKeys(tmp_path / "keys").key(), "db"))
    for statement in (
        "UPDATE dossier SET state = 'receipted'",
        "UPDATE dossier SET state = 'shredded', dek_wrapped = NULL, dek_recovery = NULL",
        "UPDATE dossier SET dek_wrapped = NULL",
        "UPDATE dossier SET state = 'sending'; UPDATE dossier SET state = 'withdrawn', dek_wrapped = NULL,"
        " dek_recovery = NULL",
        "UPDATE dossier SET withdrawal_asked_at = 1; UPDATE dossier SET state = 'committing'",
        "UPDATE event SET kind = 'nothing'",
        "DELETE FROM event",
        "DELETE FROM dossier",
    ):
        with pytest.raises(apsw.ConstraintError):
            connection.execute(statement)
    connection.close()
