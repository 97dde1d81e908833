"""The generations of the key that wraps the dossiers' keys: those that are known now, and how a keyring writes them."""

import json
from collections.abc import Mapping

from kiosk.errors import KeysUnavailable, StoreCorrupt

FIRST_GENERATION = 1  # comes from the kiosk's root key and so cannot be forgotten; every later one is random
WRAPPING_KEY_BYTES = 32


class WrappingKeys:
    """The wrapping keys of one store; `root` is the first, and the database's own key comes from it too.

    May be asked from any thread while another changes what is held.
    """

    def __init__(self, root: bytes) -> None:
        self.root = root
        self._keys: Mapping[int, bytes] = {FIRST_GENERATION: root}

    def hold(self, later: Mapping[int, bytes]) -> None:
        """Know these generations beside the first, and no others."""
        self._keys = {FIRST_GENERATION: self.root, **later}

    @property
    def later(self) -> dict[int, bytes]:
        """All that are known but the first."""
        return {generation: key for generation, key in self._keys.items() if generation != FIRST_GENERATION}

    def key(self, generation: int) -> bytes:
        """The key of that generation. Raises StoreCorrupt where it is gone: no key of this kiosk opens that wrap."""
        if generation not in self._keys:
            raise StoreCorrupt(f"the wrapping key of generation {generation} is gone")
        return self._keys[generation]


def keys_to_text(keys: Mapping[int, bytes]) -> str:
    """The generations as one text, which a keyring or a file can keep."""
    return json.dumps({str(generation): key.hex() for generation, key in sorted(keys.items())})


def keys_from_text(text: str) -> dict[int, bytes]:
    """The generations of that text. Raises KeysUnavailable for anything else."""
    try:
        keys = {int(generation): bytes.fromhex(key) for generation, key in json.loads(text).items()}
    except (ValueError, AttributeError, TypeError) as error:
        raise KeysUnavailable("the wrapping keys that are kept cannot be read") from error
    if any(len(key) != WRAPPING_KEY_BYTES or generation <= FIRST_GENERATION for generation, key in keys.items()):
        raise KeysUnavailable("the wrapping keys that are kept are none")
    return keys
