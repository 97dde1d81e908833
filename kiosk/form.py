"""The form of a service as data: pages, fields, rules and conditions, and the answers to them. No code in data."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class FieldType(StrEnum):
    """What a field takes. The value of its answer: text for all but number (int), yes_no (bool), address (Address),
    and table (a tuple of TableRow)."""

    TEXT = "text"
    NAME = "name"
    ID_NUMBER = "id_number"
    NUMBER = "number"
    PHONE = "phone"
    EMAIL = "email"
    DATE = "date"
    CHOICE = "choice"
    YES_NO = "yes_no"
    ADDRESS = "address"
    TABLE = "table"


class Source(StrEnum):
    """Where an answer came from. A card is a typing aid, not a proof: CARD is never shown as verified. COMPUTED follows
    from another answer (Computed)."""

    CARD = "card"
    CITIZEN = "citizen"
    HELPER = "helper"
    COMPUTED = "computed"


class Privacy(StrEnum):
    """How a value is shown: plain, masked until the person asks (numbers keep their last three digits), or private:
    masked, and its page covered until the citizen has sent a helper to look away."""

    PLAIN = "plain"
    MASKED = "masked"
    PRIVATE = "private"


@dataclass(frozen=True, slots=True)
class Address:
    """An address of today's two tiers. Codes are the statistics office's; `as_printed` keeps a card's old text."""

    province_code: str
    province_name: str
    commune_code: str
    commune_name: str
    line: str
    as_printed: str = ""

    def __str__(self) -> str:
        return ", ".join(part for part in (self.line, self.commune_name, self.province_name) if part)


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row of a table: column id to value. A cell that was left open, or is "đến nay", is not there."""

    cells: Mapping[str, "str | int | bool | Address"]


# A date is ISO 8601 text of reduced precision ("1958", "1958-03", "1958-03-27"): see kiosk.dates.PartialDate.
AnswerValue = str | int | bool | Address | tuple[TableRow, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer, who gave it, and when. `unknown` says that the citizen does not know, where the law allows that.
    `helper` stands for the helper who typed it, "" for one that no helper typed."""

    value: AnswerValue
    source: Source
    at: datetime
    unknown: bool = False
    helper: str = ""


Answers = Mapping[str, Answer]


class Op(StrEnum):
    """The comparisons that conditions and rules may make."""

    EQUALS = "equals"
    ONE_OF = "one_of"
    ANSWERED = "answered"
    AT_LEAST = "at_least"
    FULL_DATE = "full_date"  # the date is known to the day


