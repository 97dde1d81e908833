"""The kiosk is killed with kill -9 around the filing: what was sealed goes out once, and nothing is half there."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from commands import queue
from commands.embedded_portal import EmbeddedPortal
from kiosk.ids import format_slip_code
from kiosk.outbox import OutboxEntry
from kiosk.store_folder import DATABASE_NAME
from kiosk.visit import Step
from tests.faults.invariants import Promise, promises_of
from tests.faults.journey_case import assert_all_is_well
from tests.journeys.conftest import OpenKiosk
from tests.journeys.counter import KioskOfTest
from tests.journeys.portal_side import folder_bytes, manifest_at, papers_at, submissions

ROOT = Path(__file__).parents[2]
TIMEOUT_S = 60


@contextmanager
def visit(kiosk: KioskOfTest) -> Iterator["subprocess.Popen[str]"]:
    """A kiosk with a citizen before it, which dies by kill -9 when the block ends, wherever it is then."""
    process = subprocess.Popen(
        [sys.executable, ROOT / "tests/faults/kiosk_child.py", kiosk.folder],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate(timeout=TIMEOUT_S)


def wait_for(process: "subprocess.Popen[str]", word: str) -> None:
    """Read until the kiosk says so."""
    assert process.stdout is not None
    for line in process.stdout:
        if line.strip() == word:
            return
    raise AssertionError(f"the kiosk ended before it said {word!r}")


def goes_out_once(kiosk: KioskOfTest, sealed: Promise, caplog: pytest.LogCaptureFixture) -> OutboxEntry:
    """The kiosk, started again, sends the dossier by itself, whole and once."""
    kiosk.open()
    entry = kiosk.delivered(sealed.client_ref)
    assert submissions(kiosk.portal) == [sealed.client_ref]
    assert "TK" in papers_at(kiosk.portal, manifest_at(kiosk.portal, sealed.client_ref))
    assert_all_is_well(kiosk, kiosk.portal, caplog, [sealed])
    return entry


@pytest.mark.proof
def test_killed_right_after_sealing(
    own_portal: EmbeddedPortal,
    make_kiosk: OpenKiosk,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    kiosk = make_kiosk(own_portal, tmp_path / "diem-truy-cap" / "demo")
    with visit(kiosk) as process:
        wait_for(process, "filing")
        os.kill(own_portal.pid, signal.SIGSTOP)
        try:
            wait_for(process, "sealed")
            process.kill()
            process.wait(TIMEOUT_S)
        finally:
            os.kill(own_portal.pid, signal.SIGCONT)
    assert not (kiosk.printer / "slip.bin").exists()
    assert "NGUYỄN VĂN MẪU".encode() not in folder_bytes(kiosk.folder)
    assert queue.run(["list", "--demo"]) == 0
    listed = capsys.readouterr().out
    assert "1 hồ sơ chưa gửi xong" in listed
    with kiosk.store() as store:
        [entry] = store.entries()
        [sealed] = promises_of(store)
    assert format_slip_code(entry.slip_code) in listed  # the citizen has no slip: the staff can find the code
    assert goes_out_once(kiosk, sealed, caplog).slip_code == entry.slip_code


@pytest.mark.proof
def test_killed_while_sending(
    own_portal: EmbeddedPortal, make_kiosk: OpenKiosk, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    kiosk = make_kiosk(own_portal, tmp_path / "kiosk")
    with visit(kiosk) as process:
        wait_for(process, "sealed")
    with kiosk.store() as store:
        [sealed] = promises_of(store)
    goes_out_once(kiosk, sealed, caplog)


@pytest.mark.proof
def test_killed_while_sealing(
    own_portal: EmbeddedPortal, make_kiosk: OpenKiosk, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    kiosk = make_kiosk(own_portal, tmp_path / "kiosk")
    journal = kiosk.folder / "kiosk" / f"{DATABASE_NAME}-journal"
    with visit(kiosk) as process:
        wait_for(process, "filing")
        slip = kiosk.printer / "slip.bin"
        while not (journal.exists() or slip.exists()):
            pass
    with kiosk.store() as store:
        store.verify_audit()
        sealed = promises_of(store)  # whatever is there is whole
    if sealed:
        goes_out_once(kiosk, sealed[0], caplog)
        return
    kiosk.open()
    kiosk.citizen().play(until=Step.DONE)
    [ref] = kiosk.window.visit.filed
    kiosk.delivered(ref)
    assert submissions(own_portal) == [ref]
