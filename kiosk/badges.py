"""The badge of a helper and its PIN: what the QR says, what is kept of it, and what a badge can be made for.

Kiosk and portal alike make badges, so the rules are here. Neither keeps a badge's secret: a digest tells whether it is
the right one, and a PIN can only be tried by who has the badge, for its secret goes into the PIN's hash.
"""

import hashlib
import hmac
import re
import secrets
from base64 import b32encode
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from kiosk.dates import vietnam_day
from kiosk.helper_desk import BadgedHelper
from kiosk.staff import canonical_name, is_easy
from kiosk.vietnamese import fold

QR_PREFIX = "DTCB1:"
CODE_PATTERN = r"[A-Z]{1,4}-[0-9]{4}"
LOCAL_MARK = "K"  # ends the code of a badge that this kiosk made: a roster can have none that is the same
PIN_MIN_DIGITS = 4
PIN_MAX_DIGITS = 6
NAME_MAX_LENGTH = 60
UNIT_MAX_LENGTH = 80
PHONES_AT_MOST = 5

# Whose badge has been over for so long is forgotten: a name is kept no longer than somebody may ask who had that code.
KEPT_AFTER_END = timedelta(days=365)

# OWASP's cheapest parameters for Argon2id (Password Storage Cheat Sheet). What protects so short a PIN is the badge's
# secret, which is hashed with it and kept nowhere.
MEMORY_KIB = 19 * 1024
_PASSES = 2

_SECRET_BYTES = 16  # 128 bits: not to be guessed
_BADGE = re.compile(rf"{QR_PREFIX}({CODE_PATTERN}{LOCAL_MARK}?):([A-Z2-7]{{26}})")
_INITIALS_AT_MOST = 4
_NO_INITIALS = "TN"  # of a name without a Latin letter: tình nguyện
_PHONE = re.compile(r"0[35789][0-9]{8}|02[0-9]{9}")  # as dialled at home
# Of four digits people choose years more than anything else (Bonneau, Preibusch, Anderson: A birthday present every
# eleven wallets?, FC 2012).
_FIRST_YEAR, _LAST_YEAR = 1940, 2029


@dataclass(frozen=True, slots=True)
class Badge:
    """What a badge's QR says. `secret` is random, and on the badge alone."""

    code: str
    secret: str = field(repr=False)

    @property
    def text(self) -> str:
        """The QR's text: in its alphanumeric mode, so that the code is coarse enough for a cheap camera."""
        return f"{QR_PREFIX}{self.code}:{self.secret}"

    @property
    def sha256(self) -> str:
        """What is kept of it. A plain digest: nobody guesses 128 random bits."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    def fits(self, sha256: str) -> bool:
        """Whether that digest is of this badge."""
        return hmac.compare_digest(self.sha256, sha256)


class Origin(StrEnum):
    """Who has given a badge. The values are kept in the store."""

    LOCAL = "local"
    ROSTER = "roster"


class NewBadgeRefusal(StrEnum):
    """Why no badge is made. The values go over the local socket."""

    NAME = "name"
    UNIT = "unit"
    PHONE = "phone"
    PIN_LENGTH = "pin_length"
    PIN_EASY = "pin_easy"
    TWICE = "twice"
    """Somebody of that name and unit has a badge already: a badge is for one person."""
    UNTIL = "until"
    """The day until which it is to be good is over."""
    OVER = "over"
    """The badge that is to be made again has ended: its holder gets another, with another code."""
    UNKNOWN = "unknown"
    """Nobody here has that code, or whoever has is not this office's to decide on."""


@dataclass(frozen=True, slots=True)
class NewHelper:
    """Who is to have a badge. `again`: this is another person than the one of the same name and unit."""

    name: str
    unit: str
    phones: tuple[str, ...]
    valid_until: datetime
    again: bool = False

    def is_called_as(self, other: BadgedHelper) -> bool:
        """Whether name and unit are those of somebody who has a badge; capitals make no other person."""
        ours, theirs = (self.name, self.unit), (other.name, other.unit)
        return tuple(map(str.casefold, ours)) == tuple(map(str.casefold, theirs))

    def canonical(self) -> "NewHelper":
        """Names without doubled spaces, phones as dialled at home."""
        phones = tuple(dict.fromkeys(map(canonical_phone, self.phones)))
        name, unit = canonical_name(self.name), canonical_name(self.unit)
        return NewHelper(name, unit, phones, self.valid_until, self.again)


