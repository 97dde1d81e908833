"""A kiosk with a real store on a disk that can be copied, at a real portal behind real HTTP."""

import shutil
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from random import Random
from uuid import UUID

from jwt.utils import base64url_decode

from kiosk.keys import DemoKeys
from kiosk.manifest import Manifest
from kiosk.outbox import Held, Refused, State, TryLater
from kiosk.ports import Clock
from kiosk.store import Identity, Store
from portal.enrolment import new_code
from portal.opening import Portal
from sync.enrolment import Enrolled, enrol, load_enrolment, open_portal
from sync.portal import PortalPort
from sync.server_time import ServerTime
from sync.succession import Succeeded, succeed
from sync.syncer import Rules, Syncer, SyncReport
from sync.transport import Transport
from sync.waiting import Waiting
from tests.portal.desk import OFFICE
from tests.sample_dossiers import sample_dossier


def code_at(portal: Portal, follows: str | None = None) -> str:
    """A one-time code."""
    with portal.database.write() as connection:
        return new_code(connection, OFFICE, portal.now(), follows)


@dataclass
class RealKiosk:
    """One disk: the store, with its keys beside it. `start` opens it, `stop` is the end of the program."""

    folder: Path
    url: str
    clock: Clock
    rules: Rules = field(default_factory=lambda: Rules(check_up_every_s=0, grace=timedelta(seconds=-1)))

    def start(self) -> "RealKiosk":
        """Open the store and the way to the portal."""
        self.keys = DemoKeys(self.folder / "keys")
        self.store = Store.open(self.folder / "store", self.keys, self.clock, reserve_bytes=0)
        self.portal: PortalPort = open_portal(
            load_enrolment(self.store), self.keys, self.clock, ServerTime(self.clock), None, self.store
        )
        self.syncer = Syncer(self.store, self.portal, self.clock, Random(1), self.rules)
        return self

    def stop(self) -> None:
        """The program ends."""
        self.portal.close()
        self.store.close()

    def restart(self) -> None:
        """The program ends and begins anew: no token is remembered."""
        self.stop()
        self.start()

    def copy_to(self, folder: Path) -> "RealKiosk":
        """The disk as it is now, keys and all, on another machine or in a backup."""
        self.stop()
        shutil.copytree(self.folder, folder)
        self.start()
        return RealKiosk(folder, self.url, self.clock, self.rules)

    def put_back(self, backup: "RealKiosk") -> None:
        """Put the disk of a backup in the place of this one."""
        self.stop()
        shutil.rmtree(self.folder)
        shutil.copytree(backup.folder, self.folder)
        self.start()

    def enrol(self, code: str) -> Succeeded | Waiting | Refused | TryLater | Held:
        """As `kiosk enrol` does."""
        transport = Transport(self.url, ServerTime(self.clock))
        result = enrol(transport, code, self.keys, "máy thử", store=self.store)
        transport.close()
        if not isinstance(result, Enrolled):
            return result
        done = succeed(self.store, result, self.clock.now())
        self.restart()
        return done

    @property
    def enrolled(self) -> Enrolled:
        enrolled = load_enrolment(self.store)
        assert enrolled is not None
        return enrolled

    @property
    def name(self) -> str:
        """Its name at the portal."""
        return self.enrolled.enrolment.kiosk_id

    def file(self, number: int) -> UUID:
        """A citizen files a small dossier."""
        of = self.enrolled.enrolment
        identity = Identity(of.kiosk_id, of.recovery_key_id, base64url_decode(of.recovery_public_key))
        dossier = sample_dossier(number, b"paper %d" % number)
        self.store.seal(dossier, identity)
        return dossier.client_ref

    def round(self) -> SyncReport:
        """One round of sending."""
        return self.syncer.run_once(self.clock.now())

    def token_ends(self) -> SyncReport:
        """One round with a new token."""
        self.restart()
        return self.round()

    def states(self) -> dict[int, State]:
        """Where each dossier is, by its number."""
        return {entry.client_ref.int: entry.state for entry in self.store.entries()}

    def seq(self, client_ref: UUID) -> int:
        """The number in the sealed manifest."""
        return Manifest.model_validate_json(self.store.manifest(client_ref)).seq

    def events(self, kind: str) -> int:
        """How often that is in the audit chain."""
        query = "SELECT count(*) FROM event WHERE kind = ?"
        count: int = self.store._worker.read(lambda connection: connection.execute(query, (kind,)).get)
        return count
