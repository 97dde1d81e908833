"""Which texts of a visit belong to a person and are never said over a loudspeaker, wherever on a page they stand."""

from collections.abc import Iterator

from kiosk.form import Address, AnswerValue, TableRow
from kiosk.spoken_privacy import unspoken
from kiosk.visit import Visit


def secrets_of(visit: Visit) -> tuple[str, ...]:
    """Addresses, ID numbers, telephones and e-mail addresses that the visit holds, the longest first."""
    found: set[str] = set()
    if visit.card is not None:
        found |= {visit.card.number, visit.card.old_number or "", *_parts(visit.card.address or "")}
    if visit.service is not None:
        kinds = {field.id: field for page in visit.service.form.pages for field in page.fields}
        for answers in (visit.answers, *visit.earlier.values()):
            for name, answer in answers.items():
                field = kinds.get(name)
                if isinstance(answer.value, Address | tuple) or (field is not None and unspoken(field)):
                    found |= set(_texts(answer.value))
    return tuple(sorted((text for text in found if len(text) > 3), key=len, reverse=True))


def _texts(value: AnswerValue) -> Iterator[str]:
    match value:
        case Address():
            yield from (str(value), *_parts(value.as_printed), value.line)
            yield from (f"{value.commune_name}, {value.province_name}", value.commune_name)
        case tuple():
            for row in value:
                yield from _of_row(row)
        case _:
            yield str(value)


def _of_row(row: TableRow) -> Iterator[str]:
    for cell in row.cells.values():
        if isinstance(cell, Address):
            yield from _texts(cell)


def _parts(address: str) -> Iterator[str]:
    """The whole, and what pages show of it: its last three parts, and its first as house and street."""
    parts = [part.strip() for part in address.split(",") if part.strip()]
    for count in range(2, len(parts) + 1):
        yield ", ".join(parts[-count:])
    yield address
    yield parts[0] if parts else ""
