"""The pieces of papers, addressed by their content, each an encrypted file; durable before `put` returns."""

import time
from collections.abc import Iterator
from pathlib import Path

from portal.durable import make_folder, sync_folder, write_durably
from portal.sealing import Damaged, Sealing

UNFINISHED_MAX_AGE_S = 3600.0


class PieceStore:
    """One folder of pieces. A piece is there whole or not at all; no piece is ever overwritten."""

    def __init__(self, folder: Path, sealing: Sealing) -> None:
        self._folder = folder
        self._unfinished = folder / "unfinished"
        self._sealing = sealing
        make_folder(self._unfinished)
        for number in range(256):
            (folder / f"{number:02x}").mkdir(mode=0o700, exist_ok=True)
        sync_folder(folder)
        self._forget_unfinished(time.time() - UNFINISHED_MAX_AGE_S)

    def has(self, sha256: str) -> bool:
        """Whether the piece is held."""
        return self._path(sha256).is_file()

    def put(self, sha256: str, content: bytes) -> bool:
        """Keep a piece whose digest was checked; durable on return. True if it is new. Raises OSError."""
        path = self._path(sha256)
        if path.is_file():
            sync_folder(path.parent)  # whoever wrote it may not have come so far yet
            return False
        write_durably(path, self._sealing.seal(content, sha256), self._unfinished)
        return True

    def get(self, sha256: str) -> bytes | None:
        """The piece; None if it is not held. A damaged one is put aside, so that it is asked for again."""
        path = self._path(sha256)
        try:
            return self._sealing.open(path.read_bytes(), sha256)
        except FileNotFoundError:
            return None
        except Damaged:
            path.replace(path.with_suffix(".damaged"))
            return None

    def read(self, digests: Iterator[str]) -> Iterator[bytes]:
        """The pieces one after another. Raises Damaged when one is gone."""
        for sha256 in digests:
            piece = self.get(sha256)
            if piece is None:
                raise Damaged(sha256)
            yield piece

    def _path(self, sha256: str) -> Path:
        name = self._sealing.hidden_name(sha256)
        return self._folder / name[:2] / name

    def _forget_unfinished(self, before: float) -> None:
        """Remove what a power cut left half written; younger files may belong to another process at work."""
        for path in self._unfinished.glob("*.part"):
            if path.stat().st_mtime < before:
                path.unlink(missing_ok=True)
