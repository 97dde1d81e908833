"""Tests of devices.simulation."""

from pathlib import Path

import pytest

from devices.simulation import Manner, SimulatedState, read_state, write_state
from kiosk.ports import Attention, DeviceReason, Ready, Unavailable


def state(folder: Path, text: str) -> SimulatedState:
    (folder / "state.json").write_text(text, encoding="utf-8")
    return read_state(folder)


def test_without_a_file_all_is_well(tmp_path: Path) -> None:
    assert isinstance(read_state(tmp_path).status(), Ready)


@pytest.mark.parametrize("reason", list(DeviceReason))
def test_every_reason_can_be_played(tmp_path: Path, reason: DeviceReason) -> None:
    status = state(tmp_path, f'{{"status": "{reason}"}}').status()
    assert isinstance(status, Attention | Unavailable)
    assert status.reason is reason


def test_what_still_works_only_needs_attention(tmp_path: Path) -> None:
    assert isinstance(state(tmp_path, '{"status": "paper_low"}').status(), Attention)
    assert isinstance(state(tmp_path, '{"status": "paper_out"}').status(), Unavailable)


def test_a_fault_after_some_pages_is_not_seen_before_them(tmp_path: Path) -> None:
    coming = state(tmp_path, '{"status": "jam", "after_pages": 2}')
    assert coming == SimulatedState(DeviceReason.JAM, 2, "simulated")
    assert isinstance(coming.status(), Ready)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        '{"status": "on fire"}',
        '{"page_s": "slow"}',
        '{"blank_pages": 3}',
        '{"status": "jam", "after_pages": "two"}',
    ],
)
def test_a_file_that_cannot_be_understood_is_a_failed_device(tmp_path: Path, text: str) -> None:
    status = state(tmp_path, text).status()
    assert isinstance(status, Unavailable)
    assert status.reason is DeviceReason.FAILED
    assert "state.json" in status.detail


def test_ready_again(tmp_path: Path) -> None:
    state(tmp_path, '{"status": "jam"}')
    assert isinstance(state(tmp_path, '{"status": "ready"}').status(), Ready)


@pytest.mark.parametrize("manner", list(Manner))
def test_a_stream_that_is_unwell_does_not_know_it(tmp_path: Path, manner: Manner) -> None:
    played = state(tmp_path, f'{{"status": "{manner}"}}')
    assert played.manner is manner
    assert isinstance(played.status(), Ready)


def test_what_is_written_is_what_is_read(tmp_path: Path) -> None:
    path = write_state(tmp_path / "new", "jam", 2)
    assert read_state(path.parent) == SimulatedState(DeviceReason.JAM, 2, "simulated")
    assert list(path.parent.iterdir()) == [path]
