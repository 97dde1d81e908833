"""A portal's chain of tokens in memory, and disks that ask it over a line that loses, delays and doubles."""

import sqlite3
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import cast

from sqlalchemy import StaticPool, create_engine, func, select

from portal.problems import Refused
from portal.schema import kiosk, metadata, token_link
from portal.token_chain import Forked, next_link
from tests.portal.desk import NOON

NAME = "kiosk-1"
# What is on its way for longer is refused for its `iat` (portal/tokens.py).
LATE_AT_MOST = timedelta(minutes=5)


class Chain:
    """The portal's half."""

    def __init__(self) -> None:
        self.engine = create_engine("sqlite://", poolclass=StaticPool)
        self.now = NOON
        office = {"agency_code": "H32.15", "agency_name": "x", "office_name": "x", "hotline": "x"}
        with self.engine.begin() as connection:
            metadata.create_all(connection)
            row = {"kiosk_id": NAME, "public_key": "x", "device_name": "x", "enrolled_at": NOON, **office}
            connection.execute(kiosk.insert().values(row))

    def ask(self, after: str, rejoin: str = "") -> str:
        """The next link. Raises Refused."""
        with self.engine.begin() as connection:
            return next_link(connection, NAME, after, rejoin, self.now)

    def links(self) -> int:
        """How many are remembered."""
        with self.engine.begin() as connection:
            return connection.scalar(select(func.count()).select_from(token_link)) or 0

    def saved(self) -> bytes:
        """A backup of the portal's database."""
        return self._file.serialize()

    def put_back(self, saved: bytes) -> None:
        """Go on from a backup."""
        self._file.deserialize(saved)

    @property
    def _file(self) -> sqlite3.Connection:
        return cast(sqlite3.Connection, self.engine.raw_connection().driver_connection)


@dataclass
class Disk:
    """What a kiosk keeps, and requests of its that are still on their way."""

    chain: Chain
    link: str = ""
    late: list[tuple[datetime, str, str]] = field(default_factory=list)

    def token(self, fault: str = "", rejoin_fault: str = "") -> bool:
        """Ask for a token as sync/tokens.py does; whether one came. Raises Forked."""
        mark = self._ask(fault, "")
        if mark is None:
            return False
        return not mark or self._ask(rejoin_fault, mark) == ""

    def _ask(self, fault: str, rejoin: str) -> str | None:
        """ "" when a link came and is kept, what a refusal wants to hear, None when no answer came."""
        if fault == "late":
            self.late.append((self.chain.now, self.link, rejoin))
        if fault in ("late", "lost"):
            return None
        try:
            link = self.chain.ask(self.link, rejoin)
        except Forked:
            raise
        except Refused as refused:
            return None if fault else refused.problem.rejoin
        if fault:  # the answer is lost, or the program dies before it has kept the link
            return None
        self.link = link
        return ""

    def late_arrives(self, index: int) -> None:
        """A request that was given up reaches the portal; nobody hears the answer. Raises Forked."""
        self.late = [each for each in self.late if each[0] > self.chain.now - LATE_AT_MOST]
        if self.late:
            _sent_at, after, rejoin = self.late.pop(index % len(self.late))
            try:
                self.chain.ask(after, rejoin)
            except Forked:
                raise
            except Refused:
                return
