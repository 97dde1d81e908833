"""The visit: one citizen at the desk as a frozen value, the places it can be at, and the events that move it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from uuid import UUID

from kiosk.card import CardRead
from kiosk.catalog import IdentityAssurance, Route, Service
from kiosk.conditions import Facts, desk_facts
from kiosk.documents import Document
from kiosk.form import Answers, Source


class Step(StrEnum):
    """The screens of a visit. The values mean nothing; the order is the table's (kiosk.visit_steps)."""

    HOME = "home"
    CHOOSE = "choose"
    BEFORE = "before"
    CONSENT = "consent"
    HELPER = "helper"
    HELPER_NAME = "helper_name"
    HELPER_BADGE = "helper_badge"
    HELPER_CONSENT = "helper_consent"
    CARD = "card"
    CONFIRM = "confirm"
    FORM = "form"
    PARTS = "parts"
    CAPTURE = "capture"
    ORIGINALS = "originals"
    REVIEW = "review"
    HANDOVER = "handover"
    FILE = "file"
    CARD_AGAIN = "card_again"
    CERTAIN = "certain"
    SENDING = "sending"
    DONE = "done"
    GOODBYE = "goodbye"


class HelperKind(StrEnum):
    """Who stands beside the citizen. A helper works the machine and decides nothing."""

    NONE = "none"
    VOLUNTEER = "volunteer"
    STAFF = "staff"
    RELATIVE = "relative"


@dataclass(frozen=True, slots=True)
class Helper:
    """The helper as named on the pages that ask who helps. `code` is that of a badge which was shown with its PIN, ""
    for who was only named; then nobody has checked who it is. `phones` are the helper's own, as ten digits; the badge
    is good `until` then."""

    kind: HelperKind = HelperKind.NONE
    name: str = ""
    unit: str = ""
    code: str = ""
    phones: tuple[str, ...] = ()
    until: datetime | None = None

    @property
    def mark(self) -> str:
        """What stands for the helper in the dossier and on the slip."""
        return self.code or self.name


class ConsentKind(StrEnum):
    """What is consented to; each is asked for on its own, and none is ticked beforehand (Law 91/2025/QH15)."""

    PRIVACY = "privacy"
    HELPER = "helper"
    DECLARATION = "declaration"


@dataclass(frozen=True, slots=True)
class ConsentGiven:
    """A consent with the exact text that was on the screen."""

    kind: ConsentKind
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class PastHelp:
    """Somebody who helped with this dossier and does so no more, and what the citizen had agreed to."""

    helper: Helper
    consent: ConsentGiven


