"""The audit chain of a store that nobody has open, as it is on the disk."""

from pathlib import Path
from typing import Any
from uuid import UUID

from kiosk.keys import KeyProvider, derive
from kiosk.store_folder import DATABASE_NAME
from kiosk.store_schema import connect


def kept_events(folder: Path, keys: KeyProvider) -> list[tuple[str, UUID | None]]:
    """Kind and dossier of every event after the making of the store."""
    connection = connect(folder / DATABASE_NAME, derive(keys.key(), "db"))
    try:
        rows: list[tuple[Any, ...]] = connection.execute("SELECT kind, client_ref FROM event ORDER BY seq").fetchall()
    finally:
        connection.close()
    assert rows[0] == ("store_created", None)
    return [(kind, UUID(bytes=ref) if ref else None) for kind, ref in rows[1:]]
