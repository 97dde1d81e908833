"""The pieces of papers, addressed by their content, each sealed under a name that tells nothing."""

from collections.abc import Iterator

from portal.sealing import Damaged, Sealing
from portal.shelf import Shelf


class PieceStore:
    """The pieces on a shelf. A piece is there whole or not at all. Every method may raise OSError."""

    def __init__(self, shelf: Shelf, sealing: Sealing) -> None:
        self.shelf = shelf
        self._sealing = sealing

    def name(self, sha256: str) -> str:
        """Under which name the piece lies on the shelf."""
        return self._sealing.hidden_name(sha256)

    def has(self, sha256: str) -> bool:
        """Whether the piece lies there."""
        return self.shelf.exists(self.name(sha256))

    def put(self, sha256: str, content: bytes) -> None:
        """Keep a piece whose digest was checked; durable on return.

        It is written even if it is there: so a damaged one is mended, and how long it takes does not tell whether
        somebody else has brought the same content before.
        """
        self.shelf.put(self.name(sha256), self._sealing.seal(content, sha256))

    def get(self, sha256: str) -> bytes | None:
        """The piece; None if it is not held. A damaged one is put aside, so that it is asked for again."""
        name = self.name(sha256)
        sealed = self.shelf.get(name)
        if sealed is None:
            return None
        try:
            return self._sealing.open(sealed, sha256)
        except Damaged:
            self.shelf.put_aside(name)
            return None

    def read(self, digests: Iterator[str]) -> Iterator[bytes]:
        """The pieces one after another. Raises Damaged when one is gone."""
        for sha256 in digests:
            piece = self.get(sha256)
            if piece is None:
                raise Damaged(sha256)
            yield piece
