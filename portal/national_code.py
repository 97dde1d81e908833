"""The national dossier code: given by the portal at acceptance, once and for ever."""

import contextlib
from datetime import datetime

from sqlalchemy import Connection, bindparam, insert, update
from sqlalchemy.exc import IntegrityError

from portal.instants import VIETNAM
from portal.schema import counter

_RISE = (
    update(counter)
    .where(counter.c.agency_code == bindparam("agency"), counter.c.day == bindparam("of_day"))
    .values(last=counter.c.last + 1)
    .returning(counter.c.last)
)


def give_code(connection: Connection, agency_code: str, accepted_at: datetime) -> str:
    """`{agency}-{yymmdd}-{NNNN}` (Circular 01/2018/TT-VPCP Art. 19): the day in Vietnam's time, and the next number
    of that agency on that day, at least four digits. It is used up when the transaction commits."""
    day = accepted_at.astimezone(VIETNAM).strftime("%y%m%d")
    return f"{agency_code}-{day}-{_next_number(connection, agency_code, day):04d}"


def _next_number(connection: Connection, agency_code: str, day: str) -> int:
    """The update holds the row until the transaction ends, so two commits never read the same number."""
    of_day = {"agency": agency_code, "of_day": day}
    number = connection.scalar(_RISE, of_day)
    if number is None:
        # The first of the day; where another transaction was quicker, its row is there to raise.
        with contextlib.suppress(IntegrityError), connection.begin_nested():
            connection.execute(insert(counter).values(agency_code=agency_code, day=day, last=0))
        number = connection.execute(_RISE, of_day).scalar_one()
    return int(number)
