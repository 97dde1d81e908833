"""How the kiosks of the fault tests are enrolled and find their portal: as the program does it, in one place."""

from jwt.utils import base64url_decode

from kiosk.keys import DemoKeys
from kiosk.ports import Clock
from kiosk.store import Identity, Store
from sync.enrolment import Enrolled, enrol, open_portal
from sync.portal import PortalPort
from sync.server_time import ServerTime
from sync.transport import Transport


def enrolled_at(url: str, code: str, keys: DemoKeys, clock: Clock) -> Enrolled:
    """Exchange the code for an enrolment."""
    transport = Transport(url, ServerTime(clock))
    answer = enrol(transport, code, keys, "máy thử")
    transport.close()
    assert isinstance(answer, Enrolled), answer
    return answer


def identity_of(enrolled: Enrolled) -> Identity:
    """Who the kiosk is when it seals."""
    given = enrolled.enrolment
    return Identity(given.kiosk_id, given.recovery_key_id, base64url_decode(given.recovery_public_key))


def way_to_portal(enrolled: Enrolled, keys: DemoKeys, clock: Clock, store: Store) -> PortalPort:
    """The portal as the syncer of that store sees it."""
    return open_portal(enrolled, keys, clock, ServerTime(clock), None, store)
