"""The services that can be filed here, as values; every fact in them has its source."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
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


class Online(StrEnum):
    """How far a service goes without coming in person (Decree 42/2022/NĐ-CP, Art. 4): what were levels 4 and 3 of
    Decree 43/2011/NĐ-CP are "toàn trình" and "một phần"."""

    WHOLE = "toan_trinh"
    PART = "mot_phan"
    IN_PERSON = "truc_tiep"
    UNKNOWN = "chua_ro"


class LifeEvent(StrEnum):
    """What happens in a life that brings people to the desk; services are found by it."""

    BIRTH = "birth"
    MARRIAGE = "marriage"
    BEREAVEMENT = "bereavement"
    JOB = "job"
    HOUSE = "house"
    COPIES = "copies"


class Picture(StrEnum):
    """What a paper looks like, for the picture beside its name."""

    ID_CARD = "id_card"
    FORM = "form"
    CERTIFICATE = "certificate"
    DECISION = "decision"
    LETTER = "letter"
    PHOTO = "photo"
    PAPERS = "papers"


class TimeUnit(StrEnum):
    """How the days of a service are counted."""

    WORKING_DAYS = "working_days"
    CALENDAR_DAYS = "calendar_days"


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
class PageTariff:
    """A fee by pages and copies of each paper of a table: the rule's amount for each of the first `first_pages` pages,
    `later_vnd` for each further one, at most `cap_vnd` for one copy (Circular 226/2016/TT-BTC, Art. 4)."""

    table: str
    pages: str
    copies: str
    first_pages: int
    later_vnd: int
    cap_vnd: int


@dataclass(frozen=True, slots=True)
class FeeRule:
    """One row of the fee table. The first row whose dates, province, routes and condition fit is the fee; amounts in
    đồng, None where the province's council sets one that is not known here ("hỏi quầy"). `provinces` are two-digit
    codes, empty for all. `per_field` names the number field that multiplies the amount (copies)."""

    code: str
    name: str
    amount_vnd: int | None
    reason: str
    fact: Fact
    routes: tuple[Route, ...]
    provinces: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None
    when: Condition | None = None
    per_field: str = ""
    per_pages: PageTariff | None = None
    kind: str = "phi"  # phi (service fee) or le_phi (state charge)


@dataclass(frozen=True, slots=True)
class DossierPart:
    """One component of the dossier. `when` says for whom it is needed; `alternatives` what may stand in its place;
    `replaced_by_data` that the office looks it up itself; `shown_only` that it is brought along and shown at the
    counter, and not captured here; `return_original` that the paper goes back at once. Of `copy_kinds` the first is
    what the dossier says of the paper when nobody is asked: it must claim no more than what people bring."""

    code: str
    name: str
    hint: str
    required: bool
    fact: Fact
    when: Condition | None = None
    copy_kinds: tuple[str, ...] = ("original",)
    alternatives: tuple[str, ...] = ()
    replaced_by_data: str = ""
    shown_only: bool = False
    return_original: bool = True
    max_pages: int = 20
    picture: Picture = Picture.PAPERS


@dataclass(frozen=True, slots=True)
class Processing:
    """The days that the office has from the day after it took the dossier; 0 is the same day, and with `cutoff_hour`
    a dossier taken at or after that hour counts as taken on the next working day."""

    days: int
    unit: TimeUnit
    cutoff_hour: int | None = None


@dataclass(frozen=True, slots=True)
class Deadline:
    """A term of the law for the citizen: so many calendar days after the date in the form's field. `text` says what has
    to be done by then, `late_text` what being late means."""

    field: str
    days: int
    text: str
    late_text: str
    fact: Fact


@dataclass(frozen=True, slots=True)
class SaidByName:
    """What a person has said who chooses the service by this one of its everyday names: the choice of that field, which
    is not asked again. `life_events` are those under which the service goes by this name."""

    name: str
    field: str
    choice: str
    life_events: tuple[LifeEvent, ...] = ()


@dataclass(frozen=True, slots=True)
class Linked:
    """Another service that does this one's work together with others in one go, to be offered first."""

    code: str
    fact: Fact


@dataclass(frozen=True, slots=True)
class Service:
    """One procedure. Everything a citizen is told about it is a Fact with its source.

    `named` says where code and name are from. While it is unverified the service is information only. `code` is the
    national one, or an id of ours that begins with "x." where none was found.
    """

    code: str
    name: str
    named: Fact
    everyday_names: tuple[str, ...]
    aliases: tuple[str, ...]  # other names, and codes that are no longer used
    field: Coded
    authority: Fact
    route: Route
    route_reason: Fact
    online: Online
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
    addressee: str = ""  # whom the printed declaration is addressed to, "" for the office of this counter
    copies_field: str = ""
    notes: tuple[Fact, ...] = ()  # what else the citizen should know before starting
    after_filing: tuple[Fact, ...] = ()  # what the citizen still has to do when it is filed
    life_events: tuple[LifeEvent, ...] = ()
    processing: Processing | None = None
    deadlines: tuple[Deadline, ...] = ()
    linked_first: Linked | None = None
    paper_form: Fact | None = None  # the official form that is filled in on paper, and where it is had
    said_by_name: tuple[SaidByName, ...] = ()
    fees_known_until: date | None = None  # after this day no amount is told; None for ever (Catalog.fees_good_for)

    @property
    def information_only(self) -> bool:
        """Whether it can only be read about here: nobody files under a code or name that nobody has verified."""
        return self.named.confidence is not Confidence.FOUND

    def said_by(self, name: str) -> SaidByName | None:
        """What the name says, where it says anything."""
        return next((said for said in self.said_by_name if said.name == name), None)

    @property
    def plain_name(self) -> str:
        """The everyday name of the whole service: the first that says nothing more, else the first of all."""
        silent = (name for name in self.everyday_names if self.said_by(name) is None)
        return next(silent, self.everyday_names[0] if self.everyday_names else self.name)

    @property
    def official_code(self) -> str:
        """The national code as it may be shown and printed, "" where it is not certain."""
        return "" if self.information_only else self.code

    @property
    def level(self) -> int:
        """The level of online service, 2 to 4, as people know it (Decree 43/2011/NĐ-CP, Art. 3)."""
        return {Online.WHOLE: 4, Online.PART: 3}.get(self.online, 2)

    def open_on(self, day: date) -> bool:
        """Whether it may be filed on that day: the first and the last day of its facts count."""
        return (self.valid_from or date.min) <= day <= (self.valid_to or date.max)


@dataclass(frozen=True, slots=True)
class Catalog:
    """All services, and the version that every dossier filled with them pins. `updated_on` is the day when the facts
    were last gone through; `first` are the codes of the services that most people come for, while a desk does not know
    its own yet."""

    version: str
    updated_on: date
    services: tuple[Service, ...]
    first: tuple[str, ...] = ()

    def fees_good_for(self, days: int) -> "Catalog":
        """The same, with fees that are told until so many days after the last update: then they may have changed."""
        until = self.updated_on + timedelta(days=days)
        return replace(self, services=tuple(replace(service, fees_known_until=until) for service in self.services))

    def service(self, code: str) -> Service:
        """The service of that code; KeyError if there is none."""
        for service in self.services:
            if service.code == code:
                return service
        raise KeyError(code)


def as_told(text: str, confidence: Confidence) -> str:
    """A text of the catalogue as a person is told it: nobody may rely on what was not verified without knowing."""
    return _(text) if confidence is Confidence.FOUND else _(text) + " " + _("(cần hỏi lại quầy)")
