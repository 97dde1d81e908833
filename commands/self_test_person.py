"""Who is asked in the acceptance test: a person at the terminal, or nobody."""

import sys
from collections.abc import Callable, Mapping
from typing import Any

from commands.self_test import Outcome, Person, Record, Step, plain
from commands.self_test_report import step_lines
from kiosk.texts import _

SKIP, AGAIN = "b", "l"
YES, NO = "c", "k"


class Nobody:
    """Nobody stands there: the test runs through by itself."""

    there = False

    def begin(self, _step: Step) -> str:
        """Every step is tried."""
        return ""

    def says_yes(self, _question: str) -> bool | None:
        """Nobody looks."""
        return None

    def again(self, _step: Step, _record: Record) -> bool | str:
        """Once is enough."""
        return False


class AtTheTerminal:
    """A person who reads and types."""

    there = True

    def __init__(self, ask: Callable[[str], str] = input, tell: Callable[[str], object] = print) -> None:
        self._ask = ask
        self._tell = tell

    def begin(self, step: Step) -> str:
        """The title, what to do, and one key: Enter begins, "b" skips with a reason."""
        self._tell(f"\n== {step.title}\n{step.instruction}")
        return self._reason() if self._answer(_("Enter: bắt đầu · b: bỏ qua")) == SKIP else ""

    def says_yes(self, question: str) -> bool | None:
        """ "c" or "k", asked until it is one of them."""
        while True:
            answer = self._answer(_("{question} (c: có, k: không)").format(question=question))
            if answer in {YES, NO}:
                return answer == YES

    def again(self, step: Step, record: Record) -> bool | str:
        """What came of it, and one key: Enter goes on with that, "l" repeats, "b" skips what failed."""
        shown: Mapping[str, Any] = plain(record)
        self._tell("\n".join(step_lines(step.title, shown)))
        if record.outcome is Outcome.FAILED:
            answer = self._answer(_("Enter: ghi là chưa đạt · l: làm lại · b: bỏ qua, có lý do"))
            return self._reason() if answer == SKIP else answer == AGAIN
        return self._answer(_("Enter: tiếp tục · l: làm lại")) == AGAIN

    def _reason(self) -> str:
        while True:
            if reason := self._ask(_("Lý do bỏ qua:") + " ").strip():
                return reason

    def _answer(self, prompt: str) -> str:
        return self._ask(f"{prompt} ").strip().lower()


def person_here() -> Person:
    """Whoever is at the keyboard of this terminal; nobody where the program was started by another."""
    return AtTheTerminal() if sys.stdin.isatty() else Nobody()
