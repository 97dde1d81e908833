"""Writes every unsent dossier to a stick, sealed for the province and signed by the kiosk; the store stays as it is.

Nothing is believed to be on the stick before it was synced, and an export that broke off goes on where it stopped.
"""

import errno
import logging
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Protocol
from uuid import UUID

from filelock import Timeout
from jwt.utils import base64url_encode

from kiosk.durable_file import sync_folder
from kiosk.errors import KioskError, StoreCorrupt, StoreProblem
from kiosk.manifest import sha256_hex
from kiosk.store_exports import ToExport
from sync.fault_place import fault_place
from sync.signing import Signer
from sync.usb_format import (
    DOSSIER_JWS,
    DOSSIER_TYP,
    DOSSIERS,
    EXPORT_JWS,
    EXPORT_TYP,
    MANIFEST,
    MARKER,
    SUMS,
    ExportedDossier,
    ExportSummary,
    SealedFile,
    sums,
)
from sync.usb_stick import locked, new_folder, put, unfinished

_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_READ_ONLY = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})

_log = logging.getLogger(__name__)


class ExportProblem(StrEnum):
    """Why an export did not come to its end; what is whole on the stick can be imported all the same."""

    STICK_FULL = "stick_full"
    READ_ONLY = "read_only"
    STICK_GONE = "stick_gone"
    BUSY = "busy"
    STOPPED = "stopped"
    STORE = "store"


@dataclass(frozen=True, slots=True)
class Exported:
    """`count` dossiers are on the stick for good, in `folder`; `resumed` if an unfinished export was ended. `damaged`
    could not be read from the kiosk's own disk, or not noted there, and were left out."""

    folder: Path
    count: int
    size_bytes: int
    resumed: bool
    damaged: int = 0


@dataclass(frozen=True, slots=True)
class NothingToExport:
    """No dossier waits."""


@dataclass(frozen=True, slots=True)
class NotExported:
    """The export broke off with `count` dossiers whole on the stick. Exporting again goes on from there."""

    problem: ExportProblem
    count: int = 0


Outcome = Exported | NothingToExport | NotExported


class Exports(Protocol):
    """What an export needs of the store (kiosk.store_exports.StoreExports)."""

    def waiting(self) -> tuple[UUID, ...]: ...

    def dossier(self, client_ref: UUID) -> ToExport | None: ...

    def sealed(self, client_ref: UUID, sha256: str) -> bytes | None: ...

    def begin(self, client_ref: UUID, now: datetime) -> None: ...


@dataclass(frozen=True, slots=True)
class Watch:
    """Who looks on: told (done, of how many) after each dossier; asked between files whether to stop."""

    on_progress: Callable[[int, int], None] = lambda _done, _of: None
    stopped: Callable[[], bool] = lambda: False


class _Stop(Exception):
    """Somebody wants the export to end."""


class _Gone(Exception):
    """A dossier was shredded while it was being copied: its receipt came in the meantime."""


class _NotNoted(Exception):
    """The kiosk could not write down that a copy of the dossier leaves it."""


def export_to(folder: Path, exports: Exports, signer: Signer, now: datetime, watch: Watch | None = None) -> Outcome:
    """Export everything that waits into a new folder below `folder` (a mounted stick), or end the unfinished export
    that lies there, if it fits what waits now. Every failure is a value; the store is never changed but for the note
    that a copy may have left."""
    try:
        waiting = exports.waiting()
    except KioskError as error:
        _log.error("export: %s", error)
        return NotExported(ExportProblem.STORE)
    if not waiting:
        return NothingToExport()
    if not folder.is_dir():  # a lock would make it, on the disk below the mount point
        return NotExported(ExportProblem.STICK_GONE)
    writing = _Writing(exports, signer, now, watch or Watch())
    try:
        with locked(folder):
            return writing.run(folder, waiting)
    except Timeout:
        return NotExported(ExportProblem.BUSY)
    except _Stop:
        return NotExported(ExportProblem.STOPPED, len(writing.whole))
    except KioskError as error:
        _log.error("export: %s", error)
        return NotExported(ExportProblem.STORE, len(writing.whole))
    except (OSError, NotImplementedError) as error:  # filelock: NotImplementedError where a file system cannot lock
        _log.warning("export: %s", fault_place(error))
        return NotExported(problem_of(error), len(writing.whole))


