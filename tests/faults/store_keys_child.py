"""A kiosk that renews its wrapping key and is killed at one point of it, in a process of its own.

Run as `python tests/faults/store_keys_child.py FOLDER POINT`, on a store that was made before.
"""

import sys
from collections.abc import Mapping
from pathlib import Path

import apsw

from kiosk.keys import DemoKeys
from kiosk.store import Store
from tests.fakes import FakeClock
from tests.faults.store_child import die

POINTS = (
    "the new key is kept",
    "just before the commit",
    "before the old key is forgotten",
    "the old key is forgotten",
)


class DeadlyKeys(DemoKeys):
    """Dies before or after it keeps keys for the n-th time."""

    point = ""
    calls = 0

    def keep_wrapping_keys(self, store_id: str, keys: Mapping[int, bytes]) -> None:
        self.calls += 1
        if (self.calls, self.point) == (2, "before the old key is forgotten"):
            die()
        super().keep_wrapping_keys(store_id, keys)
        if (self.calls, self.point) in ((1, "the new key is kept"), (2, "the old key is forgotten")):
            die()


def main(folder: Path, point: str) -> None:
    """See the module."""
    connections: list[apsw.Connection] = []
    apsw.connection_hooks.append(connections.append)
    keys = DeadlyKeys(folder / "keys")
    with Store.open(folder / "store", keys, FakeClock(), reserve_bytes=0) as store:
        keys.point, keys.calls = point, 0
        if point == "just before the commit":
            connections[-1].set_commit_hook(die)
        store.keys.renew(FakeClock().now())


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
