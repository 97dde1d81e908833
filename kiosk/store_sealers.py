"""Under which kiosk ids the dossiers were sealed that are still here: a kiosk that is enrolled again has another."""

from typing import Any
from uuid import UUID

from kiosk.store_worker import StoreWorker


class Sealers:
    """The names in the sealed manifests. May be asked from any thread; raises StoreProblem and its kinds."""

    def __init__(self, worker: StoreWorker) -> None:
        self._worker = worker

    def names(self) -> dict[UUID, str]:
        """The kiosk id in the manifest of every dossier whose papers are still here."""
        found: list[tuple[Any, ...]] = self._worker.read(
            lambda connection: connection.execute(
                "SELECT client_ref, kiosk_id FROM dossier WHERE dek_wrapped IS NOT NULL"
            ).fetchall()
        )
        return {UUID(bytes=ref): kiosk_id for ref, kiosk_id in found}
