"""What every hand-held code reader does: one suite on a folder, and on a real serial line (a pseudo-terminal)."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from devices.folder_code_scanner import FolderCodeScanner
from devices.serial_code_scanner import SerialCodeScanner
from kiosk.capture import CodeScanner
from kiosk.ports import DeviceProblem, DeviceReason, Ready, Unavailable

CARD = "001058000123||Nguyễn Văn Mẫu|27031958|Nam|Thôn Đông, Xã Mẫu, Hà Nội|20052021"
ROUNDS_AT_MOST = 100


@dataclass
class Rig:
    """A reader, what makes it send a text, what pulls it out; and one that is not there."""

    scanner: CodeScanner
    send: Callable[[str], None]
    pull_out: Callable[[], None]
    missing: CodeScanner


@pytest.fixture(params=["serial", "folder"])
def rig(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Rig]:
    if request.param == "folder":
        yield folder_rig(tmp_path / "reader")
        return
    ours, theirs = os.openpty()
    ends = {ours, theirs}

    def send(text: str) -> None:
        os.write(ours, f"{text}\r".encode())

    def pull_out() -> None:
        ends.remove(ours)
        os.close(ours)

    yield Rig(
        SerialCodeScanner(os.ttyname(theirs)),
        send,
        pull_out,
        SerialCodeScanner(str(tmp_path / "ttyACM9")),
    )
    for end in ends:
        os.close(end)


def folder_rig(folder: Path) -> Rig:
    folder.mkdir()
    sent = iter(range(ROUNDS_AT_MOST))

    def no_wait(_seconds: float) -> None:
        """Time that passes at once."""

    def send(text: str) -> None:
        (folder / f"{next(sent)}.txt").write_text(text, encoding="utf-8")

    def pull_out() -> None:
        for path in folder.iterdir():
            path.unlink()
        folder.rmdir()

    missing = FolderCodeScanner(folder.parent / "missing", wait=no_wait)
    return Rig(FolderCodeScanner(folder, wait=no_wait), send, pull_out, missing)


def watch(scanner: CodeScanner, *acts: Callable[[], None], texts: int) -> list[str]:
    """What is read until there are so many texts. The acts happen one by one, each when the one before was read."""
    read: list[str] = []
    to_do = list(acts)
    rounds = iter(range(ROUNDS_AT_MOST))

    def stopped() -> bool:
        asked = next(rounds)
        if asked and to_do and len(read) >= len(acts) - len(to_do):
            to_do.pop(0)()
        return len(read) >= texts and asked > 0

    scanner.watch(read.append, stopped)
    return read


def test_it_has_a_name_and_is_ready(rig: Rig) -> None:
    assert rig.scanner.name
    assert isinstance(rig.scanner.status(), Ready)


def test_each_text_comes_once_and_whole(rig: Rig) -> None:
    texts = [CARD, "một mã khác", CARD]
    acts = [lambda text=text: rig.send(text) for text in texts]
    assert watch(rig.scanner, *acts, texts=3) == texts


def test_what_was_sent_before_the_watch_is_somebody_elses(rig: Rig) -> None:
    rig.send("của người trước")
    assert watch(rig.scanner, lambda: rig.send(CARD), texts=1) == [CARD]
    rig.send("giữa hai lần")
    assert watch(rig.scanner, lambda: rig.send(CARD), texts=1) == [CARD]


def test_it_stops_when_it_is_told_to(rig: Rig) -> None:
    assert watch(rig.scanner, texts=0) == []
    assert isinstance(rig.scanner.status(), Ready)


def test_what_the_listener_raises_reaches_the_caller_and_lets_the_reader_go(rig: Rig) -> None:
    def fail(_text: str) -> None:
        raise ZeroDivisionError

    rounds = iter(range(ROUNDS_AT_MOST))

    def stopped() -> bool:
        if next(rounds) == 1:
            rig.send(CARD)
        return False

    with pytest.raises(ZeroDivisionError):
        rig.scanner.watch(fail, stopped)
    assert watch(rig.scanner, lambda: rig.send(CARD), texts=1) == [CARD]


def test_a_reader_that_is_not_there_is_unavailable_and_refuses(rig: Rig) -> None:
    status = rig.missing.status()
    assert isinstance(status, Unavailable)
    assert status.reason is DeviceReason.NOT_CONNECTED
    with pytest.raises(DeviceProblem) as caught:
        rig.missing.watch(lambda _text: None, lambda: False)
    assert caught.value.reason is DeviceReason.NOT_CONNECTED


def test_a_reader_that_is_pulled_out_is_a_problem_and_what_it_read_stays_read(rig: Rig) -> None:
    read: list[str] = []
    rounds = iter(range(ROUNDS_AT_MOST))

    def stopped() -> bool:
        asked = next(rounds)
        if asked == 1:
            rig.send(CARD)
        elif read:
            rig.pull_out()
        return False

    with pytest.raises(DeviceProblem) as caught:
        rig.scanner.watch(read.append, stopped)
    assert caught.value.reason is DeviceReason.NOT_CONNECTED
    assert read == [CARD]
