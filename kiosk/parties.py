"""The persons of a dossier: which answers say who submits it, who owns it and who receives the result."""

from kiosk.catalog import IdentityAssurance
from kiosk.form import Address, Answer, Source
from kiosk.form_rules import completed, display_text
from kiosk.manifest import Assurance, Delivery, Party, PersonalId, WireAddress, WireCode
from kiosk.representing import authority_paper
from kiosk.visit import Visit

AREA_SCHEME = "Danh mục đơn vị hành chính"


def wire_address(address: Address, areas_version: str) -> WireAddress:
    """An address with codes, names and the version of the list that the codes are from."""

    def code(value: str, name: str) -> WireCode:
        return WireCode(code=value, name=name, scheme=AREA_SCHEME, scheme_version=areas_version)

    return WireAddress(
        province=code(address.province_code, address.province_name),
        commune=code(address.commune_code, address.commune_name),
        line=address.line,
        as_printed=address.as_printed,
    )


def submitter(visit: Visit, areas_version: str) -> Party:
    """Who stands at the counter and files, with the paper that gives the right to do so for another."""
    party = _party(_Roles(visit), "submitter", visit, areas_version)
    return party.model_copy(update={"authority_document": authority_paper(visit)})


def owner(visit: Visit, areas_version: str) -> Party:
    """Whose dossier it is: who files it, unless the form names another person."""
    roles = _Roles(visit)
    return _party(roles, "owner" if roles.text("owner.name") else "submitter", visit, areas_version)


def delivery(visit: Visit, receiver: Party, areas_version: str) -> Delivery:
    """How the result comes back; to the counter, where the service does not ask."""
    roles = _Roles(visit)
    way = roles.answer("delivery.by")
    address = roles.answer("delivery.address")
    to = wire_address(address.value, areas_version) if address and isinstance(address.value, Address) else None
    match way.value if way else "desk":
        case "post":
            return Delivery(by="post", receiver=receiver, address=to or receiver.address)
        case "electronic":
            return Delivery(by="electronic", receiver=receiver)
        case _:
            return Delivery(by="desk", receiver=receiver)


def _party(roles: "_Roles", who: str, visit: Visit, areas_version: str) -> Party:
    address = roles.answer(f"{who}.address")
    return Party(
        name=roles.text(f"{who}.name"),
        birth_date=roles.date(f"{who}.birth_date"),
        sex=roles.text(f"{who}.sex"),
        ids=_ids(roles, who, visit),
        address=wire_address(address.value, areas_version) if address and isinstance(address.value, Address) else None,
        phone=roles.text(f"{who}.phone"),
        email=roles.text(f"{who}.email"),
        # What the form asks may be the relation to somebody whom the paper names: to an owner only where there is one.
        relation_to_owner=roles.text(f"{who}.relation") if roles.text("owner.name") else "",
        assurance=Assurance(level=_assurance(roles, who, visit).value),
    )


def _assurance(roles: "_Roles", who: str, visit: Visit) -> IdentityAssurance:
    """That of the visit, where the card gave what names the person: over it a citizen may type anybody."""
    named = [roles.answer(f"{who}.{part}") for part in ("name", "id_number")]
    by_card = all(answer.source is Source.CARD for answer in named if answer)
    return visit.assurance if by_card else IdentityAssurance.TYPED


def _ids(roles: "_Roles", who: str, visit: Visit) -> tuple[PersonalId, ...]:
    number = roles.text(f"{who}.id_number")
    if not number:
        return ()
    current = PersonalId(
        kind=roles.code(f"{who}.id_kind") or "personal_id",
        kind_name=roles.text(f"{who}.id_kind"),
        number=number,
        issued_on=roles.date(f"{who}.id_issued_on"),
        issued_by=roles.text(f"{who}.id_issued_by"),
    )
    old = visit.card.old_number if visit.card and visit.card.number == number else None
    return (current, PersonalId(kind="old_id_number", number=old)) if old else (current,)


class _Roles:
    """The answers of a visit, found by the place of the dossier that they fill."""

    def __init__(self, visit: Visit) -> None:
        answers = completed(visit.chosen().form, visit.answers, visit.facts)
        fields = [field for page in visit.chosen().form.pages for field in page.fields if field.role]
        given = {field.id: answer for field in fields if (answer := answers.get(field.id)) and not answer.unknown}
        # Two fields may fill one place, e.g. the ID number, or the number of the paper of who has none.
        self._given = {field.role: (field, given[field.id]) for field in reversed(fields) if field.id in given}

    def answer(self, role: str) -> Answer | None:
        return self._given[role][1] if role in self._given else None

    def text(self, role: str) -> str:
        if role not in self._given:
            return ""
        field, answer = self._given[role]
        return display_text(field, answer.value)

    def code(self, role: str) -> str:
        answer = self.answer(role)
        return str(answer.value) if answer else ""

    def date(self, role: str) -> str | None:
        """ISO text of reduced precision."""
        answer = self.answer(role)
        return str(answer.value) if answer else None
