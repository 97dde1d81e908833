"""The wait for the receipt: counted by the clock, ended by the receipt, by the citizen, or by its limit."""

from pytestqt.qtbot import QtBot

from commands.gallery_stand_ins import NOW
from commands.gallery_visit import Walker
from kiosk.receipt import Receipt
from kiosk.visit import Visit
from kiosk.visit_events import WentOn
from tests.ui.conftest import ShowPage
from tests.ui.counter import Hands
from ui.sending_screen import SendingScreen
from ui.tasks import Lane


def receipt_of(visit: Visit) -> Receipt:
    return Receipt(
        client_ref=visit.filed[-1],
        kiosk_id="kiosk",
        manifest_sha256="0" * 64,
        documents=(),
        remote_id="remote",
        national_code=None,
        received_at=NOW,
    )


def test_a_receipt_ends_the_wait_and_is_passed_on(
    show_page: ShowPage, walker: Walker, hands: Hands, qtbot: QtBot
) -> None:
    visit, _dossier = walker.sealed()
    hands.office.came = receipt_of(visit)
    hands.office.gate.clear()
    page = show_page(visit)
    assert isinstance(page.screen, SendingScreen)
    with qtbot.waitSignal(page.screen.receipted) as came:
        hands.office.gate.set()
    assert came.args == [hands.office.came]
    assert page.events == [WentOn()]


def test_without_a_receipt_it_goes_on_all_the_same(show_page: ShowPage, walker: Walker, qtbot: QtBot) -> None:
    visit, _dossier = walker.sealed()
    page = show_page(visit)
    qtbot.waitUntil(lambda: page.events == [WentOn()])


def test_what_is_said_is_what_is_left(show_page: ShowPage, walker: Walker, hands: Hands, qtbot: QtBot) -> None:
    visit, _dossier = walker.sealed()
    hands.office.gate.clear()
    page = show_page(visit)
    assert "Chờ tối đa 20 giây nữa" in page.texts()
    hands.clock.advance(7.5)
    qtbot.waitUntil(lambda: "Chờ tối đa 13 giây nữa" in page.texts())
    hands.clock.advance(12.5)
    qtbot.waitUntil(lambda: page.events == [WentOn()])


def test_who_does_not_wait_goes_on_once(show_page: ShowPage, walker: Walker, hands: Hands, qtbot: QtBot) -> None:
    visit, _dossier = walker.sealed()
    hands.office.came = receipt_of(visit)
    hands.office.gate.clear()
    page = show_page(visit)
    page.press("print_now")
    page.press("print_now")
    hands.office.gate.set()
    page.screen.leave()
    done: list[None] = []
    page.screen.context.tasks.run(Lane.SYNC, lambda: None, owner=page.screen, done=done.append)
    qtbot.waitUntil(lambda: done == [None])
    assert page.events == [WentOn()]


def test_there_is_no_way_back(show_page: ShowPage, walker: Walker, hands: Hands) -> None:
    hands.office.gate.clear()
    page = show_page(walker.sealed()[0])
    assert not page.shows("back")
    assert not page.shows("next")
