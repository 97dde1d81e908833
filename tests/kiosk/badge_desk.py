"""A real store with people who have badges, for the tests of badges, shifts and rosters."""

from datetime import timedelta
from pathlib import Path

from kiosk.badges import MadeBadge, NewHelper, new_badge, verifier_of
from kiosk.helper_desk import BadgedHelper
from kiosk.keys import DemoKeys, derive
from kiosk.roster import Roster, RosterHelper
from kiosk.store import Store
from kiosk.store_folder import DATABASE_NAME
from kiosk.store_schema import connect
from tests.fakes import FakeClock

PIN, UNIT = "2718", "Đoàn phường Mẫu"


def opened(folder: Path, clock: FakeClock) -> Store:
    return Store.open(folder / "store", DemoKeys(folder / "keys"), clock, reserve_bytes=0)


def made(store: Store, clock: FakeClock, name: str, pin: str = PIN, days: int = 30) -> MadeBadge:
    """Give somebody a badge."""
    new = NewHelper(name, UNIT, ("0900000001",), clock.now() + timedelta(days=days))
    badge = store.badges.add(new, pin, clock.now())
    assert isinstance(badge, MadeBadge), badge
    return badge


def listed(badge: MadeBadge, pin: str = PIN, *, revoked: bool = False) -> RosterHelper:
    """That person in a roster."""
    return RosterHelper(
        code=badge.helper.code,
        name=badge.helper.name,
        unit=badge.helper.unit,
        phones=badge.helper.phones,
        badge_sha256=badge.badge.sha256,
        pin_verifier=verifier_of(badge.badge, pin),
        valid_until=badge.valid_until,
        revoked=revoked,
    )


def at_portal(clock: FakeClock, code: str, name: str, days: int = 90) -> MadeBadge:
    """A badge that the portal made."""
    new = NewHelper(name, UNIT, ("0900000002",), clock.now() + timedelta(days=days)).canonical()
    return MadeBadge(new_badge(code), BadgedHelper(code, new.name, new.unit, new.phones), new.valid_until)


def roster(clock: FakeClock, version: int, *helpers: RosterHelper, agency: str = "H26.01") -> Roster:
    """A list of the portal."""
    return Roster(agency=agency, version=version, issued_at=clock.now(), helpers=helpers)


def kinds(folder: Path) -> tuple[list[str], str]:
    """The events of the closed store, and every cell that is kept of badges, as text."""
    connection = connect(folder / "store" / DATABASE_NAME, derive(DemoKeys(folder / "keys").key(), "db"))
    try:
        told = [str(kind) for (kind,) in connection.execute("SELECT kind FROM event ORDER BY seq")]
        kept = [
            connection.execute(f"SELECT * FROM {table}").fetchall() for table in ("helper", "helper_shift", "event")
        ]
        return told, str(kept)
    finally:
        connection.close()
