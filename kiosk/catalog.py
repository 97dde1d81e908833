"""The services that can be filed here, as values; every fact in them has its source."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kiosk.form import Condition, Form
from kiosk.texts import _


class Route(StrEnum):
    """How a service is filed at this office (design: the channel is a fact of the office, not of the screen)."""

    DESK = "desk"
    ONLINE_BY_AGREEMENT = "online_by_agreement"
    PREPARE = "prepare"


class Confidence(StrEnum):
    """How sure a fact is. UNVERIFIED facts are shown with "cần hỏi lại quầy"."""

    FOUND = "found"
    UNVERIFIED = "unverified"


@dataclass(frozen=True, slots=True)
class Fact:
    """A sentence or figure with where it is from and when that was read."""

    text: str
    source: str
    checked_on: date
    confidence: Confidence

    def told(self) -> str:
        """The text as a person is told it."""
        return as_told(self.text, self.confidence)


@dataclass(frozen=True, slots=True)
class Coded:
    """A code, its name, and the scheme that gives the code its meaning."""

    code: str
    name: str
    scheme: str
    scheme_version: str = ""


class IdentityAssurance(StrEnum):
    """How sure the desk is of a person, from least to most."""

    TYPED = "typed"
    CARD_CODE = "card_code"
    CARD_SEEN_BY_STAFF = "card_seen_by_staff"
    VNEID = "vneid"


@dataclass(frozen=True, slots=True)
class FeeRule:
    """One row of the fee table. The first row whose dates, routes and condition fit is the fee; amounts in đồng.
    `per_field` names the number field that multiplies the amount (copies)."""

    code: str
    name: str
    amount_vnd: int
    reason: str
    fact: Fact
    routes: tuple[Route, ...]
    valid_from: date | None = None
    valid_to: date | None = None
    when: Condition | None = None
    per_field: str = ""
    kind: str = "phi"  # phi (service fee) or le_phi (state charge)


@dataclass(frozen=True, slots=True)
class DossierPart:
    """One component of the dossier. `when` says for whom it is needed; `alternatives` what may stand in its place;
    `replaced_by_data` that the office looks it up itself; `return_original` that the paper goes back at once. Of
    `copy_kinds` the first is what the dossier says of the paper when nobody is asked: it must claim no more than what
    people bring."""

    code: str
    name: str
    hint: str
    required: bool
    fact: Fact
    when: Condition | None = None
    copy_kinds: tuple[str, ...] = ("original",)
    alternatives: tuple[str, ...] = ()
    replaced_by_data: str = ""
    return_original: bool = True
    max_pages: int = 20


@dataclass(frozen=True, slots=True)
class Service:
    """One procedure. Everything a citizen is told about it is a Fact with its source."""

    code: str
    name: str
    everyday_names: tuple[str, ...]
    aliases: tuple[str, ...]
    field: Coded
    authority: Fact
    route: Route
    route_reason: Fact
    level: int
    level_fact: Fact
    valid_from: date | None
    valid_to: date | None
    processing_time: Fact
    minutes_at_kiosk: int
    fees: tuple[FeeRule, ...]
    payment: Fact  # how and where the fee is paid, without a full stop
    parts: tuple[DossierPart, ...]
    result: Fact
    legal_basis: tuple[Fact, ...]
    needs_identity: IdentityAssurance
    form: Form
    declaration: str  # name of the printed declaration's template, "" where the service has none
    declaration_pledge: str
    copies_field: str = ""
    notes: tuple[Fact, ...] = ()  # what else the citizen should know before starting

    def open_on(self, day: date) -> bool:
        """Whether it may be filed on that day: the first and the last day of its facts count."""
        return (self.valid_from or date.min) <= day <= (self.valid_to or date.max)


@dataclass(frozen=True, slots=True)
class Catalog:
    """All services, and the version that every dossier filled with them pins."""

    version: str
    services: tuple[Service, ...]

    def service(self, code: str) -> Service:
        """The service of that code; KeyError if there is none."""
        for service in self.services:
            if service.code == code:
                return service
        raise KeyError(code)


def as_told(text: str, confidence: Confidence) -> str:
    """A text of the catalogue as a person is told it: nobody may rely on what was not verified without knowing."""
    return _(text) if confidence is Confidence.FOUND else _(text) + " " + _("(cần hỏi lại quầy)")
