"""Where sealed pieces lie: what a folder and an object store have in common."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

MARK = "portal_id"  # what tells whose papers these are; no piece has such a name
_PIECE = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Shelved:
    """One sealed piece by its hidden name, its size as it lies there, and when it was put."""

    name: str
    size: int
    put_at: datetime


def is_piece(name: str) -> bool:
    """Whether a piece may have that name (portal/sealing.py); what has another was put there by somebody else."""
    return _PIECE.fullmatch(name) is not None


class Shelf(Protocol):
    """Sealed bytes by hidden name. Every method raises OSError when the place cannot be reached or takes nothing."""

    def exists(self, name: str) -> bool: ...

    def put(self, name: str, sealed: bytes) -> None:
        """Whole and durable on return, or not there at all; takes the place of what lay there."""
        ...

    def get(self, name: str) -> bytes | None: ...

    def put_aside(self, name: str) -> None:
        """Keep it, for a person to look at, where it is neither found nor listed."""
        ...

    def remove(self, name: str) -> None:
        """Gone on return; nothing happens if it was not there."""
        ...

    def listed(self) -> Iterator[Shelved]:
        """All pieces, in any order; what is put or removed meanwhile may be there or not."""
        ...

    def owner(self, portal_id: str) -> str:
        """The id of the portal whose papers these are: the one given, where no portal was before."""
        ...

    def free_bytes(self) -> int | None:
        """How much more it takes; None where that is not for us to know."""
        ...
