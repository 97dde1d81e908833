"""The roster of an agency's helpers as the portal signs it: pure wire types for kiosk and portal alike."""

from typing import Annotated, Literal

from pydantic import AwareDatetime, Field

from kiosk.badges import CODE_PATTERN, NAME_MAX_LENGTH, PHONES_AT_MOST, UNIT_MAX_LENGTH
from kiosk.manifest import Sha256, Wire
from kiosk.receipt import SEQ_MAX

ROSTER_MEDIA_TYPE = "application/vnd.diem-truy-cap.roster+json"
ROSTER_TYP = ROSTER_MEDIA_TYPE.removeprefix("application/")
# A list of 5,000 helpers, which no office has, is 2.4 MB.
ROSTER_MAX_BYTES = 8 * 1024 * 1024

_LINE = r"^[^\p{C}\p{Zl}\p{Zp}]+$"  # no control characters, and none that turns the direction of what follows
# At most 100 MB and four passes for one try: a wrong list must not stop a small machine.
_VERIFIER = r"^\$argon2id\$v=19\$m=[0-9]{1,5},t=[1-4],p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$"


class RosterHelper(Wire):
    """One helper. `badge_sha256` is of the text of the badge's QR; `pin_verifier` an Argon2id string (RFC 9106) over
    HMAC-SHA-256 of the PIN by the badge's secret, so that nobody can try PINs who has not the badge."""

    code: Annotated[str, Field(pattern=f"^{CODE_PATTERN}$")]
    name: Annotated[str, Field(pattern=_LINE, max_length=NAME_MAX_LENGTH)]
    unit: Annotated[str, Field(pattern=_LINE, max_length=UNIT_MAX_LENGTH)]
    phones: tuple[Annotated[str, Field(pattern=r"^0[0-9]{9,10}$")], ...] = Field(default=(), max_length=PHONES_AT_MOST)
    badge_sha256: Sha256
    pin_verifier: Annotated[str, Field(pattern=_VERIFIER)]
    valid_until: AwareDatetime
    revoked: bool = False


class Roster(Wire):
    """The payload of the roster's signature (JWS, EdDSA, `typ` ROSTER_TYP): everybody who has a badge of the agency,
    and whose was taken away. `version` only ever rises; whoever is not in it has no badge."""

    name: Literal["roster"] = "roster"
    agency: str  # its code
    version: int = Field(ge=0, le=SEQ_MAX)
    issued_at: AwareDatetime
    helpers: tuple[RosterHelper, ...] = ()


class SignedRoster(Wire):
    """The body of the answer: the roster as a compact JWS whose header names the key (`kid`)."""

    roster: str
