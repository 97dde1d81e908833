"""Calls for help from kiosks: who called, what was on the screen, and whether somebody of the office has seen it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Connection, delete, select, update

from kiosk.receipt import HelpCallAnswer, HelpCallBeat, ProblemType
from portal.enrolment import Kiosk
from portal.opening import Portal
from portal.problems import Refused
from portal.schema import help_call, kiosk

SILENT_S = 30
"""A kiosk that has not been heard for so long has lost its line, or its power: the call is shown as such."""
LASTS_S = 30 * 60
KEPT_DAYS = 1


@dataclass(frozen=True, slots=True)
class OpenCall:
    """A call that is not over. `silent`: the kiosk was not heard of for a while; somebody may still be waiting."""

    call_id: str
    office: str
    device: str
    page: str
    called_at: datetime
    silent: bool
    seen_by: str


def hear(portal: Portal, caller: Kiosk, call_id: UUID, beat: HelpCallBeat) -> HelpCallAnswer:
    """The kiosk calls, still calls, or ends its call; may be repeated at will. Raises Refused (NOT_FOUND) for a call of
    another kiosk.

    A kiosk has one call: an earlier one that is open, of a program that was killed, is over.
    """
    now = portal.now()
    with portal.database.write() as connection:
        known = connection.execute(select(help_call).where(help_call.c.call_id == str(call_id))).one_or_none()
        if known is None:
            _begin(connection, caller, call_id, beat, now)
            return HelpCallAnswer(seen=False)
        if known.kiosk_id not in caller.names:
            raise Refused(ProblemType.NOT_FOUND, "this kiosk made no such call")
        heard = {"heard_at": now, "page": beat.page} | ({"over_at": now} if beat.over and not known.over_at else {})
        connection.execute(update(help_call).where(help_call.c.call_id == str(call_id)).values(heard))
    return HelpCallAnswer(seen=known.seen_at is not None)


def open_calls(portal: Portal) -> tuple[OpenCall, ...]:
    """Those that are not over, the one that has waited longest first."""
    now = portal.now()
    young = help_call.c.called_at > now - timedelta(seconds=LASTS_S)
    wanted = (
        select(help_call, kiosk.c.office_name, kiosk.c.device_name)
        .join(kiosk, kiosk.c.kiosk_id == help_call.c.kiosk_id)
        .where(help_call.c.over_at.is_(None) & young)
        .order_by(help_call.c.called_at)
    )
    with portal.database.read() as connection:
        return tuple(
            OpenCall(
                row.call_id,
                row.office_name,
                row.device_name,
                row.page,
                row.called_at,
                row.heard_at < now - timedelta(seconds=SILENT_S),
                row.seen_by,
            )
            for row in connection.execute(wanted)
        )


def see(portal: Portal, call_id: UUID, account: str) -> None:
    """Somebody of the office says that they come; the first one's word stands."""
    first = (help_call.c.call_id == str(call_id)) & help_call.c.seen_at.is_(None)
    with portal.database.write() as connection:
        connection.execute(update(help_call).where(first).values(seen_at=portal.now(), seen_by=account))


def _begin(connection: Connection, caller: Kiosk, call_id: UUID, beat: HelpCallBeat, now: datetime) -> None:
    connection.execute(delete(help_call).where(help_call.c.called_at < now - timedelta(days=KEPT_DAYS)))
    earlier = help_call.c.kiosk_id.in_(caller.names) & help_call.c.over_at.is_(None)
    connection.execute(update(help_call).where(earlier).values(over_at=now))
    connection.execute(
        help_call.insert().values(
            call_id=str(call_id),
            kiosk_id=caller.id,
            page=beat.page,
            called_at=now,
            heard_at=now,
            over_at=now if beat.over else None,
        )
    )
