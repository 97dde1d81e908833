"""One compilation in a child process: what it makes, and how it fails."""

import sys

import pytest

from devices.typst_job import compile_pdf
from kiosk.ports import DeviceProblem, DeviceReason
from tests.sample_forms import RESOURCES

WORKER = (sys.executable, str(RESOURCES.parent / "main.py"), "typst-worker")
FONTS = RESOURCES / "fonts"
SOURCE = '#set document(title: "x")\n#set text(font: "Liberation Serif")\n#json(bytes(sys.inputs.content)).word'


def failure(command: tuple[str, ...], source: str = SOURCE, timeout_s: float = 10.0) -> DeviceReason:
    with pytest.raises(DeviceProblem) as caught:
        compile_pdf(command, source, '{"word": "Mẫu"}', FONTS, timeout_s)
    return caught.value.reason


def test_the_content_comes_into_the_paper() -> None:
    assert compile_pdf(WORKER, SOURCE, '{"word": "Mẫu"}', FONTS).startswith(b"%PDF-")


def test_a_template_can_read_no_file() -> None:
    assert failure(WORKER, '#read("/etc/hostname")') is DeviceReason.FAILED


def test_a_child_that_hangs_or_does_not_start_is_told_apart() -> None:
    assert failure((sys.executable, "-c", "import time; time.sleep(9)"), timeout_s=0.3) is DeviceReason.TIMEOUT
    assert failure(("/no/such/program",)) is DeviceReason.FAILED
