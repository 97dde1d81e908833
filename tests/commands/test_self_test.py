"""Tests of the acceptance test's way through its steps: repeated, skipped with a reason, failed, passed."""

from collections.abc import Callable
from typing import Any

import pytest

from commands.self_test import Fault, Measured, NothingToTest, Person, Step, self_test
from commands.self_test_person import AtTheTerminal, Nobody
from kiosk.ports import DeviceProblem, DeviceReason
from tests.fakes import FakeClock


def step(run: Callable[[Person], Measured], *, needed: bool = True) -> Step:
    return Step("one", "Máy quét", "Đặt giấy.", needed, run)


def works(_person: Person) -> Measured:
    return Measured({"pages": 1})


def jams(_person: Person) -> Measured:
    raise DeviceProblem(DeviceReason.JAM, "tray 1")


def unread(_person: Person) -> Measured:
    return Measured({"read": 0}, (Fault.CODE_NOT_READ,))


def nothing(_person: Person) -> Measured:
    raise NothingToTest("no_stick")


def typing(*answers: str) -> AtTheTerminal:
    left = list(answers)
    return AtTheTerminal(lambda _prompt: left.pop(0), lambda _text: None)


def record(one: Step, person: Person) -> tuple[bool, dict[str, Any]]:
    report = self_test([one], person, FakeClock())
    return report["passed"], report["steps"]["one"]


@pytest.mark.parametrize(
    ("run", "needed", "passed", "outcome"),
    [
        (works, True, True, "passed"),
        (jams, True, False, "failed"),
        (jams, False, False, "failed"),
        (unread, True, False, "failed"),
        (nothing, True, False, "skipped"),
        (nothing, False, True, "skipped"),
    ],
)
def test_it_is_passed_when_nothing_failed_and_nothing_needed_was_left_out(
    run: Callable[[Person], Measured], needed: bool, passed: bool, outcome: str
) -> None:
    found = record(step(run, needed=needed), Nobody())
    assert (found[0], found[1]["outcome"]) == (passed, outcome)


def test_a_fault_is_written_down_with_its_figures() -> None:
    _passed, found = record(step(unread), Nobody())
    assert (found["faults"], found["figures"]) == (["code_not_read"], {"read": 0})
    _passed, found = record(step(jams), Nobody())
    assert (found["faults"], found["detail"]) == (["jam"], "tray 1")


def test_a_person_repeats_until_it_works() -> None:
    tries = 0

    def second_time(person: Person) -> Measured:
        nonlocal tries
        tries += 1
        return jams(person) if tries == 1 else works(person)

    passed, found = record(step(second_time), typing("", "l", "", ""))
    assert passed
    assert (found["outcome"], found["attempts"], found["faults"]) == ("passed", 2, [])


def test_what_worked_can_be_repeated_too() -> None:
    _passed, found = record(step(works), typing("", "l", "", ""))
    assert found["attempts"] == 2


def test_a_step_is_skipped_only_with_a_reason() -> None:
    passed, found = record(step(works), typing("b", "  ", "máy quét đang sửa"))
    assert not passed
    assert (found["outcome"], found["reason"], found["attempts"]) == ("skipped", "máy quét đang sửa", 0)


def test_what_failed_can_be_skipped_and_keeps_its_fault() -> None:
    _passed, found = record(step(jams, needed=False), typing("", "b", "không có khay"))
    assert (found["outcome"], found["reason"], found["faults"]) == ("skipped", "không có khay", ["jam"])


def test_what_failed_is_written_down_so_when_the_person_goes_on() -> None:
    passed, found = record(step(jams), typing("", ""))
    assert (passed, found["outcome"]) == (False, "failed")


def test_the_report_says_when_and_whether_anybody_was_there() -> None:
    clock = FakeClock()
    report = self_test([], Nobody(), clock)
    assert report == {"at": clock.now().isoformat(timespec="seconds"), "attended": False, "passed": True, "steps": {}}
