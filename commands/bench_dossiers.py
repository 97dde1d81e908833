"""Dossiers of made-up people as small or large as a measurement wants them, without a window or a catalogue."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from commands.specimen_manifest import specimen_document, specimen_manifest
from kiosk import manifest as wire


@dataclass(frozen=True, slots=True)
class BenchDossier:
    """A `kiosk.store.Sealable`, told apart from others by its number; its papers' bytes do not shrink."""

    number: int
    papers: Mapping[UUID, bytes]

    @property
    def client_ref(self) -> UUID:
        """The number's own."""
        return UUID(int=self.number)

    @property
    def slip_code(self) -> str:
        """The number, as long as a code."""
        return f"{self.number:010}"

    @property
    def service_code(self) -> str:
        """One service for all: their order is kept."""
        return "2.000635"

    def manifest(self, *, kiosk_id: str, seq: int, audit_head: str, sealed_at: datetime) -> wire.Manifest:
        """As complete as the contract asks for."""
        documents = tuple(specimen_document(key, content) for key, content in self.papers.items())
        return specimen_manifest(
            self.client_ref,
            documents,
            slip_code=self.slip_code,
            kiosk_id=kiosk_id,
            seq=seq,
            sealed_at=wire.WireInstant(at=sealed_at),
            audit_head=audit_head,
        )


def bench_dossier(number: int, *sizes_bytes: int) -> BenchDossier:
    """The dossier of that number with papers of these sizes; none at all is a dossier of answers alone."""
    keys = [UUID(int=(number << 32) + index) for index in range(len(sizes_bytes))]
    papers = {key: hashlib.shake_128(key.bytes).digest(size) for key, size in zip(keys, sizes_bytes, strict=True)}
    return BenchDossier(number, papers)