@dataclass(frozen=True, slots=True)
class Confirmation:
    """After the hand-over the citizen said yes to each of `questions`, about what `reviewed_sha256` is the digest of
    (kiosk.handover). `card_shown` says whether the card was shown once more for it."""

    at: datetime
    questions: tuple[str, ...]
    reviewed_sha256: str
    card_shown: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where the visit is: a step, and which page of the form or part of the dossier. `editing` came from the review."""

    step: Step
    page_id: str = ""
    part_code: str = ""
    editing: bool = False


CITIZENS_OWN = frozenset(
    (Step.HANDOVER, Step.FILE, Step.CARD_AGAIN, Step.CERTAIN, Step.SENDING, Step.DONE, Step.GOODBYE)
)
"""Where no helper has any right: what is decided there the citizen decides."""


@dataclass(frozen=True, slots=True)
class Visit:
    """One citizen's stay, from the first touch to the wipe; it may file several dossiers of this one person.

    `answers` may hold what the card says for questions that are not asked (kiosk.form_rules.completed leaves it out);
    `earlier` has those of the dossier before, by its service's code: twins have one mother. `on` is the day in Vietnam
    when the service was chosen: ages and terms count to it, so that midnight changes no question; `last_workday` is the
    working day before it. `province` is the desk's code, "" where unknown. A kept visit goes on at `returns_to`.
    `called` is the everyday name by which the service was chosen, "" for none of them.

    `helper` acts only with the citizen's consent, which stands in `consents`; `past_help` has who did so before,
    `past_phones` the own numbers of who did in a dossier before.
    `uncovered` is the private page whose curtain the citizen drew aside, `alone` whether without the helper.
    `represents` says that the citizen files for another by right or authority. `doubt` is the question of the
    hand-over (kiosk.handover) that the citizen said no to, until the review is left again.
    """

    place: Place = Place(Step.HOME)
    trail: tuple[Place, ...] = ()
    service: Service | None = None
    called: str = ""
    route: Route = Route.DESK
    on: date | None = None
    last_workday: date | None = None
    province: str = ""
    card: CardRead | None = None
    card_confirmed_at: datetime | None = None
    helper: Helper = Helper()
    consents: tuple[ConsentGiven, ...] = ()
    answers: Answers = field(default_factory=lambda: MappingProxyType({}))
    documents: Mapping[str, Document] = field(default_factory=lambda: MappingProxyType({}))
    filed: tuple[UUID, ...] = ()
    earlier: Mapping[str, Answers] = field(default_factory=lambda: MappingProxyType({}))
    returns_to: tuple[Place, ...] = ()
    helper_paused: bool = False
    past_help: tuple[PastHelp, ...] = ()
    past_phones: tuple[str, ...] = ()
    uncovered: str = ""
    alone: bool = False
    represents: bool = False
    confirmation: Confirmation | None = None
    doubt: str = ""

    @property
    def assurance(self) -> IdentityAssurance:
        """How sure the desk is of the person. A card's code is not signed: it is a typing aid."""
        return IdentityAssurance.CARD_CODE if self.card_confirmed_at else IdentityAssurance.TYPED

    @property
    def author(self) -> Source:
        """Who is typing, as far as the desk knows: the helper, while there is one who may."""
        return Source.HELPER if self.helper_acts else Source.CITIZEN

    @property
    def helper_agreed(self) -> bool:
        """Whether somebody helps, and the citizen has agreed to it."""
        return self.helper.kind is not HelperKind.NONE and any(
            consent.kind is ConsentKind.HELPER for consent in self.consents
        )

    @property
    def helper_acts(self) -> bool:
        """Whether the helper may touch the page that is shown."""
        by_oneself = self.place.step in CITIZENS_OWN or (self.alone and self.uncovered == self.place.page_id != "")
        return self.helper_agreed and not self.helper_paused and not by_oneself

    @property
    def helped(self) -> bool:
        """Whether anybody has helped with this dossier, who may be gone."""
        return self.helper_agreed or bool(self.past_help)

    @property
    def service_name(self) -> str:
        """The service as the citizen calls it."""
        return self.called or self.chosen().plain_name

    @property
    def facts(self) -> Facts:
        """What conditions may ask of the desk beside the answers."""
        return desk_facts(self.route, self.on, self.province, self.last_workday)

    def chosen(self) -> Service:
        """The service of this visit. Asking before one is chosen is a fault of ours."""
        if self.service is None:
            raise LookupError("no service is chosen yet")
        return self.service

    def at(self, place: Place) -> "Visit":
        """The visit moved forward to `place`, with the way back remembered."""
        return replace(self, place=place, trail=(*self.trail, self.place))

    def back(self) -> "Visit":
        """The visit one place back, with everything that was given kept."""
        if not self.trail:
            return self
        return replace(self, place=self.trail[-1], trail=self.trail[:-1])

    def back_to(self, step: Step) -> "Visit":
        """The visit at the latest place of that step on its way, or there afresh."""
        for index in range(len(self.trail) - 1, -1, -1):
            if self.trail[index].step is step:
                return replace(self, place=self.trail[index], trail=self.trail[:index])
        return self.at(Place(step))

    def with_document(self, document: Document) -> "Visit":
        """The visit with the pages of one part; a document without pages is none."""
        documents = {**self.documents, document.part_code: document}
        if not document.pages:
            del documents[document.part_code]
        return replace(self, documents=MappingProxyType(documents))