def problem_of(error: Exception) -> ExportProblem:
    """What an error of the stick's file system means."""
    number = error.errno if isinstance(error, OSError) else None
    if number in _NO_ROOM:
        return ExportProblem.STICK_FULL
    return ExportProblem.READ_ONLY if number in _READ_ONLY else ExportProblem.STICK_GONE


@dataclass
class _Writing:
    """One run of an export. `whole` are the digests of the files of each dossier that is complete on the stick."""

    exports: Exports
    signer: Signer
    now: datetime
    watch: Watch
    whole: dict[UUID, dict[str, str]] = field(default_factory=dict)
    size_bytes: int = 0
    damaged: int = 0

    def run(self, stick: Path, waiting: tuple[UUID, ...]) -> Exported:
        begun = unfinished(stick, self.signer.kiosk_id, waiting)
        root = begun or new_folder(stick, self.signer.kiosk_id, self.now)
        for done, client_ref in enumerate(waiting):
            self.watch.on_progress(done, len(waiting))
            place = root / DOSSIERS / str(client_ref)
            try:
                self.whole[client_ref] = self._dossier(place, client_ref)
            except _Gone:
                shutil.rmtree(place, ignore_errors=True)
            except (StoreCorrupt, _NotNoted) as error:  # one that cannot be read does not keep the others here
                _log.error("export of %s: %s", client_ref, error)
                self.damaged += 1
                shutil.rmtree(place, ignore_errors=True)
        self.watch.on_progress(len(waiting), len(waiting))
        digests = {name: sha256 for files in self.whole.values() for name, sha256 in files.items()}
        content = sums(digests)
        summary = ExportSummary(
            exported_by=self.signer.kiosk_id,
            exported_at=self.now,
            count=len(self.whole),
            root_sha256=sha256_hex(content),
        )
        put(root / SUMS, content)
        put(root / EXPORT_JWS, self.signer.sign(summary, EXPORT_TYP).encode())
        (root / MARKER).unlink()
        sync_folder(root)
        return Exported(root, len(self.whole), self.size_bytes, begun is not None, self.damaged)

    def _dossier(self, place: Path, client_ref: UUID) -> dict[str, str]:
        dossier = self.exports.dossier(client_ref)
        if dossier is None:
            raise _Gone
        try:
            self.exports.begin(client_ref, self.now)
        except StoreProblem as error:
            # Of one that has left already the portal hears a withdrawal without the note too. Of another a copy would
            # be out there that nobody remembers once it is withdrawn here.
            if not dossier.has_left:
                raise _NotNoted(str(error)) from error
            _log.error("export of %s could not be noted: %s", client_ref, error)
        place.mkdir(exist_ok=True)
        sync_folder(place.parent)
        pieces = [sha256 for sha256 in dossier.contents if sha256 != dossier.manifest_sha256]
        contents = {f"{number:04}": sha256 for number, sha256 in enumerate(pieces, 1)}
        contents[MANIFEST] = dossier.manifest_sha256
        files = tuple(self._file(place, name, client_ref, sha256) for name, sha256 in contents.items())
        described = ExportedDossier(
            client_ref=client_ref,
            kiosk_id=dossier.kiosk_id,
            exported_by=self.signer.kiosk_id,
            manifest_sha256=dossier.manifest_sha256,
            recovery_key_id=dossier.recovery_key_id,
            dek_recovery=base64url_encode(dossier.dek_recovery).decode(),
            files=files,
        )
        jws = self.signer.sign(described, DOSSIER_TYP).encode()
        put(place / DOSSIER_JWS, jws)
        below = f"{DOSSIERS}/{client_ref}"
        return {f"{below}/{file.name}": file.sha256 for file in files} | {f"{below}/{DOSSIER_JWS}": sha256_hex(jws)}

    def _file(self, place: Path, name: str, client_ref: UUID, sha256: str) -> SealedFile:
        if self.watch.stopped():
            raise _Stop
        content = self.exports.sealed(client_ref, sha256)
        if content is None:
            raise _Gone
        put(place / name, content)
        self.size_bytes += len(content)
        return SealedFile(name=name, size=len(content), sha256=sha256_hex(content))
