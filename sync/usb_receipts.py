"""Takes back the receipts that the portal left on a stick: believed exactly as those that come over the line."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol
from uuid import UUID

from pydantic import ValidationError

from kiosk.outbox import UNSENT, Accepted, Held, OutboxEntry, Outcome, State, TryLater
from kiosk.receipt import SignedKeys
from sync.receipts import PortalKeys, verify_receipt
from sync.transport import JSON_MEDIA_TYPE, Answer, Call
from sync.usb_format import RECEIPTS, StickReceipts, read_regular
from sync.usb_reading import find_exports

_MAX_BYTES = 64 * 1024 * 1024  # of some 40,000 receipts


class ReceiptStore(Protocol):
    """What taking receipts back needs of the store."""

    def entry(self, client_ref: UUID) -> OutboxEntry | None: ...

    def manifest(self, client_ref: UUID) -> bytes: ...

    def record(
        self, client_ref: UUID, outcome: Outcome, now: datetime, next_try_at: datetime | None = None
    ) -> object: ...


@dataclass(frozen=True, slots=True)
class TakenBack:
    """`new` dossiers are filed now that were not known to be; `wrong` receipts prove nothing and changed nothing."""

    new: int
    wrong: int


@dataclass(frozen=True, slots=True)
class StickLine:
    """Stands in for the line while receipts are verified: the only question there is is for the keys."""

    signed_keys: str

    def send(self, _call: Call, _bearer: str = "") -> Answer | Held | TryLater:
        """The key set that lay on the stick. It has to be signed by the pinned root like any other."""
        return Answer(200, JSON_MEDIA_TYPE, SignedKeys(keys=self.signed_keys).model_dump_json().encode())


def take_receipts(stick: Path, store: ReceiptStore, root_key: dict[str, str], now: datetime) -> TakenBack:
    """Record every receipt on the stick for a dossier that waits here. Raises OSError, StoreProblem."""
    new = wrong = 0
    for export in find_exports(stick):
        try:
            left = StickReceipts.model_validate_json(read_regular(export / RECEIPTS, _MAX_BYTES))
        except FileNotFoundError:
            continue
        except (OSError, ValidationError):
            wrong += 1
            continue
        keys, line = PortalKeys(root_key), StickLine(left.keys)
        for client_ref, jws in left.receipts.items():
            entry = store.entry(client_ref)
            if entry is None or entry.state not in UNSENT | {State.PARKED}:
                continue
            outcome = verify_receipt(jws, store.manifest(client_ref), keys, line)
            if isinstance(outcome, Accepted):
                store.record(client_ref, outcome, now)
                new += 1
            else:
                wrong += 1
    return TakenBack(new, wrong)
