"""Something else answers in the portal's place, or the portal dies: nothing passes for filed, is lost or doubled."""

from collections.abc import Callable
from uuid import UUID

import pytest
from jwt.utils import base64url_decode

from commands import queue
from commands.embedded_portal import EmbeddedPortal
from commands.local_socket import serve_counter
from kiosk.manifest import sha256_hex
from kiosk.outbox import UNSENT
from kiosk.store import Identity
from sync.enrolment import load_enrolment
from tests.fakes_http import FakeServer, Say, html
from tests.faults.invariants import promise
from tests.faults.journey_case import assert_all_is_well
from tests.journeys.conftest import OpenKiosk
from tests.journeys.counter import KioskOfTest
from tests.journeys.portal_side import manifest_at, papers_at, submissions
from tests.sample_dossiers import random_paper, sample_dossier

MIB = 1024 * 1024
METHODS = ("GET", "HEAD", "PUT", "POST")


def seal(kiosk: KioskOfTest, number: int, size_bytes: int) -> UUID:
    """A dossier is filed; the loop is told."""
    enrolled = load_enrolment(kiosk.counter.store)
    assert enrolled is not None
    of = enrolled.enrolment
    identity = Identity(of.kiosk_id, of.recovery_key_id, base64url_decode(of.recovery_public_key))
    dossier = sample_dossier(number, random_paper(number, size_bytes))
    kiosk.counter.store.seal(dossier, identity)
    kiosk.counter.loop.kick()
    return dossier.client_ref


def wait_until(kiosk: KioskOfTest, what: str, true: Callable[[], bool]) -> None:
    kiosk.robot.wait_for(what, true, 60)


@pytest.mark.parametrize(
    "answer",
    [html(), html(302, Location="http://127.0.0.1:1/login"), Say(200, b"{}", "application/json")],
    ids=["a login page", "a redirect", "an answer of the right type"],
)
def test_a_stranger_in_the_portals_place_files_nothing(
    *,
    own_portal: EmbeddedPortal,
    make_kiosk: OpenKiosk,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
    answer: Say,
) -> None:
    folder = tmp_path_factory.mktemp("kiosk")  # the name of the test is too long for the socket's path
    monkeypatch.setenv("XDG_DATA_HOME", str(folder))
    kiosk = make_kiosk(own_portal, folder / "diem-truy-cap" / "demo")
    port = own_portal.port
    own_portal.stop()
    stranger = FakeServer(port=port)
    for method in METHODS:
        stranger.always(method, "/", answer)
    with stranger.running():
        kiosk.open()
        ref = seal(kiosk, 1, 1000)
        wait_until(kiosk, "a question to the stranger", lambda: bool(stranger.seen))
        assert kiosk.counter.filing.wait_for_receipt(ref, timeout_s=2).state in UNSENT
        with serve_counter(kiosk.counter):
            assert queue.run(["list", "--demo"]) == 0
        listed = capsys.readouterr().out
        assert "1 hồ sơ chưa gửi xong" in listed
        assert "0 đã nộp" in listed
    own_portal.start()
    kiosk.counter.loop.send_now()
    assert kiosk.delivered(ref).national_code
    assert submissions(own_portal) == [ref]
    assert_all_is_well(kiosk, own_portal, caplog)


def test_a_portal_killed_in_the_middle_of_a_piece(
    own_portal: EmbeddedPortal, make_kiosk: OpenKiosk, caplog: pytest.LogCaptureFixture
) -> None:
    kiosk = make_kiosk(own_portal)
    kiosk.open()
    ref = seal(kiosk, 1, 12 * MIB)
    papers = own_portal.settings.files
    wait_until(kiosk, "some of the pieces", lambda: sum(path.is_file() for path in papers.glob("??/*")) >= 3)
    own_portal.kill()
    entry = kiosk.counter.store.entry(ref)
    assert entry is not None
    assert entry.state in UNSENT
    own_portal.start()
    kiosk.counter.loop.send_now()
    kiosk.delivered(ref)
    assert submissions(own_portal) == [ref]
    [content] = papers_at(own_portal, manifest_at(own_portal, ref)).values()
    assert sha256_hex(content) == sha256_hex(random_paper(1, 12 * MIB))
    sealed = promise(sample_dossier(1, random_paper(1, 12 * MIB)))
    assert_all_is_well(kiosk, own_portal, caplog, [sealed])
