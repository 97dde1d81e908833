"""The counter's back office (kiosk.filing.Filing): the store, the loop that sends, and the standing with the portal."""

from uuid import UUID

from jwt.utils import base64url_decode

from kiosk.catalog import Coded
from kiosk.dossier import Desk, Dossier
from kiosk.errors import DiskFull, StoreCorrupt, StoreProblem
from kiosk.filing import NotReady
from kiosk.outbox import OutboxEntry, QueueCondition
from kiosk.receipt import Receipt
from kiosk.store import Identity, Store
from sync.enrolment import Enrolled
from sync.loop import SyncLoop
from sync.server_time import ServerTime

CLOCK_TOLERANCE_S = 120.0  # within this the kiosk's own time may stand in a dossier as checked


class BackOffice:
    """Joins what the screens see as one."""

    def __init__(
        self,
        store: Store,
        loop: SyncLoop,
        enrolled: Enrolled | None,
        versions: tuple[str, str],
        server_time: ServerTime,
        phone: str = "",
    ) -> None:
        """`versions` are those of the catalogue and of the areas; `phone` is the desk's own, if the settings have one:
        citizens are told it in place of the portal's."""
        self._store = store
        self._loop = loop
        self._enrolled = enrolled
        self._versions = versions
        self._server_time = server_time
        self._phone = phone

    def desk(self) -> Desk | NotReady:
        """Where this kiosk files; not ready before it is enrolled."""
        if self._enrolled is None:
            return NotReady.NOT_ENROLLED
        enrolment = self._enrolled.enrolment
        agency, offset_s = enrolment.agency, self._server_time.offset_s
        agrees = offset_s is not None and abs(offset_s) <= CLOCK_TOLERANCE_S
        return Desk(
            kiosk_id=enrolment.kiosk_id,
            agency=Coded(agency.code, agency.name, agency.scheme, agency.scheme_version),
            office_name=enrolment.office_name,
            phone=self._phone or enrolment.hotline,
            catalog_version=self._versions[0],
            areas_version=self._versions[1],
            test=enrolment.test,
            clock="portal_checked" if agrees else "unchecked",
        )

    def seal(self, dossier: Dossier) -> OutboxEntry:
        """Durable first; then the loop is told."""
        if self._enrolled is None:
            raise LookupError("not enrolled")
        enrolment = self._enrolled.enrolment
        key = base64url_decode(enrolment.recovery_public_key)
        identity = Identity(enrolment.kiosk_id, enrolment.recovery_key_id, key)
        try:
            entry = self._store.seal(dossier, identity)
        except (DiskFull, StoreCorrupt):
            raise
        except StoreProblem:
            # An answer that came too late may hide a dossier that is sealed. The store has one thread: asking again
            # waits behind the sealing, changes nothing that is done, and its answer is the truth.
            entry = self._store.seal(dossier, identity)
        self._loop.kick()
        return entry

    def wait_for_receipt(self, client_ref: UUID, timeout_s: float) -> OutboxEntry:
        """Blocks until the receipt is there, the line is known to be down, or the time is over."""
        self._loop.kick()
        return self._loop.wait_for(client_ref, timeout_s)

    def receipt(self, client_ref: UUID) -> Receipt | None:
        """The verified receipt, if there is one."""
        found = self._store.receipt(client_ref)
        return found[0] if found else None

    def condition(self) -> QueueCondition:
        """What holds the line."""
        return self._loop.condition
