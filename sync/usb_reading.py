"""Reads an export on a stick: what is whole and signed by a known kiosk, and what is not, each dossier by itself.

Nothing on a stick is trusted before its signature was checked: names, sizes, links and folders may be anybody's.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from jwt.utils import base64url_decode

from kiosk.errors import StoreCorrupt
from kiosk.manifest import Manifest, sha256_hex
from kiosk.sealing import DossierSeal, recover
from sync.usb_format import (
    DOSSIER_JWS,
    DOSSIER_TYP,
    DOSSIERS,
    EXPORT_JWS,
    EXPORT_TYP,
    MANIFEST,
    MARKER,
    PREFIX,
    ExportedDossier,
    ExportSummary,
    KeyOf,
    read_regular,
    read_signed,
    sums,
)


class Fault(StrEnum):
    """Why a dossier of an export cannot be imported."""

    UNFINISHED = "unfinished"
    SIGNATURE = "signature"
    DAMAGED = "damaged"
    OTHER_KEY = "other_recovery_key"


class SetFault(StrEnum):
    """What is wrong with an export as a whole. A whole dossier in it is good all the same: it has its own signature."""

    UNFINISHED = "unfinished"
    SIGNATURE = "signature"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Whole:
    """A dossier whose every sealed byte is what the kiosk signed."""

    place: Path
    described: ExportedDossier


@dataclass(frozen=True, slots=True)
class NotWhole:
    """A folder of a dossier that cannot be used."""

    client_ref: UUID
    fault: Fault


@dataclass(frozen=True, slots=True)
class Export:
    """One export. `fault` is None when it is finished and nothing was added, changed or taken away since."""

    folder: Path
    fault: SetFault | None
    dossiers: tuple[Whole | NotWhole, ...]


@dataclass(frozen=True, slots=True)
class OpenDossier:
    """A dossier of an export, opened: the manifest as it was sealed; the pieces are opened as they are asked for."""

    manifest: bytes
    _whole: Whole
    _seal: DossierSeal

    def pieces(self) -> Iterator[tuple[str, bytes]]:
        """Digest and content of every distinct piece that the manifest names. Raises StoreCorrupt, OSError.

        Files and pieces have the same order; where they do not, the others are tried: a seal opens under one digest.
        """
        names = [file.name for file in self._whole.described.files if file.name != MANIFEST]
        for piece in Manifest.model_validate_json(self.manifest).pieces():
            for name in names:
                content = self._try(name, piece.sha256)
                if content is not None:
                    names.remove(name)
                    yield piece.sha256, content
                    break
            else:
                raise StoreCorrupt(f"the export of dossier {self._whole.described.client_ref} lacks a piece")

    def _try(self, name: str, sha256: str) -> bytes | None:
        try:
            return self._seal.open(read_regular(self._whole.place / name), sha256)
        except StoreCorrupt:
            return None


def find_exports(folder: Path) -> tuple[Path, ...]:
    """The exports at `folder`: itself, or those that lie on the stick. Raises OSError."""
    if (folder / DOSSIERS).is_dir():
        return (folder,)
    found = (path for path in folder.iterdir() if path.name.startswith(PREFIX) and (path / DOSSIERS).is_dir())
    return tuple(sorted(path for path in found if not path.is_symlink()))


def read_export(folder: Path, key_of: KeyOf) -> Export:
    """Look at every file once. Raises OSError for a folder that cannot be listed; what cannot be read is damaged."""
    digests: dict[str, str] = {}
    dossiers = []
    for place in sorted((folder / DOSSIERS).iterdir()):
        inside = _digests(place)
        digests |= {f"{DOSSIERS}/{place.name}/{name}": digest for name, digest in inside.items()}
        client_ref = _uuid(place.name)
        if client_ref is not None and not place.is_symlink():
            dossiers.append(_judged(place, client_ref, inside, key_of))
    return Export(folder, _set_fault(folder, digests, key_of), tuple(dossiers))


def open_dossier(whole: Whole, recovery_key: X25519PrivateKey) -> OpenDossier | Fault:
    """The dossier, opened with the province's recovery key."""
    described = whole.described
    try:
        dek = recover(base64url_decode(described.dek_recovery), recovery_key)
    except (StoreCorrupt, ValueError):
        return Fault.OTHER_KEY
    seal = DossierSeal(dek, described.client_ref)
    try:
        manifest = seal.open(read_regular(whole.place / MANIFEST), described.manifest_sha256)
    except (StoreCorrupt, OSError):
        return Fault.DAMAGED
    return OpenDossier(manifest, whole, seal)


def _digests(place: Path) -> dict[str, str]:
    """The digest of each thing in a folder; "" for what is no plain file that can be read."""
    if place.is_symlink() or not place.is_dir():
        return {"": ""}
    return {path.name: _digest(path) for path in place.iterdir()}


def _digest(path: Path) -> str:
    try:
        return sha256_hex(read_regular(path))
    except OSError:
        return ""


def _judged(place: Path, client_ref: UUID, inside: dict[str, str], key_of: KeyOf) -> Whole | NotWhole:
    if DOSSIER_JWS not in inside:
        return NotWhole(client_ref, Fault.UNFINISHED)
    try:
        jws = read_regular(place / DOSSIER_JWS)
    except OSError:
        return NotWhole(client_ref, Fault.DAMAGED)
    described = read_signed(ExportedDossier, jws, DOSSIER_TYP, key_of)
    if described is None or described.client_ref != client_ref:
        return NotWhole(client_ref, Fault.SIGNATURE)
    if any(inside.get(file.name) != file.sha256 for file in described.files):
        return NotWhole(client_ref, Fault.DAMAGED)
    return Whole(place, described)


def _set_fault(folder: Path, digests: dict[str, str], key_of: KeyOf) -> SetFault | None:
    if (folder / MARKER).exists() or not (folder / EXPORT_JWS).exists():
        return SetFault.UNFINISHED
    try:
        summary = read_signed(ExportSummary, read_regular(folder / EXPORT_JWS), EXPORT_TYP, key_of)
    except OSError:
        summary = None
    if summary is None:
        return SetFault.SIGNATURE
    return None if sha256_hex(sums(digests)) == summary.root_sha256 else SetFault.CHANGED


def _uuid(name: str) -> UUID | None:
    try:
        found = UUID(name)
    except ValueError:
        return None
    return found if str(found) == name else None
