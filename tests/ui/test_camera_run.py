"""Pictures for the eye come only as fast as they can be shown; every picture is looked at."""

import threading

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from kiosk.ports import Frame
from tests.ui.hand_devices import FRAME, HandCamera
from ui.camera_run import CameraRun, Seen, in_preview, preview
from ui.context import Context
from ui.tasks import Lane


def test_pictures_do_not_pile_up_before_a_busy_window(context: Context, qtbot: QtBot) -> None:
    enough, seen, done, looked = threading.Event(), list[Seen[int]](), list[None](), list[Frame]()

    def look(frame: Frame) -> int:
        looked.append(frame)
        if len(looked) == 100:
            enough.set()
        return len(looked)

    owner = QObject()
    run: CameraRun[int] = CameraRun(HandCamera(), context.tasks, owner)
    run.start(look, seen.append, lambda: done.append(None), lambda _error: None)
    assert enough.wait(10)  # this is the window's own thread: it was busy for a hundred pictures
    run.stop()
    qtbot.waitUntil(lambda: done == [None])
    assert len(looked) >= 100
    assert len(seen) <= 2


def test_nothing_is_shown_after_it_was_stopped(context: Context, qtbot: QtBot) -> None:
    """A picture that was on its way must not come back on a page that was wiped."""
    one, seen, done = threading.Event(), list[Seen[str]](), list[None]()

    def look(_frame: Frame) -> str:
        one.set()
        return "seen"

    owner = QObject()
    run: CameraRun[str] = CameraRun(HandCamera(), context.tasks, owner)
    run.start(look, seen.append, lambda: done.append(None), lambda _error: None)
    assert one.wait(10)
    run.stop()
    qtbot.waitUntil(lambda: done == [None])
    assert seen == []


def test_stopped_before_it_began_it_never_opens_the_camera(context: Context, qtbot: QtBot) -> None:
    owner, camera, done, gate = QObject(), HandCamera(), list[None](), threading.Event()
    run: CameraRun[str] = CameraRun(camera, context.tasks, owner)
    context.tasks.run(Lane.CAMERA, lambda: gate.wait(10), owner=owner, done=lambda _open: None)
    run.start(lambda _frame: "seen", lambda _seen: None, lambda: done.append(None), lambda _error: None)
    run.stop()
    gate.set()
    qtbot.waitUntil(lambda: done == [None])
    assert camera.watched == 0


def test_a_preview_owns_its_pixels_and_keeps_the_shape() -> None:
    image = preview(FRAME)
    assert (image.width(), image.height()) == (960, 720)


def test_corners_move_with_the_picture() -> None:
    assert in_preview(None, FRAME) is None
    assert in_preview(((64.0, 48.0),), FRAME) == ((960.0, 720.0),)
