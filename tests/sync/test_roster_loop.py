"""The portal's helpers at a kiosk with a real store: only the portal's newest word counts, and it counts at once."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kiosk.badges import MadeBadge
from kiosk.helper_desk import BadgeRefusal, CheckedIn
from kiosk.outbox import TryLater
from kiosk.roster import ROSTER_MEDIA_TYPE, ROSTER_TYP, Roster, SignedRoster
from kiosk.store_badges import RosterAnswer
from kiosk.store_helper_desk import HelperLimits
from sync.line import Line
from sync.receipts import RECEIPT_TYP, PortalKeys
from sync.roster_calls import RosterCalls
from sync.roster_loop import EVERY_S, RosterLoop
from sync.tokens import TokenSource
from sync.transport import Transport
from tests.fakes import FakeClock
from tests.fakes_http import Cut, Flood, Reply, Say, Silence, html
from tests.fakes_portal import FakePortal, sign
from tests.kiosk.badge_desk import PIN, at_portal, kinds, listed, made, opened, roster
from tests.sync.desk import QUICK, Desk

ROOT = Path(__file__).parent.parent.parent
PATH = "/v1/roster"


@pytest.fixture(autouse=True)
def cheap_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kiosk.badges.MEMORY_KIB", 8)


@pytest.fixture
def calls(desk: Desk) -> Iterator[RosterCalls]:
    enrolment = desk.enrolled.enrolment
    tokens = TokenSource(enrolment, desk.keys.device_key(), desk.server_time, desk.clock)
    line = Line(Transport(desk.server.url, desk.server_time, limits=QUICK), tokens)
    made = RosterCalls(line, PortalKeys(enrolment.root_key), enrolment)
    yield made
    made.close()


@pytest.fixture
def loop(desk: Desk, calls: RosterCalls) -> RosterLoop:
    return RosterLoop(calls, desk.store.badges, desk.clock, Random(1))  # type: ignore[union-attr]


@pytest.fixture
def an(clock: FakeClock) -> MadeBadge:
    return at_portal(clock, "TTA-0001", "TRẦN THỊ AN")


def told(server: FakePortal, of: Roster, typ: str = ROSTER_TYP, key: Ed25519PrivateKey | None = None) -> Say:
    signed = sign(of.model_dump_json().encode(), key or server.signing, server.kid, typ)
    body = SignedRoster(roster=signed).model_dump_json().encode()
    return Say(200, body, ROSTER_MEDIA_TYPE, {"ETag": f'"v{of.version}"'})


def test_a_helper_of_the_portal_checks_in_and_an_unchanged_list_is_not_sent_again(
    desk: Desk, server: FakePortal, loop: RosterLoop, clock: FakeClock, an: MadeBadge
) -> None:
    assert isinstance(loop.run_once(), TryLater), "a portal without a roster"
    server.script("GET", PATH, told(server, roster(clock, 7, listed(an))), Say(304))
    assert loop.run_once() is RosterAnswer.TAKEN
    helpers = desk.store.helper_desk  # type: ignore[union-attr]
    assert isinstance(helpers.check_in(an.badge.text, PIN, clock.now()), CheckedIn)
    clock.advance(3600)
    assert loop.run_once() is RosterAnswer.SAME
    assert server.headers_seen[-1]["If-None-Match"] == '"v7"'
    assert helpers.on_duty(clock.now())
    standing = desk.store.badges.standing()  # type: ignore[union-attr]
    assert standing is not None
    assert (standing.version, standing.confirmed_at) == (7, clock.now())


def changed(of: Roster, **changes: object) -> Roster:
    return of.model_copy(update=changes)


def but_for(of: Roster, **changes: object) -> Roster:
    """The list, with its first helper changed."""
    return of.model_copy(update={"version": 8, "helpers": (of.helpers[0].model_copy(update=changes),)})


def cut_short(server: FakePortal, of: Roster, in_the_signature: bool = False) -> Say:
    whole = told(server, changed(of, version=8)).body
    return Say(200, whole[:-60] + b'"}' if in_the_signature else whole[:-60], ROSTER_MEDIA_TYPE)


HUGE = "$argon2id$v=19$m=99999999,t=4,p=1$" + "a" * 22 + "$" + "a" * 43
STRANGER = Ed25519PrivateKey.generate()
HOSTILE: dict[str, tuple[str, Callable[[FakePortal, Roster], Reply]]] = {
    "an older list is played back": ("older", lambda server, of: told(server, changed(of, version=6, helpers=()))),
    "two lists of one version": ("other_content", lambda server, of: told(server, changed(of, helpers=()))),
    "another key": ("roster_signature", lambda server, of: told(server, changed(of, version=8), key=STRANGER)),
    "a receipt": ("roster_signature", lambda server, of: told(server, changed(of, version=8), typ=RECEIPT_TYP)),
    "another agency": ("roster_agency", lambda server, of: told(server, changed(of, version=8, agency="H99.99"))),
    "a code twice": ("roster_form", lambda server, of: told(server, changed(of, version=8, helpers=of.helpers * 2))),
    "a code of the kiosk's": ("roster_form", lambda server, of: told(server, but_for(of, code="TTA-0001K"))),
    "a PIN that takes all memory": ("roster_form", lambda server, of: told(server, but_for(of, pin_verifier=HUGE))),
    "a name that breaks lines": ("roster_form", lambda server, of: told(server, but_for(of, name="A\nB"))),
    "a name that turns round": ("roster_form", lambda server, of: told(server, but_for(of, name="A\u202eB"))),
    "cut short": ("roster_form", cut_short),
    "half a signature": ("roster_signature", lambda server, of: cut_short(server, of, in_the_signature=True)),
    "no list": ("roster_form", lambda _server, _of: Say(200, b'{"roster": 7}', ROSTER_MEDIA_TYPE)),
    "a login page": ("html", lambda _server, _of: html()),
    "a broken line": ("connection_lost", lambda _server, _of: Cut()),
    "a flood": ("answer_too_large", lambda _server, _of: Flood(500)),
    "an error": ("http-500", lambda _server, _of: Say(500)),
}


def test_nothing_but_the_portals_newest_word_changes_who_helps(
    desk: Desk, server: FakePortal, loop: RosterLoop, clock: FakeClock, an: MadeBadge
) -> None:
    of = roster(clock, 7, listed(an))
    server.script("GET", PATH, told(server, of))
    assert loop.run_once() is RosterAnswer.TAKEN
    helpers = desk.store.helper_desk  # type: ignore[union-attr]
    shift = helpers.check_in(an.badge.text, PIN, clock.now())
    for name, (reason, reply) in HOSTILE.items():
        server.heal()
        server.always("GET", PATH, reply(server, of))
        assert reason in str(loop.run_once()), name
        standing = desk.store.badges.standing()  # type: ignore[union-attr]
        assert standing is not None
        assert standing.version == 7, name
        assert helpers.on_duty(clock.now()) == (shift,), name


def test_who_is_revoked_renewed_or_not_listed_is_off_at_once(
    desk: Desk, server: FakePortal, loop: RosterLoop, clock: FakeClock, an: MadeBadge
) -> None:
    binh, chi, dung = (at_portal(clock, f"B-000{number}", f"BÌNH {number}") for number in (1, 2, 3))
    new_chi = at_portal(clock, chi.helper.code, chi.helper.name)
    everyone = [listed(each) for each in (an, binh, chi, dung)]
    server.script("GET", PATH, told(server, roster(clock, 1, *everyone)))
    loop.run_once()
    store, helpers = desk.store, desk.store.helper_desk  # type: ignore[union-attr]
    local = made(store, clock, "Lê Văn Tại Chỗ")  # type: ignore[arg-type]
    for each in (an, binh, chi, dung, local):
        assert isinstance(helpers.check_in(each.badge.text, PIN, clock.now()), CheckedIn)
    newer = [listed(an), listed(binh, revoked=True), listed(new_chi)]
    server.script("GET", PATH, told(server, roster(clock, 2, *newer)))
    assert loop.run_once() is RosterAnswer.TAKEN
    assert {each.helper.code for each in helpers.on_duty(clock.now())} == {an.helper.code, local.helper.code}
    answers = [helpers.check_in(each.badge.text, PIN, clock.now()) for each in (binh, chi, dung)]
    assert answers == [BadgeRefusal.REVOKED, BadgeRefusal.UNKNOWN, BadgeRefusal.UNKNOWN]
    assert isinstance(helpers.check_in(new_chi.badge.text, PIN, clock.now()), CheckedIn)


def test_taken_away_at_the_kiosk_stays_so_whatever_the_list_says(
    desk: Desk, server: FakePortal, loop: RosterLoop, clock: FakeClock, an: MadeBadge
) -> None:
    again = at_portal(clock, an.helper.code, an.helper.name)
    lists = [roster(clock, 1, listed(an)), roster(clock, 2), roster(clock, 3, listed(an))]
    lists.append(roster(clock, 4, listed(again)))
    server.script("GET", PATH, *(told(server, each) for each in lists))
    loop.run_once()
    assert desk.store.badges.revoke(an.helper.code, clock.now())  # type: ignore[union-attr]
    helpers = desk.store.helper_desk  # type: ignore[union-attr]
    for _list in ("without", "with"):
        loop.run_once()
        assert helpers.check_in(an.badge.text, PIN, clock.now()) is BadgeRefusal.REVOKED
    desk.store.badges.forget_roster("of another portal", clock.now())  # type: ignore[union-attr]
    assert helpers.check_in(an.badge.text, PIN, clock.now()) is BadgeRefusal.REVOKED
    loop.run_once()
    assert isinstance(helpers.check_in(again.badge.text, PIN, clock.now()), CheckedIn)


def test_without_the_portal_its_helpers_end_and_those_of_the_kiosk_stay(
    desk: Desk, server: FakePortal, loop: RosterLoop, clock: FakeClock, an: MadeBadge
) -> None:
    server.script("GET", PATH, told(server, roster(clock, 1, listed(an))))
    loop.run_once()
    helpers = desk.store.helper_desk  # type: ignore[union-attr]
    clock.advance((HelperLimits().roster_good - timedelta(hours=1)).total_seconds())
    shift = helpers.check_in(an.badge.text, PIN, clock.now())
    assert isinstance(shift, CheckedIn)
    assert shift.until == clock.now() + timedelta(hours=1)
    clock.advance(3600)
    server.always("GET", PATH, Cut())
    loop.run_once()
    assert helpers.on_duty(clock.now()) == ()
    assert helpers.check_in(an.badge.text, PIN, clock.now()) is BadgeRefusal.EXPIRED
    assert not helpers.any()
    local = made(desk.store, clock, "Lê Văn Tại Chỗ")  # type: ignore[arg-type]
    assert isinstance(helpers.check_in(local.badge.text, PIN, clock.now()), CheckedIn)


def test_a_kiosk_that_was_enrolled_elsewhere_forgets_and_begins_anew(
    desk: Desk, server: FakePortal, loop: RosterLoop, clock: FakeClock, an: MadeBadge
) -> None:
    store = desk.store.badges  # type: ignore[union-attr]
    store.take(roster(clock, 99, listed(an), agency="H99.99"), "another portal", "0" * 64, '"v7"', clock.now())
    server.script("GET", PATH, Say(500), told(server, roster(clock, 7)))
    loop.run_once()
    assert store.holders() == ()
    assert loop.run_once() is RosterAnswer.TAKEN
    assert "If-None-Match" not in server.headers_seen[-1]


def test_the_thread_asks_at_its_start_and_ends_when_told(
    desk: Desk, server: FakePortal, calls: RosterCalls, clock: FakeClock, caplog: pytest.LogCaptureFixture
) -> None:
    silence, often = Silence(), 0.02 / EVERY_S  # of an hour
    server.script("GET", PATH, *(Say(200, b"{}", ROSTER_MEDIA_TYPE) for _ in range(3)), silence)
    loop = RosterLoop(calls, desk.store.badges, clock, Hurried(often))  # type: ignore[union-attr]
    loop.start()
    assert silence.reached.wait(10)
    assert loop.stop(10)
    assert caplog.text.count("refused (unknown:roster_form)") == 1, "a line of the log each hour tells nothing new"


class Hurried(Random):
    """Makes every wait a part of what it is."""

    def __init__(self, part: float) -> None:
        super().__init__(1)
        self._part = part

    def uniform(self, _low: float, _high: float) -> float:
        return self._part - 1


DYING = """
import os, sys
from datetime import datetime
from pathlib import Path
from kiosk import store_badges
from kiosk.keys import DemoKeys
from kiosk.roster import Roster
from kiosk.store import Store
from commands.wall_clock import WallClock
folder, after = Path(sys.argv[1]), int(sys.argv[2])
put, done = store_badges._put, []
def dying(*arguments):
    put(*arguments)
    done.append(1)
    if len(done) == after:
        os.kill(os.getpid(), 9)
