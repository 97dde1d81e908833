"""Tests of who is asked in the acceptance test."""

import io

import pytest

from commands.self_test import Measured, Outcome, Record, Step
from commands.self_test_person import AtTheTerminal, Nobody, person_here

STEP = Step("one", "Máy quét", "Đặt giấy.", True, lambda _person: Measured({}))  # noqa: FBT003  as the field is named


def test_nobody_answers_nothing_and_holds_nothing_up() -> None:
    nobody = Nobody()
    assert nobody.begin(STEP) == ""
    assert nobody.says_yes("Tốt không?") is None
    assert nobody.again(STEP, Record(Outcome.FAILED, True)) is False  # noqa: FBT003  as above


def test_without_a_terminal_nobody_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO())
    assert not person_here().there


def test_yes_and_no_are_asked_until_they_are_one_of_the_two() -> None:
    answers = ["?", "C"]
    person = AtTheTerminal(lambda _prompt: answers.pop(0), lambda _text: None)
    assert person.says_yes("Tốt không?") is True
    answers[:] = ["k"]
    assert person.says_yes("Tốt không?") is False


def test_the_person_reads_what_to_do_and_what_came_of_it() -> None:
    told: list[str] = []
    person = AtTheTerminal(lambda _prompt: "", told.append)
    person.begin(STEP)
    person.again(STEP, Record(Outcome.FAILED, needed=True, faults=("jam",)))
    assert "Đặt giấy." in told[0]
    assert "Kẹt giấy. Gỡ giấy ra." in told[1]
