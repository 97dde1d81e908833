"""Helpers' badges in the hands of a test: who is on duty, and what a badge with a PIN comes to."""

from dataclasses import dataclass, field
from datetime import datetime

from kiosk.helper_desk import BadgeRefusal, CheckedIn, CheckInAnswer


@dataclass
class HandDesk:
    """Answers as the test says; `tried` has what was tried."""

    badges: bool = True
    duty: tuple[CheckedIn, ...] = ()
    answers: list[CheckInAnswer] = field(default_factory=lambda: [BadgeRefusal.UNKNOWN])
    tried: list[tuple[str, str]] = field(default_factory=list)

    def any(self) -> bool:
        return self.badges

    def on_duty(self, now: datetime) -> tuple[CheckedIn, ...]:
        return self.duty

    def check_in(self, badge: str, pin: str, now: datetime) -> CheckInAnswer:
        self.tried.append((badge, pin))
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]

    def check_out(self, code: str, now: datetime) -> None:
        self.duty = tuple(each for each in self.duty if each.helper.code != code)
