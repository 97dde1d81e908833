"""The acceptance test on site: one step after another, each repeated or skipped as the person there says; a report."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol

from kiosk.errors import KioskError
from kiosk.ports import Clock, DeviceProblem


class Outcome(StrEnum):
    """How a step ended."""

    PASSED = "passed"
    FAILED = "failed"
    SKIPPED = "skipped"


class Fault(StrEnum):
    """What a step found wrong that is no device's own fault."""

    CODE_NOT_READ = "code_not_read"
    DARK = "dark"
    NO_TARGET = "no_target"
    UNSTEADY = "unsteady"
    COARSE = "coarse"
    WRONG_DPI = "wrong_dpi"
    COLOURS = "colours"
    ONE_SIDE = "one_side"
    BAD_PRINT = "bad_print"
    LITTLE_SPACE = "little_space"
    PORTAL_SILENT = "portal_silent"
    CLOCK_WRONG = "clock_wrong"


class NothingToTest(KioskError):
    """There is nothing here that this step could test, for a reason (a stable word) that goes into the report."""

    key = "nothing_to_test"

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Measured:
    """What a step measured: plain values without anything personal, and what is wrong with them."""

    figures: Mapping[str, Any]
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """One step as the report has it. `faults` are words of Fault and DeviceReason; `reason` is why it was skipped."""

    outcome: Outcome
    needed: bool
    attempts: int = 1
    seconds: float = 0.0
    figures: Mapping[str, Any] = field(default_factory=dict)
    faults: tuple[str, ...] = ()
    detail: str = ""
    reason: str = ""


class Person(Protocol):
    """Who stands beside the machine, if anybody does."""

    @property
    def there(self) -> bool: ...

    def begin(self, step: "Step") -> str:
        """Say what to do and wait. Why the step is to be skipped, "" to go on with it."""
        ...

    def says_yes(self, question: str) -> bool | None:
        """The answer; None where nobody is there to give one."""
        ...

    def again(self, step: "Step", record: Record) -> bool | str:
        """Show what came of it. Whether the step is to be repeated, or why it is to be skipped after all."""
        ...


@dataclass(frozen=True, slots=True)
class Step:
    """One step. `run` blocks; it raises DeviceProblem, or NothingToTest."""

    key: str
    title: str
    instruction: str
    needed: bool
    run: Callable[[Person], Measured]


def self_test(steps: Sequence[Step], person: Person, clock: Clock) -> dict[str, Any]:
    """The report, plain JSON: {"at", "attended", "passed", "steps": {key: Record}}. It holds no personal data.

    It is passed when no step failed and nothing that is needed was skipped.
    """
    at = clock.now().isoformat(timespec="seconds")
    records = {step.key: _play(step, person, clock) for step in steps}
    passed = all(
        record.outcome is Outcome.PASSED or (record.outcome is Outcome.SKIPPED and not record.needed)
        for record in records.values()
    )
    shown = {key: plain(record) for key, record in records.items()}
    return {"at": at, "attended": person.there, "passed": passed, "steps": shown}


def _play(step: Step, person: Person, clock: Clock) -> Record:
    attempts = 0
    while True:
        if reason := person.begin(step):
            return Record(Outcome.SKIPPED, step.needed, attempts, reason=reason)
        attempts += 1
        record = _try(step, person, clock, attempts)
        match person.again(step, record):
            case str(reason):
                return Record(Outcome.SKIPPED, step.needed, attempts, faults=record.faults, reason=reason)
            case False:
                return record


def _try(step: Step, person: Person, clock: Clock, attempts: int) -> Record:
    start_s = clock.monotonic_s()

    def seconds() -> float:
        return round(clock.monotonic_s() - start_s, 2)

    try:
        measured = step.run(person)
    except NothingToTest as nothing:
        return Record(Outcome.SKIPPED, step.needed, attempts, seconds(), reason=nothing.reason)
    except DeviceProblem as problem:
        found = (problem.reason.value,)
        return Record(Outcome.FAILED, step.needed, attempts, seconds(), faults=found, detail=problem.detail)
    outcome = Outcome.FAILED if measured.faults else Outcome.PASSED
    faults = tuple(fault.value for fault in measured.faults)
    return Record(outcome, step.needed, attempts, seconds(), measured.figures, faults)


def plain(record: Record) -> dict[str, Any]:
    """The record as the report has it."""
    return {
        "outcome": record.outcome.value,
        "needed": record.needed,
        "attempts": record.attempts,
        "seconds": record.seconds,
        "figures": dict(record.figures),
        "faults": list(record.faults),
        "detail": record.detail,
        "reason": record.reason,
    }
