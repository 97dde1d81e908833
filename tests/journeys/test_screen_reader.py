"""A whole visit by keys alone under a real X server and a real AT-SPI bus: what a screen reader would have told."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

LAUNCHER = Path("/usr/libexec/at-spi-bus-launcher")
TIMEOUT_S = 180.0
PAGES = (
    "Ông/bà muốn làm việc gì?",
    "Trước khi bắt đầu.",
    "Ông/bà có đồng ý không?",
    "Đưa thẻ căn cước trước máy ảnh.",
    "Đây có phải là ông/bà không?",
    "Ông/bà xin giấy tờ của ai?",
    "Giấy tờ cần đưa vào hồ sơ.",
    "Nhớ lấy lại bản gốc.",
    "Ông/bà xem lại trước khi nộp.",
    "Mời ông/bà cam đoan và nộp.",
    "Hồ sơ đã được lưu an toàn.",
    "Đã nộp hồ sơ.",
)

pytestmark = [
    pytest.mark.proof,
    pytest.mark.skipif(
        shutil.which("Xvfb") is None or shutil.which("dbus-run-session") is None or not LAUNCHER.exists(),
        reason="needs Xvfb and AT-SPI: apt install xvfb dbus at-spi2-core",
    ),
]


@pytest.fixture
def display() -> Iterator[str]:
    """An X server of the test's own."""
    end, other_end = os.pipe()
    command = ["Xvfb", "-displayfd", str(other_end), "-screen", "0", "1920x1080x24", "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=(other_end,), stderr=subprocess.DEVNULL)
    os.close(other_end)
    with os.fdopen(end) as says:
        number = says.readline().strip()
    yield f":{number}"
    server.terminate()
    server.wait(10)


def test_everything_is_told_and_nothing_masked_is(display: str, tmp_path: Path) -> None:
    log = tmp_path / "at-spi.log"
    environment = {
        **os.environ,
        "DISPLAY": display,
        "QT_QPA_PLATFORM": "xcb",
        "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
    }
    child = [sys.executable, "-m", "tests.journeys.screen_reader_child", str(tmp_path), str(log)]
    subprocess.run(["dbus-run-session", "--", *child], env=environment, timeout=TIMEOUT_S, check=True)
    heard = [line[8:] for line in log.read_text(encoding="utf-8").splitlines()]
    said = [line for line in heard if line.startswith(("SAYS", "URGENT"))]
    assert [page for page in PAGES if not any(page in line for line in said)] == []
    focused = [line.removeprefix("FOCUS").strip() for line in heard if line.startswith("FOCUS")]
    assert len(focused) > 60
    assert [line for line in focused if line.startswith(("push button", "text", "radio button", "check box"))] == []
    assert not any("•" in line for line in heard)
    assert any("Số định danh người yêu cầu, đã che 123" in line for line in focused)
    assert not any("001058000123" in line for line in heard)
    assert any(line.startswith("TICKED Của chính tôi | radio button") for line in heard)
    assert any("chạm vào ô vuông để cam đoan" in line for line in heard)
