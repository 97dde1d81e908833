"""`kiosk portal import FOLDER`: dossiers that came on a stick, or in the folder of a lost kiosk, into the portal."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from uuid import UUID

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from kiosk.errors import StoreCorrupt
from kiosk.ids import slip_code
from kiosk.manifest import PIECE_MAX_BYTES, Manifest, sha256_hex
from kiosk.receipt import ProblemType, Receipt, SignedReceipt
from kiosk.recovery import Recovered, recover_store
from kiosk.store_folder import DATABASE_NAME
from portal.enrolment import Kiosk, find_kiosk
from portal.imports import Pieces, import_dossier
from portal.jwk import read_signing_jwk
from portal.opening import Portal
from portal.problems import Refused
from sync.usb_format import MARKER, PREFIX, RECEIPTS, StickReceipts
from sync.usb_reading import Fault, SetFault, Whole, find_exports, open_dossier, read_export
from sync.usb_stick import put


class Result(StrEnum):
    """What became of one dossier. The first two are all right; the values are stable, for scripts."""

    IMPORTED = "imported"
    HELD = "held"
    UNFINISHED = "unfinished"
    SIGNATURE = "signature"
    DAMAGED = "damaged"
    OTHER_KEY = "other_recovery_key"
    UNKNOWN_KIOSK = "unknown_kiosk"
    WITHDRAWN = "withdrawn"
    REFUSED = "refused"


GOOD = frozenset({Result.IMPORTED, Result.HELD, Result.WITHDRAWN})


@dataclass(frozen=True, slots=True)
class Row:
    """One dossier. `receipt` is the signed text that the portal gave, "" if none; `problem` is why it was refused."""

    client_ref: UUID
    result: Result
    receipt: str = ""
    problem: str = ""
    kiosk_revoked: bool = False

    @property
    def slip_code(self) -> str:
        """The code on the citizen's slip."""
        return slip_code(self.client_ref)

    @property
    def national_code(self) -> str | None:
        """The portal's code for it, once it is here."""
        if not self.receipt:
            return None
        payload = jwt.PyJWS().decode_complete(self.receipt, options={"verify_signature": False})["payload"]
        return Receipt.model_validate_json(payload).national_code


@dataclass(frozen=True, slots=True)
class Taken:
    """One folder, looked through. `fault` is what is wrong with it as a whole."""

    folder: Path
    fault: SetFault | None
    rows: tuple[Row, ...]


def store_copies(folder: Path) -> tuple[Path, ...]:
    """The folders of kiosks' stores, or copies of them, at that place: nobody has signed them. Raises OSError."""
    places = (folder, *sorted(path for path in folder.iterdir() if path.name.startswith(PREFIX)))
    return tuple(place for place in places if (place / DATABASE_NAME).is_file())


def import_exports(portal: Portal, folder: Path, key: X25519PrivateKey) -> Iterator[Taken]:
    """Every export there. Raises OSError; a database that fails raises too, and importing again goes on."""
    for found in find_exports(folder):
        export = read_export(found, lambda kiosk_id: _key_of(portal, kiosk_id))
        rows = (
            _from_stick(portal, dossier, key)
            if isinstance(dossier, Whole)
            else Row(dossier.client_ref, Result(dossier.fault.value))
            for dossier in export.dossiers
        )
        yield Taken(found, export.fault, tuple(rows))


def import_store(portal: Portal, folder: Path, key: X25519PrivateKey) -> Taken:
    """Every dossier in the folder of a lost kiosk's store. Raises StoreCorrupt where it cannot be opened at all."""
    rows = [
        _recovered(portal, found) if isinstance(found, Recovered) else Row(found.client_ref, Result.DAMAGED)
        for found in recover_store(folder, key)
    ]
    return Taken(folder, SetFault.UNFINISHED if (folder / MARKER).exists() else None, tuple(rows))


def leave_receipts(portal: Portal, taken: Iterable[Taken]) -> None:
    """Write beside each export what the kiosk can believe without a line: the receipts, and the keys that signed them,
    under the root that the kiosk pinned. Raises OSError."""
    for export in taken:
        receipts = {row.client_ref: row.receipt for row in export.rows if row.receipt}
        if receipts and not (export.folder / DATABASE_NAME).exists():
            left = StickReceipts(keys=portal.keys.signed_key_set(), receipts=receipts)
            put(export.folder / RECEIPTS, left.model_dump_json().encode())


def _key_of(portal: Portal, kiosk_id: str) -> Ed25519PublicKey | None:
    known = _kiosk(portal, kiosk_id)
    return read_signing_jwk({"kty": "OKP", "crv": "Ed25519", "x": known.public_key}) if known else None


def _kiosk(portal: Portal, kiosk_id: str) -> Kiosk | None:
    with portal.database.read() as connection:
        return find_kiosk(connection, kiosk_id)


def _from_stick(portal: Portal, whole: Whole, key: X25519PrivateKey) -> Row:
    described = whole.described
    opened = open_dossier(whole, key)
    if isinstance(opened, Fault):
        return Row(described.client_ref, Result(opened.value))
    sender = _kiosk(portal, described.exported_by)
    return _committed(portal, sender, described.client_ref, opened.manifest, opened.pieces)


def _recovered(portal: Portal, found: Recovered) -> Row:
    sealed = Manifest.model_validate_json(found.manifest)

    def pieces() -> Iterator[tuple[str, bytes]]:
        for paper in found.papers.values():
            for start in range(0, len(paper), PIECE_MAX_BYTES):
                content = paper[start : start + PIECE_MAX_BYTES]
                yield sha256_hex(content), content

    return _committed(portal, _kiosk(portal, sealed.kiosk_id), found.client_ref, found.manifest, pieces)


def _committed(portal: Portal, sender: Kiosk | None, client_ref: UUID, manifest: bytes, pieces: Pieces) -> Row:
    if sender is None:
        return Row(client_ref, Result.UNKNOWN_KIOSK)
    try:
        committed = import_dossier(portal, sender, client_ref, manifest, pieces)
    except Refused as refused:
        withdrawn = refused.problem.type == ProblemType.WITHDRAWN
        return Row(client_ref, Result.WITHDRAWN if withdrawn else Result.REFUSED, problem=refused.problem.type)
    except StoreCorrupt:
        return Row(client_ref, Result.DAMAGED)
    receipt = SignedReceipt.model_validate_json(committed.body).receipt
    return Row(
        client_ref, Result.IMPORTED if committed.new else Result.HELD, receipt, "", sender.revoked or sender.cloned
    )
