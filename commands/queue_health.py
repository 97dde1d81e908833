"""How the queue of a kiosk is, by the limits in its settings, with what befell its store and its sending."""

from collections.abc import Collection
from datetime import datetime, timedelta

from kiosk.config import Settings
from kiosk.outbox import QueueCondition
from kiosk.queue_alarm import Alarm, AlarmRules, QueueHealth, Tally, Troubles, queue_health
from kiosk.store import Store
from kiosk.store_set_aside import set_aside_folders
from sync.alarms import SyncAlarm
from sync.losses import lost_slip_codes


def troubles_of(
    store: Store, settings: Settings, condition: QueueCondition | None = None, heard: Collection[SyncAlarm] = ()
) -> Troubles:
    """What befell store and kiosk; `condition` and `heard` are the running loop's. Blocks: it looks at the disk."""
    return Troubles(
        store_set_aside=bool(set_aside_folders(settings.data_folder)),
        clone_refused=condition is QueueCondition.CLONED,
        portal_lost=len(lost_slip_codes(store)),
        heard=frozenset(Alarm(alarm.value) for alarm in heard),
    )


def health_of(tally: Tally, settings: Settings, now: datetime, troubles: Troubles) -> QueueHealth:
    """How the queue is."""
    rules = AlarmRules(
        alarm_after=timedelta(hours=settings.queue.alarm_after_h),
        export_after=timedelta(hours=settings.queue.export_after_h),
    )
    return queue_health(tally, now, rules, troubles)
