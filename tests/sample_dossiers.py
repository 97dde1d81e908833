"""Small dossiers of made-up people, ready to seal, and what an enrolled kiosk knows."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from kiosk import manifest as wire
from kiosk.receipt import Receipt, ReceiptDocument
from kiosk.store import Identity

RECOVERY_KEY = X25519PrivateKey.from_private_bytes(bytes(range(32)))
IDENTITY = Identity("kiosk-01", "recovery-1", RECOVERY_KEY.public_key().public_bytes_raw())
NAME = "NGUYỄN VĂN MẪU"  # a canary too: it must be found in no file


@dataclass(frozen=True, slots=True)
class SampleDossier:
    """A `kiosk.store.Sealable` with the papers that it is given."""

    client_ref: UUID
    papers: Mapping[UUID, bytes]
    slip_code: str = "7K3M9PQRS2"
    service_code: str = "2.000635"
    name: str = NAME
    documents: tuple[wire.DocumentRecord, ...] = field(default=())

    def manifest(self, *, kiosk_id: str, seq: int, audit_head: str, sealed_at: datetime) -> wire.Manifest:
        """A manifest that fits the papers."""
        code = wire.WireCode(code=self.service_code, name="Cấp bản sao trích lục hộ tịch", scheme="test")
        person = wire.Party(name=self.name, assurance=wire.Assurance(level="typed"))
        return wire.Manifest(
            client_ref=self.client_ref,
            slip_code=self.slip_code,
            kiosk_id=kiosk_id,
            seq=seq,
            test=True,
            route="desk",
            catalog_version="1",
            form_version="1",
            procedure=code,
            domain=code,
            agency=code,
            summary=code.name,
            owner=person,
            submitter=person,
            delivery=wire.Delivery(by="desk", receiver=person),
            answers=(),
            documents=self.documents,
            copies_count=1,
            fees=(),
            consents=(),
            helper=wire.HelperRecord(kind="none"),
            sealed_at=wire.WireInstant(at=sealed_at),
            events=(),
            slip_token_sha256="0" * 64,
            audit_head=audit_head,
        )


def sample_dossier(number: int, *papers: bytes, name: str = NAME) -> SampleDossier:
    """The dossier of that number, with these papers (one small one if none are given)."""
    contents = {UUID(int=(number << 32) + index): paper for index, paper in enumerate(papers or (b"paper",))}
    documents = tuple(_document(key, content) for key, content in contents.items())
    return SampleDossier(UUID(int=number), contents, slip_code=f"{number:010}", name=name, documents=documents)


def random_paper(seed: int, size_bytes: int) -> bytes:
    """Bytes that no file has by chance; the same for the same seed."""
    return hashlib.shake_128(seed.to_bytes(8, "big")).digest(size_bytes)


def receipt_for(manifest: wire.Manifest, national_code: str | None = None) -> Receipt:
    """The receipt that a portal would give for this manifest."""
    return Receipt(
        client_ref=manifest.client_ref,
        kiosk_id=manifest.kiosk_id,
        manifest_sha256=wire.sha256_hex(manifest.to_bytes()),
        documents=tuple(ReceiptDocument(id=each.id, sha256=each.sha256, size=each.size) for each in manifest.documents),
        remote_id=f"remote-{manifest.client_ref}",
        national_code=national_code,
        received_at=datetime(2026, 11, 16, 1, 5, tzinfo=UTC),
    )


def _document(key: UUID, content: bytes) -> wire.DocumentRecord:
    return wire.DocumentRecord(
        id=key,
        part=wire.WireCode(code="to_khai", name="Tờ khai", scheme="test"),
        file_name="to-khai.pdf",
        media_type="application/pdf",
        sha256=wire.sha256_hex(content),
        size=len(content),
        page_count=1,
        copy_kind="original",
        origin="scanner",
        pieces=wire.cut(content),
    )
