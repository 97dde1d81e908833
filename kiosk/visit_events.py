"""What can happen in a visit, as values: what the screens tell, and what the step table answers to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType
from uuid import UUID

from kiosk.card import CardRead
from kiosk.catalog import Route, Service
from kiosk.documents import Document
from kiosk.form import Answer
from kiosk.visit import Confirmation, ConsentGiven, Helper, HelperKind, Visit


@dataclass(frozen=True, slots=True)
class Begun:
    """The citizen wants to file: afresh, or with a visit that was `kept` (kiosk.draft)."""

    kept: Visit | None = None


@dataclass(frozen=True, slots=True)
class ServiceChosen:
    """The service, by the route that it has at this office, on that day in that province (see Visit). Where it was
    `called` by a name that says more, that is in `said`."""

    service: Service
    route: Route
    on: date | None = None
    province: str = ""
    last_workday: date | None = None
    called: str = ""
    said: Mapping[str, Answer] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class WentOn:
    """The page was read, or its work is finished: on to what follows."""


@dataclass(frozen=True, slots=True)
class WentBack:
    """One place back."""


@dataclass(frozen=True, slots=True)
class Consented:
    """The citizen agreed that the data may be used for this filing, and works `alone`, or has yet to say with whom."""

    consent: ConsentGiven
    alone: bool = False


@dataclass(frozen=True, slots=True)
class HelperChosen:
    """Whether somebody helps, and in what role; who it is, is asked next: by a badge where helpers have one, else by
    the name alone. `represents`: nobody helps, and the citizen files for somebody else."""

    kind: HelperKind
    badge: bool = False
    represents: bool = False


@dataclass(frozen=True, slots=True)
class HelperNamed:
    """Who helps; the citizen is asked next."""

    helper: Helper


@dataclass(frozen=True, slots=True)
class HelperAgreed:
    """The citizen agreed to this helper, for this dossier, before the helper touched anything."""

    consent: ConsentGiven


@dataclass(frozen=True, slots=True)
class HelperPaused:
    """ "Tạm dừng hỗ trợ": from here on the citizen types."""


@dataclass(frozen=True, slots=True)
class HelperResumed:
    """The citizen wants the same helper again."""


@dataclass(frozen=True, slots=True)
class HelperChangeAsked:
    """ "Đổi người hỗ trợ": the helper has no right any more, and who helps is asked anew."""


@dataclass(frozen=True, slots=True)
class HelperExpired:
    """The helper's shift is over."""


@dataclass(frozen=True, slots=True)
class CurtainDrawn:
    """A private page may be seen: the citizen fills it in `alone`, or wants the helper to."""

    alone: bool


@dataclass(frozen=True, slots=True)
class HandedOver:
    """The citizen said yes to every question of the hand-over."""

    confirmation: Confirmation


@dataclass(frozen=True, slots=True)
class Doubted:
    """The citizen said no to a question of the hand-over, by its id: something is wrong in the dossier."""

    question: str


@dataclass(frozen=True, slots=True)
class PledgeAccepted:
    """The citizen made the pledge; where somebody helped, whether to file is asked once more."""


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
    | HelperAgreed
    | HelperPaused
    | HelperResumed
    | HelperChangeAsked
    | HelperExpired
    | CurtainDrawn
    | HandedOver
    | Doubted
    | PledgeAccepted
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
