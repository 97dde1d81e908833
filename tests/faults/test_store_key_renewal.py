"""Killed anywhere while the wrapping key changes, the kiosk loses nothing; and the old key's wraps are dead after."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.errors import StoreCorrupt
from kiosk.keys import DemoKeys
from kiosk.sealing import unwrap
from kiosk.store import Store
from tests.fakes import FakeClock
from tests.faults.store_child import assert_whole, dossier, open_store
from tests.faults.store_keys_child import POINTS
from tests.faults.test_store_secrets import kept_secrets, shred
from tests.sample_dossiers import IDENTITY

ROOT = Path(__file__).parents[2]
TIMEOUT_S = 60


@pytest.mark.parametrize("point", POINTS)
def test_killed_while_the_wrapping_key_changes(tmp_path: Path, point: str) -> None:
    with open_store(tmp_path) as store:
        for number in (1, 2):
            store.seal(dossier(number), IDENTITY)
    child = subprocess.run(
        [sys.executable, ROOT / "tests/faults/store_keys_child.py", tmp_path, point],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        timeout=TIMEOUT_S,
        check=False,
    )
    assert child.returncode == -signal.SIGKILL
    with open_store(tmp_path) as store:
        for number in (1, 2):
            assert_whole(store, number)
        store.seal(dossier(3), IDENTITY)
        store.keys.renew(FakeClock().now())
        store.verify_audit()
    with open_store(tmp_path) as store:
        for number in (1, 2, 3):
            assert_whole(store, number)
    kept = DemoKeys(tmp_path / "keys").wrapping_keys((tmp_path / "store/store.id").read_text())
    assert len(kept) == 1


def test_a_copy_of_the_disk_from_before_opens_nothing_that_was_shredded(tmp_path: Path) -> None:
    """The copy has file, wraps and contents; the keys are those of the kiosk of today."""
    keys = DemoKeys(tmp_path / "keys")
    with open_store(tmp_path) as store:
        for number in (1, 2):
            store.seal(dossier(number), IDENTITY)
    shutil.copytree(tmp_path / "store", tmp_path / "copy")
    wrapped, *_ = kept_secrets(tmp_path, 1)
    store_id = (tmp_path / "store/store.id").read_text()
    [(old, old_key)] = keys.wrapping_keys(store_id).items()
    with open_store(tmp_path) as store:
        shred(store, 1)
        store.keys.renew(FakeClock().now())
        assert_whole(store, 2)
    assert unwrap(wrapped, old_key, dossier(1).client_ref, old)  # so it is the key alone that stands between
    today = keys.wrapping_keys(store_id)
    for key in (keys.key(), *today.values()):
        for epoch in (1, old, *today):
            with pytest.raises(StoreCorrupt):
                unwrap(wrapped, key, dossier(1).client_ref, epoch)
    with (
        Store.open(tmp_path / "copy", keys, FakeClock(), reserve_bytes=0) as copy,
        pytest.raises(StoreCorrupt, match="is gone"),
    ):
        copy.manifest(dossier(1).client_ref)