@dataclass(frozen=True, slots=True)
class BadgeHolder:
    """Somebody who has a badge, or had one. `on_duty_until` is the end of the shift under way."""

    helper: BadgedHelper
    origin: Origin
    valid_until: datetime
    revoked: bool
    on_duty_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class MadeBadge:
    """A badge and whose it is, as it is printed: this is the only time that the secret is seen."""

    badge: Badge
    helper: BadgedHelper
    valid_until: datetime

    @property
    def last_day(self) -> date:
        """The last whole day, in Việt Nam, on which it is good."""
        return vietnam_day(self.valid_until - timedelta(seconds=1))


def read_badge(text: str) -> Badge | None:
    """The badge of a QR's text; None for anything else."""
    found = _BADGE.fullmatch(text.strip()) if len(text) < 100 else None
    return Badge(found[1], found[2]) if found else None


def new_badge(code: str) -> Badge:
    """A badge with a new secret."""
    return Badge(code, b32encode(secrets.token_bytes(_SECRET_BYTES)).decode().rstrip("="))


def new_code(name: str, *, local: bool) -> str:
    """A code to be said on the phone: initials and four random digits, "NVM-0231". Whoever gives it sees to it that
    nobody has it."""
    letters = re.sub(r"[^a-z ]", "", fold(name)).upper().split()
    initials = "".join(word[0] for word in letters)[:_INITIALS_AT_MOST] or _NO_INITIALS
    return f"{initials}-{secrets.randbelow(10_000):04d}{LOCAL_MARK if local else ''}"


def refusal_of(new: NewHelper, pin: str, now: datetime) -> NewBadgeRefusal | None:
    """What is wrong with a canonical helper and a PIN by themselves, if anything."""
    if not _is_line(new.name, NAME_MAX_LENGTH):
        return NewBadgeRefusal.NAME
    if not _is_line(new.unit, UNIT_MAX_LENGTH):
        return NewBadgeRefusal.UNIT
    if len(new.phones) > PHONES_AT_MOST or not all(map(_PHONE.fullmatch, new.phones)):
        return NewBadgeRefusal.PHONE
    if new.valid_until <= now:
        return NewBadgeRefusal.UNTIL
    return pin_refusal_of(pin)


def pin_refusal_of(pin: str) -> NewBadgeRefusal | None:
    """What is wrong with a PIN, if anything."""
    if not (pin.isascii() and pin.isdigit() and PIN_MIN_DIGITS <= len(pin) <= PIN_MAX_DIGITS):
        return NewBadgeRefusal.PIN_LENGTH
    year = len(pin) == PIN_MIN_DIGITS and _FIRST_YEAR <= int(pin) <= _LAST_YEAR
    return NewBadgeRefusal.PIN_EASY if year or is_easy(pin) else None


def random_pin() -> str:
    """A PIN of the most digits that nobody chose."""
    while True:
        pin = f"{secrets.randbelow(10**PIN_MAX_DIGITS):0{PIN_MAX_DIGITS}d}"
        if pin_refusal_of(pin) is None:
            return pin


def canonical_phone(phone: str) -> str:
    """A number as it is dialled at home, without spaces and dots: +84 912.345.678 is 0912345678."""
    digits = re.sub(r"[\s.\-()]", "", phone)
    return "0" + digits[3:] if digits.startswith("+84") else digits


def verifier_of(badge: Badge, pin: str) -> str:
    """What is kept of the PIN: an Argon2id string that says nothing without the badge. Takes some 20 ms."""
    return _hasher().hash(_keyed(badge, pin))


def pin_fits(badge: Badge, pin: str, verifier: str) -> bool:
    """Whether it is the PIN of that badge. Takes as long."""
    try:
        return _hasher().verify(verifier, _keyed(badge, pin))
    except (VerificationError, InvalidHashError):
        return False


def _keyed(badge: Badge, pin: str) -> bytes:
    return hmac.digest(badge.secret.encode(), pin.encode(), "sha256")


def _hasher() -> PasswordHasher:
    return PasswordHasher(time_cost=_PASSES, memory_cost=MEMORY_KIB, parallelism=1)


def _is_line(text: str, max_length: int) -> bool:
    return 0 < len(text) <= max_length and text.isprintable()
