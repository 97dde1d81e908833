"""What a portal holds after a fault, read below its HTTP: the evidence that the invariants judge."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy import select

from portal.instants import utc_now
from portal.jwk import signing_jwk
from portal.opening import Portal, open_portal
from portal.schema import submission
from portal.settings import Settings
from tests.fakes_portal import FakePortal


@dataclass(frozen=True, slots=True)
class HeldDossier:
    """One row of the portal: a dossier that came twice is here twice."""

    client_ref: UUID
    manifest: bytes
    receipt: str


@dataclass(frozen=True, slots=True)
class PortalEvidence:
    """Everything that a portal holds; `piece` gives None for one that is not there or not whole."""

    dossiers: tuple[HeldDossier, ...] = ()
    keys: Mapping[str, Ed25519PublicKey] = field(default_factory=dict)
    piece: Callable[[str], bytes | None] = lambda _sha256: None


NO_PORTAL = PortalEvidence()  # for a case in which no byte can have left the kiosk


def held_by_fake(server: FakePortal) -> PortalEvidence:
    """What the portal in memory holds."""
    dossiers = tuple(HeldDossier(ref, server.manifests[ref], jws) for ref, jws in server.receipts.items())
    return PortalEvidence(dossiers, {server.kid: server.signing.public_key()}, server.pieces.get)


def held_by(portal: Portal, kiosk_id: str = "") -> PortalEvidence:
    """What an open portal of ours holds; of one kiosk alone, if it is named."""
    wanted = select(submission).order_by(submission.c.received_at)
    if kiosk_id:
        wanted = wanted.where(submission.c.kiosk_id == kiosk_id)
    with portal.database.read() as connection:
        rows = connection.execute(wanted).all()
    dossiers = tuple(
        HeldDossier(UUID(row.client_ref), portal.sealing.open(row.manifest_sealed, row.client_ref), row.receipt)
        for row in rows
    )
    publics = [key.public_key() for key in portal.keys.signing]
    keys = {signing_jwk(key)["kid"]: key for key in publics}
    return PortalEvidence(dossiers, keys, portal.pieces.get)


@contextmanager
def evidence_of(settings: Settings) -> Iterator[PortalEvidence]:
    """What the portal of those settings holds, whether or not a process serves it now."""
    portal = open_portal(settings, utc_now)
    try:
        yield held_by(portal)
    finally:
        portal.database.close()


def settings_at(home: Path) -> Settings:
    """The places of a `tests.portal.running.RunningPortal`."""
    return Settings(f"sqlite:///{home / 'db' / 'portal.db'}", home / "papers", home / "keys", test=True)
