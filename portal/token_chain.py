"""Tells a kiosk's disk from an older copy of it: each token brings a link, and the next request has to show it.

A kiosk keeps the link before it uses the token, so it always shows the last one that reached it. An answer may be lost
or a request come late, so every link that was given since the last one was shown is good until one of them is shown.
Whoever shows another has an older disk: it says so and joins again, and the chain that it leaves behind is remembered.
Nobody but a second disk can ever show a link of that one.
"""

import secrets
from datetime import datetime, timedelta

from sqlalchemy import Connection, Row, delete, select, update

from kiosk.manifest import sha256_hex
from kiosk.receipt import ProblemType
from portal.problems import Refused
from portal.schema import kiosk, token_link

# A person who puts back the wrong backup and then the right one brings a chain back once; two disks that both run bring
# theirs back again and again.
RETURNS_BORNE = 1
# An unused link may only be forgotten when no request that came before it can still be on the way: assertions are
# refused after seconds to minutes (portal/tokens.py), so an hour is ample.
UNUSED_LINK_LIFE = timedelta(hours=1)


class Forked(Refused):
    """Two disks call with one kiosk's key. Nothing is written yet: the transaction of the request is undone."""

    def __init__(self, kiosk_id: str) -> None:
        super().__init__(ProblemType.CLONED, "two machines called with this kiosk's key: enrol each of them again")
        self.kiosk_id = kiosk_id


def next_link(connection: Connection, kiosk_id: str, after: str, rejoin: str, now: datetime) -> str:
    """The link to give with a token to who shows the link `after` ("" for none). `rejoin` is what the last refusal
    said, from a kiosk that knows that it is behind. Raises Refused (KIOSK_BEHIND) and Forked."""
    of_kiosk = kiosk.c.kiosk_id == kiosk_id
    # Not the whole row's lock: the assertion that was just stored refers to it, and so does another request's.
    chain = connection.execute(select(kiosk).where(of_kiosk).with_for_update(key_share=True)).one()
    shown = sha256_hex(after.encode()) if after else ""
    mine = token_link.c.kiosk_id == kiosk_id
    if shown == chain.link_shown:
        stale = token_link.c.given_at < now - UNUSED_LINK_LIFE
        connection.execute(delete(token_link).where(mine, ~token_link.c.left_behind, stale))
    else:
        known = connection.execute(select(token_link).where(mine, token_link.c.link_sha256 == shown)).one_or_none()
        if known is None or known.left_behind:
            _leave(connection, chain, rejoin, now, returns=known is not None)
            connection.execute(delete(token_link).where(mine, token_link.c.link_sha256 == shown))
        else:
            connection.execute(delete(token_link).where(mine, ~token_link.c.left_behind))
        connection.execute(update(kiosk).where(of_kiosk).values(link_shown=shown))
    link = secrets.token_urlsafe(32)
    _keep(connection, kiosk_id, sha256_hex(link.encode()), now, left_behind=False)
    return link


def mark_cloned(connection: Connection, kiosk_id: str, now: datetime) -> None:
    """From now on neither disk may call; each can be enrolled again as a successor."""
    of_kiosk = (kiosk.c.kiosk_id == kiosk_id) & kiosk.c.cloned_at.is_(None)
    connection.execute(update(kiosk).where(of_kiosk).values(cloned_at=now))


def _leave(
    connection: Connection, chain: Row[tuple[object, ...]], rejoin: str, now: datetime, *, returns: bool
) -> None:
    """Leave the chain that was going on, if the caller asks for it as it stands now: a request that was on the way
    while the chain went on must not undo what came after it."""
    mark = f"{chain.rejoins}.{chain.link_shown[:16]}"
    if rejoin != mark:
        raise Refused(ProblemType.KIOSK_BEHIND, "say `rejoin`: this disk is not the one that asked last", rejoin=mark)
    if returns and chain.returns >= RETURNS_BORNE:
        raise Forked(chain.kiosk_id)
    going_on = (token_link.c.kiosk_id == chain.kiosk_id) & ~token_link.c.left_behind
    connection.execute(update(token_link).where(going_on).values(left_behind=True))
    _keep(connection, chain.kiosk_id, chain.link_shown, now, left_behind=True)
    counted = {"rejoins": chain.rejoins + 1, "returns": chain.returns + int(returns)}
    connection.execute(update(kiosk).where(kiosk.c.kiosk_id == chain.kiosk_id).values(counted))


def _keep(connection: Connection, kiosk_id: str, link_sha256: str, now: datetime, *, left_behind: bool) -> None:
    row = {"kiosk_id": kiosk_id, "link_sha256": link_sha256, "given_at": now, "left_behind": left_behind}
    connection.execute(token_link.insert().values(row))
