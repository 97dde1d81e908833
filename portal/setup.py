"""Make a portal ready before its first start: for the demo, the tour, and the person who installs it."""

import re

from portal.accounts import Accounts
from portal.enrolment import Office, new_code
from portal.instants import Now, utc_now
from portal.opening import open_portal
from portal.settings import Settings

# The agency's part of a national dossier code, for example "H32.15".
AGENCY_CODE_PATTERN = r"[0-9A-Z]{2,3}(\.[0-9A-Z]{2,3})*"


def prepare(settings: Settings, office: Office, *, account: tuple[str, str] | None = None, now: Now = utc_now) -> str:
    """Make the portal if it is not there yet, and a one-time enrolment code for a kiosk of the office. `account` is
    the name and password of a person who may read there.

    Raises CannotStart, and ValueError for an agency code that cannot stand in a national dossier code or an account
    that will not do.
    """
    if not re.fullmatch(AGENCY_CODE_PATTERN, office.agency_code):
        raise ValueError(f"not an agency's code: {office.agency_code!r}")
    portal = open_portal(settings, now)
    try:
        if account is not None:
            Accounts(portal.database, portal.now).add(*account)
        with portal.database.write() as connection:
            return new_code(connection, office, portal.now())
    finally:
        portal.database.close()
