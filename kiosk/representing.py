"""Filing for another: the representative stands at the counter with the own card, and the form names who it is for.

A representative is no helper: the form's own question of whom it is for, and the paper of authority that it then asks
for, say all there is to say (kiosk.parties has submitter and owner).
"""

from kiosk.catalog import Service
from kiosk.form import Field, FieldType
from kiosk.form_rules import completed, display_text
from kiosk.texts import _
from kiosk.visit import Visit

FOR_WHOM, SELF = "for_whom", "self"
"""The id that all forms give to that question, and the code of "for myself"."""
AUTHORITY = "authorisation"
"""What the codes of the catalogue's parts begin with that are papers of authority."""


def can_represent(service: Service) -> bool:
    """Whether the service's form can be for another person than who files."""
    return any(field.id == FOR_WHOM or field.role == "owner.name" for field in _fields(service))


def is_for_another(visit: Visit) -> bool:
    """Whether the answers so far say that the dossier is for somebody else."""
    live = completed(visit.chosen().form, visit.answers, visit.facts)
    if (whom := live.get(FOR_WHOM)) is not None and whom.value != SELF:
        return True
    return any(field.id in live and field.role == "owner.name" for field in _fields(visit.chosen()))


def named_person(visit: Visit) -> str:
    """The name of whom the dossier is about: the owner, else the first person that it names beside who files it; ""
    where there is none but who files."""
    live = completed(visit.chosen().form, visit.answers, visit.facts)
    names = [field for field in _fields(visit.chosen()) if field.type is FieldType.NAME and field.id in live]
    told = {field: display_text(field, live[field.id].value) for field in names if not live[field.id].unknown}
    own = {told[field] for field in told if field.role == "submitter.name"}
    owners = [told[field] for field in told if field.role == "owner.name"]
    others = [told[field] for field in told if not field.role and told[field] not in own]
    return next(iter([*owners, *others]), "")


def representing_problem(visit: Visit) -> str:
    """What is wrong where somebody files for another and the answers name nobody else; "" where nothing is."""
    if not visit.represents or not can_represent(visit.chosen()) or is_for_another(visit):
        return ""
    return _(
        "Ông/bà làm hồ sơ thay người khác, nhưng hồ sơ đang ghi là của chính ông/bà. Mời ông/bà sửa câu hỏi làm cho ai."
    )


def authority_paper(visit: Visit) -> str:
    """The name of the paper of authority that was captured, "" where none was."""
    named = {part.code: part.name for part in visit.chosen().parts}
    papers = (named[code] for code in visit.documents if code.startswith(AUTHORITY) and code in named)
    return next(papers, "")


def _fields(service: Service) -> tuple[Field, ...]:
    return tuple(field for page in service.form.pages for field in page.fields)
