"""How an export to a stick is laid out, and how it is signed: what writer and reader have in common (ADR 0020).

    diem-truy-cap-KIOSK-20261122T064000Z/
        EXPORT-IN-PROGRESS              written first, removed last
        dossiers/CLIENT_REF/0001 ...    the sealed pieces, as the store holds them
        dossiers/CLIENT_REF/manifest    the sealed manifest
        dossiers/CLIENT_REF/dossier.jws what belongs to the dossier, and its key for the province; written last of these
        SHA256SUMS                      a line for each file below dossiers/, as sha256sum writes it, sorted by bytes
        export.jws                      count and the SHA-256 of SHA256SUMS: the root

The names carry no digest of an open content: that alone would confirm a guess of what a paper says.
"""

import hashlib
import json
import os
import re
import stat
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Literal, TypeVar
from uuid import UUID

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from pydantic import AwareDatetime, Field, ValidationError

from kiosk.manifest import Sha256, Wire
from sync.receipts import signed_payload

PREFIX = "diem-truy-cap-"
MARKER = "EXPORT-IN-PROGRESS"
DOSSIERS = "dossiers"
MANIFEST = "manifest"
DOSSIER_JWS = "dossier.jws"
SUMS = "SHA256SUMS"
EXPORT_JWS = "export.jws"
RECEIPTS = "receipts.json"
DOSSIER_TYP = "vnd.diem-truy-cap.exported-dossier+json"
EXPORT_TYP = "vnd.diem-truy-cap.export+json"
# The largest thing that is sealed is a manifest, and a portal takes none above 2 MiB; nonce and tag add 28 bytes.
FILE_MAX_BYTES = 2 * 1024 * 1024 + 28
_PART_NAME = r"^([0-9]{4,6}|manifest)$"
_KIOSK_IN_NAME = 36  # the length of a UUID; the whole name stays far below the 255 characters of FAT

W = TypeVar("W", bound=Wire)
KeyOf = Callable[[str], Ed25519PublicKey | None]
"""The public key of the kiosk of that id, None for one that is not known."""


class SealedFile(Wire):
    """One file of a dossier: its name in the dossier's folder, and size and digest of the sealed bytes."""

    name: Annotated[str, Field(pattern=_PART_NAME)]
    size: Annotated[int, Field(ge=0, le=FILE_MAX_BYTES)]
    sha256: Sha256


class ExportedDossier(Wire):
    """What dossier.jws says. `kiosk_id` is who sealed, `exported_by` who signs; they differ after a new enrolment.

    `dek_recovery` is the dossier's key for the holder of the recovery key (HPKE, base64url). The pieces stand in
    the order of sealing, the manifest last.
    """

    format: Literal["diem-truy-cap/export/1"] = "diem-truy-cap/export/1"
    client_ref: UUID
    kiosk_id: str
    exported_by: str
    manifest_sha256: Sha256
    recovery_key_id: str
    dek_recovery: str
    files: tuple[SealedFile, ...]


class ExportSummary(Wire):
    """What export.jws says: that these dossiers, and no others, were there when the export was finished."""

    format: Literal["diem-truy-cap/export/1"] = "diem-truy-cap/export/1"
    exported_by: str
    exported_at: AwareDatetime
    count: int
    root_sha256: Sha256


class StickReceipts(Wire):
    """What the portal may leave on the stick for the kiosk: receipts, and its key set signed by the root."""

    keys: str
    receipts: dict[UUID, str]


def folder_stem(kiosk_id: str) -> str:
    """What the name of every export of that kiosk begins with; letters that FAT takes on every system."""
    return f"{PREFIX}{re.sub('[^0-9A-Za-z]+', '-', kiosk_id)[:_KIOSK_IN_NAME]}-"


def folder_name(kiosk_id: str, at: datetime) -> str:
    """The name of a new export; colons are not for FAT."""
    return f"{folder_stem(kiosk_id)}{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def read_signed(kind: type[W], jws: bytes, typ: str, key_of: KeyOf) -> W | None:
    """The value, if the kiosk that it names as `exported_by` is known and has signed it."""
    try:
        unproven = jwt.PyJWS().decode_complete(jws, options={"verify_signature": False})["payload"]
        key = key_of(str(json.loads(unproven)["exported_by"]))
        payload = None if key is None else signed_payload(jws.decode(), key, typ)
        return None if payload is None else kind.model_validate_json(payload)
    except (jwt.PyJWTError, ValidationError, ValueError, KeyError, TypeError):
        return None


def sums(digests: Mapping[str, str]) -> bytes:
    """SHA256SUMS of files by name (`dossiers/...`, with slashes): `find dossiers -type f | LC_ALL=C sort | xargs
    sha256sum` gives the same bytes."""
    return "".join(f"{digests[name]}  {name}\n" for name in sorted(digests, key=str.encode)).encode()


def read_regular(path: Path, max_bytes: int = FILE_MAX_BYTES) -> bytes:
    """The file's bytes. Raises OSError for what cannot be read, is no plain file (a link, a pipe), or is too large."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, flags), "rb") as file:
        found = os.fstat(file.fileno())
        if not stat.S_ISREG(found.st_mode) or found.st_size > max_bytes:
            raise OSError(f"{path.name} is no plain file of at most {max_bytes} bytes")
        return file.read(max_bytes + 1)[:max_bytes]


def digests_of(folder: Path, names: Iterable[str]) -> dict[str, str]:
    """The SHA-256 of each file by name. Raises OSError."""
    return {name: hashlib.sha256(read_regular(folder / name)).hexdigest() for name in names}