@dataclass(frozen=True, slots=True)
class Compare:
    """One comparison of a field's answer with constants; false while the field has no answer, or an unknown one.
    A `field` "fact:route" compares a fact that the desk knows instead (kiosk.conditions)."""

    field: str
    op: Op
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AllOf:
    """True when every part is true."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """True when some part is true."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """True when the part is false."""

    part: "Condition"


Condition = Compare | AllOf | AnyOf | Not


class RuleKind(StrEnum):
    """The checks that a field may ask for beyond its type."""

    MIN = "min"  # number, or length of a text
    MAX = "max"
    PATTERN = "pattern"
    NOT_AFTER_TODAY = "not_after_today"
    NOT_BEFORE_FIELD = "not_before_field"  # a date field: not before another, "12 born": at least 12 years after it
    NOT_AFTER_FIELD = "not_after_field"  # not after another; "12 born": at least 12 years before it
    DIFFERS_FROM = "differs_from"  # the answer is not that of another field of the same type
    FULL_DATE = "full_date"  # year alone will not do
    MONTH_KNOWN = "month_known"  # a month at least
    MIN_AGE = "min_age"  # a birth date: full years, today
    MAX_AGE = "max_age"
    STARTS_AT_AGE = (
        "starts_at_age"  # a table of periods: "14 birth_date"; the first begins by the month of that birthday
    )
    NO_GAPS = "no_gaps"  # a table of periods: none of more than one month
    NO_OVERLAPS = "no_overlaps"
    ENDS_TODAY = "ends_today"  # the last period goes on


@dataclass(frozen=True, slots=True)
class Rule:
    """One check and the sentence that says how to mend what fails it. What fails a rule that only asks (`ask`) is
    questioned once and taken when the citizen stays with it. The message of a rule about periods may name the place
    with {start} and {end}."""

    kind: RuleKind
    argument: str
    message: str
    ask: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """One option. `code` is what is stored and sent, `label` what is read; it is open only while `when` holds."""

    code: str
    label: str
    hint: str = ""
    when: Condition | None = None


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that is asked.

    `prefill` names what the card can offer ("card.name") or another field of the form ("field:requester_name").
    While `same_when` holds, the field is not asked, for its answer is that of the other field: a person who asks for
    their own paper is named once, and stands in both blocks. `code_list` names a shared list of choices too long to
    stand here. `role` says which place of the dossier the answer fills ("submitter.name", "delivery.by"), "" for none.
    `common` are the codes of a long list that most people have: they are shown as rows, the list behind a last one.
    `offer` names what may be offered in one touch though nobody has said that it is the answer ("card.commune_office").
    A table has `columns` (fields of simple types, no conditions), from `rows_min` to `rows_max` rows, and `row_label`
    for one of them ("Nơi ở"); its columns `start` and `end`, if it has them, make its rows periods.
    """

    id: str
    type: FieldType
    label: str
    hint: str = ""
    required: bool = True
    required_when: Condition | None = None
    unknown_label: str = ""  # "" where "I don't know" is not a lawful answer
    choices: tuple[Choice, ...] = ()
    code_list: str = ""
    common: tuple[str, ...] = ()
    offer: str = ""
    rules: tuple[Rule, ...] = ()
    prefill: str = ""
    same_when: Condition | None = None
    role: str = ""
    privacy: Privacy = Privacy.PLAIN
    uppercase: bool = False
    columns: tuple["Field", ...] = ()
    row_label: str = ""
    rows_min: int = 1
    rows_max: int = 30


@dataclass(frozen=True, slots=True)
class Stop:
    """Why the form ends here for this person, and the way on: another service by its code, "" where the text has it."""

    text: str
    instead: str = ""


class ComputedKind(StrEnum):
    """What follows from a date. Each is without an answer where the date is not known well enough."""

    # Full years today (number). Of a year or month alone it counts from its first day, as the law does where no more is
    # known of a birth (Joint Circular 01/2016/TTLT-TANDTC-VKSNDTC-BTP, Art. 2, on the age to marry).
    AGE_YEARS = "age_years"
    DAYS_SINCE = "days_since"  # calendar days until today (number); a full date only
    # Days until the last working day before today (number); a full date only. A term of n days, which a day off at its
    # end makes longer (Civil Code 91/2015/QH13, Art. 148.5), is over exactly when this is at least n.
    TERM_DAYS = "term_days"
    DATE_WORDS = "date_words"  # the date in Vietnamese words (text); a full date only


@dataclass(frozen=True, slots=True)
class Computed:
    """An answer that follows from the date field `of` and is not asked; conditions may compare it."""

    id: str
    kind: ComputedKind
    of: str
    label: str


@dataclass(frozen=True, slots=True)
class QuestionPage:
    """One page: one question, or fields one thinks of together. Its title is what the citizen reads first. A page with
    a `stop` asks nothing: while its `when` holds, it is the last one, and nothing can be filed."""

    id: str
    section: str
    title: str
    hint: str
    fields: tuple[Field, ...]
    when: Condition | None = None
    stop: Stop | None = None


@dataclass(frozen=True, slots=True)
class Form:
    """All pages of a service's form in their order, and what is computed from their answers."""

    id: str
    version: str
    pages: tuple[QuestionPage, ...]
    computed: tuple[Computed, ...] = ()

    def field(self, field_id: str) -> Field:
        """The field of that id; KeyError if the form has none."""
        for page in self.pages:
            for field in page.fields:
                if field.id == field_id:
                    return field
        raise KeyError(field_id)


@dataclass(frozen=True, slots=True)
class FieldProblem:
    """What is wrong with one answer, in words that say how to mend it."""

    field_id: str
    message: str
