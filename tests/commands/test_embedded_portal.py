"""The portal that the demo starts: its own process, with its own files, at one address for as long as it is wanted."""

import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from commands import embedded_portal
from commands.embedded_portal import DemoAccount, EmbeddedPortal, PortalDidNotStart
from tests.portal.desk import TIMEOUT_S


@pytest.fixture
def portal(tmp_path: Path) -> Iterator[EmbeddedPortal]:
    embedded = EmbeddedPortal(tmp_path)
    embedded.prepare()
    with embedded:
        yield embedded


def test_the_line_goes_down_and_comes_back_at_the_same_address(portal: EmbeddedPortal) -> None:
    portal.start()
    url = portal.url
    first = requests.get(f"{url}/v1/keys", timeout=TIMEOUT_S)
    portal.stop()
    with pytest.raises(requests.ConnectionError):
        requests.get(url, timeout=TIMEOUT_S)
    with pytest.raises(LookupError):
        _ = portal.pid
    portal.start()
    again = requests.get(f"{portal.url}/v1/keys", timeout=TIMEOUT_S)
    assert (portal.url, again.json()) == (url, first.json())


def test_a_power_cut_leaves_nothing_running_and_nothing_broken(portal: EmbeddedPortal) -> None:
    portal.start()
    portal.kill()
    portal.kill()
    portal.start()
    assert requests.get(f"{portal.url}/v1/keys", timeout=TIMEOUT_S).ok


def test_a_portal_that_cannot_start_is_said_so_and_does_not_stay(
    portal: EmbeddedPortal, capfd: pytest.CaptureFixture[str]
) -> None:
    for key in portal.settings.keys.iterdir():
        key.write_bytes(b"no key")
    with pytest.raises(PortalDidNotStart, match="no answer"):
        portal.start()
    assert "khóa" in capfd.readouterr().err


def test_the_demo_account_opens_the_portals_page(portal: EmbeddedPortal) -> None:
    account = DemoAccount("canbo", "mat-khau-thu-dai")
    portal.add_account(account)
    portal.start()
    with requests.Session() as session:
        page = session.get(portal.url, timeout=TIMEOUT_S)
        assert page.ok
        assert 'type="password"' in page.text


@pytest.mark.parametrize("said", ["", "print('{', flush=True)", "print('words', flush=True)"])
def test_one_that_does_not_say_its_address_in_time_is_ended_and_nobody_listens_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: str
) -> None:
    program = f"import sys\n{said}\nsys.stdin.read()"
    monkeypatch.setattr(embedded_portal, "self_command", lambda _name: (sys.executable, "-c", program))
    monkeypatch.setattr(embedded_portal, "START_TIMEOUT_S", 0.5)
    silent = EmbeddedPortal(tmp_path)
    with pytest.raises(PortalDidNotStart):
        silent.start()
    with pytest.raises(LookupError):
        _ = silent.pid
    assert "portal-ready" not in {thread.name for thread in threading.enumerate()}
