"""The kiosk is killed with kill -9 while a citizen types: the visit comes back as of the last committed field."""

import os
import random
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from commands.composition import Shipped
from commands.embedded_portal import EmbeddedPortal
from kiosk.dates import vietnam_day
from kiosk.draft import unpack
from kiosk.drafts import OpenedDraft
from kiosk.visit import Step
from tests.faults.draft_child import digest_of
from tests.journeys.conftest import OpenKiosk
from tests.journeys.counter import KioskOfTest
from tests.journeys.portal_side import folder_bytes
from tests.sample_forms import AT

ROOT = Path(__file__).parents[2]
TIMEOUT_S = 90
CARD_NUMBER = "001058000123"
SECRETS = ("NGUYỄN VĂN MẪU", CARD_NUMBER, "0912345678")


@dataclass
class Said:
    """What the kiosk said until it was killed."""

    changes: list[str] = field(default_factory=list)
    kept: int = 0

    def hear(self, line: str) -> None:
        word, *rest = line.split()
        self.changes += rest
        self.kept += word == "kept"


def killed(folder: Path, after_kept: int, delay_s: float) -> Said:
    """A kiosk that is killed so long after it has kept so many changes."""
    process = subprocess.Popen(
        [sys.executable, ROOT / "tests/faults/draft_child.py", folder],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
    )
    said, timer = Said(), threading.Timer(delay_s, process.kill)
    watchdog = threading.Timer(TIMEOUT_S, process.kill)
    watchdog.start()
    try:
        assert process.stdout is not None
        for line in process.stdout:
            said.hear(line)
            if said.kept == after_kept and not timer.is_alive():
                timer = threading.Timer(delay_s, process.kill)
                timer.start()
    finally:
        watchdog.cancel()
        timer.cancel()
        process.kill()
        process.communicate(timeout=TIMEOUT_S)
    assert said.kept >= after_kept, "it ended by itself"
    return said


def draft_of(kiosk: KioskOfTest) -> OpenedDraft:
    with kiosk.store() as store:
        store.verify_audit()
        [kept] = store.drafts.of_card(CARD_NUMBER)
        opened = store.drafts.open(kept.ref, "")
        store.drafts.discard(kept.ref)
    assert opened is not None
    return opened


def comes_back(kiosk: KioskOfTest, said: Said, shipped: Shipped) -> None:
    """What was said to be kept is there, whole; at most one more, of which the kiosk could not say so any more."""
    for secret in SECRETS:
        assert secret.encode() not in folder_bytes(kiosk.folder)
    opened = draft_of(kiosk)
    found = digest_of(opened.packed.state)
    unsaid = found not in said.changes
    assert unsaid or found in said.changes[said.kept - 1 :]
    reopened = unpack(opened.packed, shipped.catalog, vietnam_day(AT))
    assert (reopened.left_out, reopened.gone, reopened.visit.place.step) == (0, False, Step.HELPER)


@pytest.mark.parametrize(("after_kept", "delay_s"), [(7, 0.05), pytest.param(2, 0.0, marks=pytest.mark.proof)])
def test_killed_while_typing(
    portal: EmbeddedPortal, make_kiosk: OpenKiosk, shipped: Shipped, after_kept: int, delay_s: float
) -> None:
    kiosk = make_kiosk(portal)
    comes_back(kiosk, killed(kiosk.folder, after_kept, delay_s), shipped)


@pytest.mark.proof
def test_killed_fifty_times_at_random(portal: EmbeddedPortal, make_kiosk: OpenKiosk, shipped: Shipped) -> None:
    dice, kiosk = random.Random(5), make_kiosk(portal)
    for _kill in range(50):
        comes_back(kiosk, killed(kiosk.folder, 1, dice.uniform(0.1, 3.0)), shipped)
