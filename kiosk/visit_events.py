"""What can happen in a visit, as values: what the screens tell, and what the step table answers to."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from kiosk.card import CardRead
from kiosk.catalog import Route, Service
from kiosk.documents import Document
from kiosk.form import Answer
from kiosk.visit import ConsentGiven, Helper, HelperKind, Visit


@dataclass(frozen=True, slots=True)
class Begun:
    """The citizen wants to file: afresh, or with a visit that was `kept` (kiosk.draft)."""

    kept: Visit | None = None


@dataclass(frozen=True, slots=True)
class ServiceChosen:
    """The service, by the route that it has at this office, on that day in that province (see Visit)."""

    service: Service
    route: Route
    on: date | None = None
    province: str = ""
    last_workday: date | None = None


@dataclass(frozen=True, slots=True)
class WentOn:
    """The page was read, or its work is finished: on to what follows."""


@dataclass(frozen=True, slots=True)
class WentBack:
    """One place back."""


@dataclass(frozen=True, slots=True)
class Consented:
    """The citizen agreed that the data may be used for this filing."""

    consent: ConsentGiven


@dataclass(frozen=True, slots=True)
class HelperChosen:
    """Whether somebody helps, and in what role; a helper says the name on the next page."""

    kind: HelperKind


@dataclass(frozen=True, slots=True)
class HelperNamed:
    """Who helps, and that the citizen agreed to it before the helper touched anything."""

    helper: Helper
    consent: ConsentGiven


@dataclass(frozen=True, slots=True)
class CardShown:
    """A card's code was read."""

    card: CardRead


@dataclass(frozen=True, slots=True)
class CardConfirmed:
    """ "Đúng là tôi": what the card says is taken over as answers."""

    at: datetime


@dataclass(frozen=True, slots=True)
class CardLeftOut:
    """Not this person's card, or no card: everything is typed."""


@dataclass(frozen=True, slots=True)
class Answered:
    """The answers of one page of the form, checked already."""

    page_id: str
    answers: Mapping[str, Answer]


@dataclass(frozen=True, slots=True)
class Noted:
    """One answer of a page that is not finished, such as a table's rows so far, unchecked; None takes it back."""

    field_id: str
    answer: Answer | None


@dataclass(frozen=True, slots=True)
class PartOpened:
    """The papers of one part are to be captured or looked at."""

    part_code: str


@dataclass(frozen=True, slots=True)
class PagesChanged:
    """The pages of one part as they are now."""

    document: Document


@dataclass(frozen=True, slots=True)
class EditAsked:
    """ "Sửa" beside one row of the review: a page of the form, or a part."""

    page_id: str = ""
    part_code: str = ""


@dataclass(frozen=True, slots=True)
class DossierSealed:
    """The dossier is on encrypted, durable disk; from here on there is no way back."""

    client_ref: UUID
    declaration: ConsentGiven


@dataclass(frozen=True, slots=True)
class AnotherWanted:
    """A second dossier of the same person, who need not show the card again."""


@dataclass(frozen=True, slots=True)
class Left:
    """The visit is over: nothing of it stays."""


Event = (
    Begun
    | ServiceChosen
    | WentOn
    | WentBack
    | Consented
    | HelperChosen
    | HelperNamed
    | CardShown
    | CardConfirmed
    | CardLeftOut
    | Answered
    | Noted
    | PartOpened
    | PagesChanged
    | EditAsked
    | DossierSealed
    | AnotherWanted
    | Left
)
