"""The form of a service as data: pages, fields, rules and conditions, and the answers to them. No code in data."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class FieldType(StrEnum):
    """What a field takes. The value of its answer: text for all but number (int), yes_no (bool), address (Address)."""

    TEXT = "text"
    NAME = "name"
    ID_NUMBER = "id_number"
    NUMBER = "number"
    PHONE = "phone"
    DATE = "date"
    CHOICE = "choice"
    YES_NO = "yes_no"
    ADDRESS = "address"


class Source(StrEnum):
    """Where an answer came from. A card is a typing aid, not a proof: CARD is never shown as verified."""

    CARD = "card"
    CITIZEN = "citizen"
    HELPER = "helper"


class Privacy(StrEnum):
    """How a value is shown: plain, or masked until the person asks (numbers keep their last three digits)."""

    PLAIN = "plain"
    MASKED = "masked"


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


# A date is ISO 8601 text of reduced precision ("1958", "1958-03", "1958-03-27"): see kiosk.dates.PartialDate.
AnswerValue = str | int | bool | Address


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer, who gave it, and when. `unknown` says that the citizen does not know, where the law allows that."""

    value: AnswerValue
    source: Source
    at: datetime
    unknown: bool = False


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
    NOT_BEFORE_FIELD = "not_before_field"  # a date field: not before another date field
    FULL_DATE = "full_date"  # year alone will not do


@dataclass(frozen=True, slots=True)
class Rule:
    """One check and the sentence that says how to mend what fails it."""

    kind: RuleKind
    argument: str
    message: str


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
    rules: tuple[Rule, ...] = ()
    prefill: str = ""
    same_when: Condition | None = None
    role: str = ""
    privacy: Privacy = Privacy.PLAIN
    uppercase: bool = False


@dataclass(frozen=True, slots=True)
class QuestionPage:
    """One page: one question, or fields one thinks of together. Its title is what the citizen reads first."""

    id: str
    section: str
    title: str
    hint: str
    fields: tuple[Field, ...]
    when: Condition | None = None


@dataclass(frozen=True, slots=True)
class Form:
    """All pages of a service's form in their order."""

    id: str
    version: str
    pages: tuple[QuestionPage, ...]

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
