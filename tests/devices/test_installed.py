"""What is not installed is said to be so; nothing else depends on it."""

from pathlib import Path

import pytest

from devices.installed import PrintReader, readers_of_print
from kiosk.counter_devices import DeviceKind
from kiosk.ports import DeviceReason, Ready, Unavailable


def test_tesseract_is_looked_for_on_the_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    status = readers_of_print()[DeviceKind.MRZ_READER].status()
    assert isinstance(status, Unavailable)
    assert status.reason is DeviceReason.NO_DRIVER


def test_a_library_is_looked_for_where_python_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "trueocr.py").touch()
    monkeypatch.syspath_prepend(str(tmp_path))
    assert PrintReader().status() == Ready(str(tmp_path / "trueocr.py"))
