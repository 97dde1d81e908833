"""The kiosk dies by kill -9 at each point of a filing; at its next start it goes on, and the portal has one dossier."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from commands.wall_clock import WallClock
from kiosk.keys import DemoKeys
from portal.enrolment import new_code
from portal.instants import utc_now
from portal.opening import Portal, open_portal
from tests.faults.crash_child import ENROLMENT, POINTS, dossier, open_store
from tests.faults.enrolled import enrolled_at
from tests.faults.invariants import Case, assert_invariants, promise
from tests.faults.portal_evidence import PortalEvidence, held_by, settings_at
from tests.portal.desk import OFFICE
from tests.portal.running import RunningPortal

ROOT = Path(__file__).parents[2]
TIMEOUT_S = 60
# Neighbours of points that are in every run, for `make proof` only.
IN_PROOF = {
    "before the tables are committed",
    "before sealing",
    "sealed, uncommitted",
    "piece sent",
    "receipt written",
    "before it is durable",
    "before shredding",
    "shredded",
}


class Kiosks:
    """The program that kiosks are forks of."""

    def __init__(self, log: Path) -> None:
        self.log = log
        with log.open("wb") as stderr:
            self._process = subprocess.Popen(
                [sys.executable, ROOT / "tests/faults/crash_child.py"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=stderr,
                text=True,
                env={**os.environ, "PYTHONPATH": str(ROOT)},
            )

    def live(self, folder: Path, point: str = "") -> str:
        """How a life of the kiosk of that folder ended."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{folder}\t{point}\n")
        self._process.stdin.flush()
        return self._process.stdout.readline().strip()

    def end(self) -> None:
        """No more kiosks."""
        self._process.communicate(timeout=TIMEOUT_S)


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningPortal]:
    """One portal for all cases: none of them kills it."""
    running = RunningPortal(tmp_path_factory.mktemp("portal"))
    running.start()
    yield running
    assert running.stop() == ""


@pytest.fixture(scope="module")
def opened(portal: RunningPortal) -> Iterator[Portal]:
    """The same portal's database and papers, looked at from here."""
    beside = open_portal(settings_at(portal.home), utc_now)
    yield beside
    beside.database.close()


@pytest.fixture(scope="module")
def kiosks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kiosks]:
    program = Kiosks(tmp_path_factory.mktemp("log") / "kiosks.log")
    yield program
    program.end()


@pytest.fixture
def folder(tmp_path: Path, portal: RunningPortal, opened: Portal, request: pytest.FixtureRequest) -> Path:
    """The folder of an enrolled kiosk that was never started; its name is the number of its dossier."""
    number = 1 + list(POINTS).index(request.node.callspec.params["point"])
    place = tmp_path / str(number)
    with opened.database.write() as connection:
        code = new_code(connection, OFFICE, opened.now())
    enrolled = enrolled_at(portal.url, code, DemoKeys(place / "keys"), WallClock())
    (place / ENROLMENT).write_text(enrolled.model_dump_json())
    return place


@pytest.mark.parametrize(
    "point", [pytest.param(point, marks=pytest.mark.proof if point in IN_PROOF else ()) for point in POINTS]
)
def test_killed_at_a_point_it_goes_on_and_the_portal_has_one(
    opened: Portal, kiosks: Kiosks, folder: Path, point: str
) -> None:
    assert kiosks.live(folder, point) == "killed", kiosks.log.read_text()
    acknowledged = list(POINTS).index(point) >= list(POINTS).index("sealed")
    sealed = [promise(dossier(folder))]
    case = Case(
        sealed=sealed if acknowledged else [],
        begun=[] if acknowledged else sealed,
        folders=[folder],
        log=kiosks.log.read_text().splitlines(),
    )
    with open_store(folder) as store:
        assert_invariants(store, of_this(opened, folder), case)
        before = store.receipt(dossier(folder).client_ref)
    assert kiosks.live(folder) == "done", kiosks.log.read_text()
    with open_store(folder) as store:
        assert_invariants(store, of_this(opened, folder), Case(sealed=sealed, folders=case.folders, log=case.log))
        assert before in (None, store.receipt(dossier(folder).client_ref))


def of_this(portal: Portal, folder: Path) -> PortalEvidence:
    """What the portal holds of the kiosk of that folder."""
    evidence = held_by(portal)
    own = tuple(held for held in evidence.dossiers if held.client_ref == dossier(folder).client_ref)
    return PortalEvidence(own, evidence.keys, evidence.piece)
