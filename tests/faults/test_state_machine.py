"""Any order of filings and faults that hypothesis can think of: after each step every invariant holds."""

import itertools
from pathlib import Path
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from tests.faults.machine_world import KioskWorld
from tests.faults.portal_evidence import settings_at
from tests.faults.portal_world import PortalWorld

_PER_KIOSK = 1_000_000
_SHARED = b"a paper that several dossiers carry"


class KioskAndPortal(RuleBasedStateMachine):
    """One kiosk and its portal. Every example begins with a new kiosk; `folder` and `world` are the run's."""

    folder: ClassVar[Path]
    world: ClassVar[PortalWorld]
    numbers: ClassVar["itertools.count[int]"]

    def __init__(self) -> None:
        super().__init__()
        number = next(self.numbers)
        self.world.proxy.heal()
        self.kiosk = KioskWorld(self.folder / str(number), self.world, number * _PER_KIOSK)

    @rule(shared=st.booleans())
    def a_citizen_files(self, shared: bool) -> None:
        own = b"paper %d of its own" % self.kiosk.last
        self.kiosk.seal(own, _SHARED) if shared else self.kiosk.seal(own)

    @rule()
    def a_round(self) -> None:
        self.kiosk.tick()

    @rule(seconds=st.sampled_from([1, 60, 900, 3600, 3 * 86400]))
    def time_passes(self, seconds: float) -> None:
        self.kiosk.clock.advance(seconds)

    @rule(days=st.sampled_from([-4000, -1, 1, 4000]))
    def the_clock_jumps(self, days: int) -> None:
        self.kiosk.jump(days)

    @rule(dies_at=st.integers(1, 14), after=st.booleans())
    def the_kiosk_dies_in_a_round(self, dies_at: int, after: bool) -> None:
        self.kiosk.die_in_a_round(dies_at, after=after)

    @rule()
    def the_line_goes_down(self) -> None:
        self.world.proxy.close()

    @rule()
    def the_line_comes_back(self) -> None:
        self.world.proxy.heal()

    @rule(passed=st.integers(0, 8))
    def an_answer_will_be_lost(self, passed: int) -> None:
        self.world.proxy.answers_left = passed

    @rule(sent_bytes=st.integers(1, 6000))
    def a_request_will_break_off(self, sent_bytes: int) -> None:
        self.world.proxy.cut()
        self.world.proxy.cut_after.append(sent_bytes)

    @rule()
    def the_portal_restarts(self) -> None:
        self.world.restart()

    @rule()
    def the_portal_loses_pieces(self) -> None:
        self.world.lose_pieces()

    @rule()
    def the_portal_is_backed_up(self) -> None:
        self.world.back_up()

    @rule()
    def the_portal_is_restored_from_its_backup(self) -> None:
        self.world.restore()

    @rule()
    def the_tokens_expire(self) -> None:
        self.world.forget_tokens()

    @rule()
    def a_commit_will_be_repeated_on_the_way(self) -> None:
        self.world.meddler.repeat = True

    @rule()
    def an_earlier_receipt_will_come_again(self) -> None:
        self.world.meddler.stale = True

    @precondition(lambda self: self.kiosk.promises)
    @rule()
    def the_portal_refuses_the_last_dossier(self) -> None:
        self.world.meddler.poisoned.add(str(list(self.kiosk.promises)[-1]))

    @rule()
    def the_staff_send_again_what_was_refused(self) -> None:
        self.world.meddler.poisoned.clear()
        self.kiosk.unpark_all()

    @invariant()
    def all_is_well(self) -> None:
        self.kiosk.judge()

    def teardown(self) -> None:
        try:
            self.kiosk.drain()
            self.kiosk.judge()
        finally:
            self.kiosk.close()


@pytest.mark.parametrize(
    ("examples", "steps"), [(4, 25), pytest.param(100, 50, marks=pytest.mark.proof)], ids=["some", "many"]
)
def test_no_order_of_faults_loses_or_doubles_a_dossier(tmp_path: Path, examples: int, steps: int) -> None:
    world = PortalWorld(settings_at(tmp_path / "portal"))

    class Machine(KioskAndPortal):
        """The machine of this run."""

    Machine.folder, Machine.world, Machine.numbers = tmp_path / "kiosks", world, itertools.count(1)
    with world.running():
        run_state_machine_as_test(
            Machine,
            settings=settings(
                max_examples=examples,
                stateful_step_count=steps,
                deadline=None,
                database=None,
                derandomize=True,
                suppress_health_check=list(HealthCheck),
                phases=[Phase.generate, Phase.shrink],
                print_blob=False,
            ),
        )
