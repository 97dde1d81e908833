"""When staff are to look at the queue: what waits too long, what was refused, and what befell the store or the kiosk.

Pure: from the entries and the time. The kiosk never gives up by itself; an alarm only asks a person to help.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from kiosk.outbox import UNSENT, OutboxEntry, State
from kiosk.texts import _


class Alarm(StrEnum):
    """What somebody should look at, the most urgent first. The values are JSON's and the log's."""

    STORE_SET_ASIDE = "store_set_aside"
    CLONE_REFUSED = "clone_refused"
    PORTAL_LOST = "portal_lost"
    WRONG_RECEIPT = "wrong_receipt"
    NO_COMMITS = "no_commits"
    PORTAL_FULL = "portal_full"
    PARKED = "parked"
    EXPORT_OFFERED = "export_offered"
    WAITING_LONG = "waiting_long"


@dataclass(frozen=True, slots=True)
class AlarmRules:
    """After how long a wait staff are told, and after how long the dossiers are offered for a USB stick."""

    alarm_after: timedelta = timedelta(hours=24)
    export_after: timedelta = timedelta(hours=72)


@dataclass(frozen=True, slots=True)
class Troubles:
    """What befell store and kiosk, beyond what waits: a damaged store was moved aside, the portal refused this kiosk as
    a copy of another, and so many dossiers that are no longer here are unknown to the portal that took them.
    `heard` are alarms that sending has raised by itself."""

    store_set_aside: bool = False
    clone_refused: bool = False
    portal_lost: int = 0
    heard: frozenset[Alarm] = frozenset()


@dataclass(frozen=True, slots=True)
class Tally:
    """How many dossiers wait to be sent, are parked, and wait to be withdrawn; none is in two of these.
    `lost`: for so many of those that wait the portal had given a receipt before. `first_sealed_at`: the earliest
    sealing among those that wait."""

    unsent: int = 0
    parked: int = 0
    withdrawing: int = 0
    lost: int = 0
    first_sealed_at: datetime | None = None

    @property
    def unsettled(self) -> int:
        """How many are not done."""
        return self.unsent + self.parked + self.withdrawing


@dataclass(frozen=True, slots=True)
class QueueHealth:
    """How the queue is. `waited` is how long its oldest dossier waits; `alarms` stand in the order of their urgency."""

    tally: Tally = Tally()
    waited: timedelta = timedelta()
    portal_lost: int = 0
    alarms: tuple[Alarm, ...] = ()

    @property
    def offers_export(self) -> bool:
        """Whether the dossiers should rather travel on a stick."""
        return Alarm.EXPORT_OFFERED in self.alarms


def tally_of(entries: Iterable[OutboxEntry]) -> Tally:
    """What the store's own tally says (`kiosk.store_queue`), from entries; these do not tell what was lost."""
    known = tuple(entries)
    wanted_back = [entry for entry in known if entry.withdrawal_asked_at is not None]
    withdrawing = sum(entry.state is not State.WITHDRAWN for entry in wanted_back)
    kept = [entry for entry in known if entry.withdrawal_asked_at is None]
    sealed_at = [entry.sealed_at for entry in kept if entry.state in UNSENT]
    parked = sum(entry.state is State.PARKED for entry in kept)
    return Tally(len(sealed_at), parked, withdrawing, first_sealed_at=min(sealed_at, default=None))


def queue_health(tally: Tally, now: datetime, rules: AlarmRules, troubles: Troubles | None = None) -> QueueHealth:
    """What is to be told of the queue.

    A wait counts from sealing by the wall clock, which may have jumped since. Whoever was sealed later has waited no
    longer, so the longest wait of all counts, and one that would begin in the future is none.
    """
    told = troubles or Troubles()
    waited = timedelta() if tally.first_sealed_at is None else max(now - tally.first_sealed_at, timedelta())
    lost = tally.lost + told.portal_lost
    export = waited > rules.export_after
    rung = {
        Alarm.STORE_SET_ASIDE: told.store_set_aside,
        Alarm.CLONE_REFUSED: told.clone_refused,
        Alarm.PORTAL_LOST: lost > 0,
        Alarm.PARKED: tally.parked > 0,
        Alarm.EXPORT_OFFERED: export,
        Alarm.WAITING_LONG: waited > rules.alarm_after and not export,
    }
    ringing = {alarm for alarm, rings in rung.items() if rings} | told.heard
    return QueueHealth(tally, waited, lost, tuple(alarm for alarm in Alarm if alarm in ringing))


def alarm_words(alarm: Alarm, health: QueueHealth) -> str:
    """What is the matter and what to do: a sentence or two for the staff."""
    days, hours = health.waited.days, round(health.waited.total_seconds() / 3600)
    match alarm:
        case Alarm.PORTAL_LOST if health.portal_lost:
            return _(
                "Cổng không còn tìm thấy {count} hồ sơ đã nhận. Biên nhận vẫn ở máy; gọi người quản lý cổng."
            ).format(count=health.portal_lost)
        case Alarm.PARKED:
            return _("{count} hồ sơ bị cổng trả lại, cần cán bộ xem.").format(count=health.tally.parked)
        case Alarm.EXPORT_OFFERED:
            return _("{count} hồ sơ chưa gửi được, hồ sơ cũ nhất đã chờ {days} ngày. Nên chép ra USB để nộp.").format(
                count=health.tally.unsent, days=days
            )
        case Alarm.WAITING_LONG:
            return _("{count} hồ sơ chưa gửi được, hồ sơ cũ nhất đã chờ {hours} giờ. Hãy xem đường truyền.").format(
                count=health.tally.unsent, hours=hours
            )
        case _:
            return _SENTENCES[alarm]()


_SENTENCES: Mapping[Alarm, Callable[[], str]] = {
    Alarm.STORE_SET_ASIDE: lambda: _("Kho hồ sơ bị hỏng và đã được cất riêng, không mất. Báo ngay người quản trị máy."),
    Alarm.CLONE_REFUSED: lambda: _(
        "Cổng từ chối vì có hai máy dùng chung một khóa. Báo người quản trị để đăng ký lại từng máy."
    ),
    Alarm.PORTAL_LOST: lambda: _("Cổng đã mất hồ sơ từng nhận; máy đã gửi lại. Gọi người quản lý cổng."),
    Alarm.WRONG_RECEIPT: lambda: _(
        "Biên nhận của cổng không khớp với hồ sơ đã gửi. Máy giữ hồ sơ và hỏi lại; gọi người quản lý cổng."
    ),
    Alarm.NO_COMMITS: lambda: _(
        "Hơn một giờ nay cổng không có chỗ nhận hồ sơ. Gọi người quản lý cổng xem lại địa chỉ."
    ),
    Alarm.PORTAL_FULL: lambda: _("Cổng đã hết chỗ chứa hồ sơ. Gọi người quản lý cổng."),
}
