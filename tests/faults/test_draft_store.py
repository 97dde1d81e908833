"""Drafts on disk: a page is stored whole or not at all, nothing is in the clear, and what is over leaves no trace."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.keys import DemoKeys, derive
from kiosk.store import Store
from kiosk.store_schema import connect
from tests.fakes import FakeClock
from tests.faults.draft_store_child import NUMBER, PAGES, REF, packed
from tests.faults.store_child import open_store
from tests.faults.test_store_secrets import decrypted_file

ROOT = Path(__file__).parents[2]
TIMEOUT_S = 60
HOURS_25_S = 25 * 3600.0

# What a page's storing consists of, and how many pages there are when the process died right after it.
POINTS = {"INSERT INTO draft_content": 1, "UPDATE draft SET service_code": 1, "": 1, "COMMIT": 2}


@pytest.mark.parametrize(("statement", "count"), POINTS.items())
def test_killed_while_a_page_is_stored(tmp_path: Path, statement: str, count: int) -> None:
    command: list[str | Path] = [sys.executable, ROOT / "tests/faults/draft_store_child.py", tmp_path, statement]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    child = subprocess.run(command, env=environment, stdout=subprocess.PIPE, timeout=TIMEOUT_S, check=False)
    assert (child.returncode, child.stdout) == (-signal.SIGKILL, b"kept\n")
    for path in (tmp_path / "store").iterdir():  # the journal of what was cut off is still there
        content = path.read_bytes()
        assert all(page[300_000:300_016] not in content for page in PAGES)
        assert "NGUYỄN VĂN MẪU".encode() not in content
    with open_store(tmp_path) as store:
        opened = store.drafts.open(REF, "")
        assert opened is not None
        assert opened.packed.state == packed(count).state
        assert set(opened.packed.contents.values()) == set(PAGES[:count])
        store.drafts.keep(REF, packed(2))  # the scan goes on
        store.verify_audit()


def test_even_without_the_databases_cipher_a_draft_tells_nothing_of_a_person(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        code = store.drafts.stop(REF, packed(2))
    content = decrypted_file(tmp_path)
    assert b"2.000635" in content  # so the database's cipher is off indeed
    for secret in ("NGUYỄN VĂN MẪU".encode(), NUMBER.encode(), code.encode(), PAGES[0][300_000:300_016]):
        assert secret not in content


def traces(folder: Path) -> list[bytes]:
    """Pieces of all that is kept of the drafts, as it lies in the database."""
    connection = connect(folder / "store/kiosk.db", derive(DemoKeys(folder / "keys").key(), "db"))
    blobs = [
        *(blob for row in connection.execute("SELECT dek_wrapped, state FROM draft") for blob in row),
        *(row[0] for row in connection.execute("SELECT sealed FROM draft_content")),
    ]
    connection.close()
    return [blob[at : at + 32] for blob in blobs for at in {0, len(blob) // 2, len(blob) - 32}]


@pytest.mark.parametrize("way", ["expired", "discarded"])
def test_what_is_over_leaves_no_trace_in_the_file(tmp_path: Path, clock: FakeClock, way: str) -> None:
    with Store.open(tmp_path / "store", DemoKeys(tmp_path / "keys"), clock, reserve_bytes=0) as store:
        store.drafts.keep(REF, packed(2))
        before, kept = decrypted_file(tmp_path), traces(tmp_path)
        assert len(kept) > 8
        assert [trace for trace in kept if trace not in before] == []
        if way == "expired":
            clock.advance(HOURS_25_S)
            assert store.drafts.sweep() == 1
        else:
            store.drafts.discard(REF)
    after = decrypted_file(tmp_path)
    assert [trace for trace in kept if trace in after] == []
    assert len(after) < len(before) - 1_500_000  # and its room was given back