store_badges._put = dying
with Store.open(folder / "store", DemoKeys(folder / "keys"), WallClock(), reserve_bytes=0) as store:
    roster = Roster.model_validate_json(sys.stdin.buffer.read())
    print(store.badges.take(roster, "portal", "1" * 64, "v2", WallClock().now()).value)
"""


def test_a_kill_in_the_middle_leaves_the_list_before_whole(tmp_path: Path, clock: FakeClock, an: MadeBadge) -> None:
    with opened(tmp_path, clock) as store:
        store.badges.take(roster(clock, 1, listed(an)), "portal", "0" * 64, '"v1"', clock.now())
        shift = store.helper_desk.check_in(an.badge.text, PIN, clock.now())
    one = listed(an)
    many = tuple(one.model_copy(update={"code": f"N-{number:04d}"}) for number in range(200))
    command = [sys.executable, "-c", DYING, str(tmp_path), "150"]
    newer = roster(clock, 2, *many).model_dump_json().encode()
    died = subprocess.run(command, input=newer, cwd=ROOT, env=os.environ, capture_output=True, timeout=60, check=False)
    assert died.returncode == -signal.SIGKILL, died.stderr
    with opened(tmp_path, clock) as store:
        standing = store.badges.standing()
        assert standing is not None
        assert (standing.version, len(store.badges.holders())) == (1, 1)
        assert store.helper_desk.on_duty(clock.now()) == (shift,)
        assert store.badges.take(Roster.model_validate_json(newer), "portal", "1" * 64, "v2", clock.now()) == "taken"
        assert len(store.badges.holders()) == 200
        assert store.helper_desk.on_duty(clock.now()) == ()
        store.verify_audit()
    assert json.dumps(kinds(tmp_path)[0]).count("roster_taken") == 2


@pytest.mark.proof
def test_five_thousand_helpers_come_over_the_line_and_are_found(
    desk: Desk, server: FakePortal, loop: RosterLoop, clock: FakeClock, an: MadeBadge
) -> None:
    one = listed(an)
    many = [one.model_copy(update={"code": f"{letter}-{number:04d}"}) for letter in "XY" for number in range(2500)]
    server.script("GET", PATH, told(server, roster(clock, 1, one, *many)))
    assert loop.run_once() is RosterAnswer.TAKEN
    assert len(desk.store.badges.holders()) == 5001  # type: ignore[union-attr]
    assert isinstance(desk.store.helper_desk.check_in(an.badge.text, PIN, clock.now()), CheckedIn)  # type: ignore[union-attr]
