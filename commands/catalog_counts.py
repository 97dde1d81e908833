"""What a catalogue holds, in numbers: a line for each way of counting its services and facts."""

from collections import Counter
from collections.abc import Iterable, Iterator

from kiosk.catalog import Catalog, Confidence, Fact, Route, Service


def counts(catalog: Catalog) -> Iterator[str]:
    """The lines of `kiosk catalog check`, for people and for scripts: a name, then what was counted."""
    services = catalog.services
    yield f"version     {catalog.version}"
    yield f"updated on  {catalog.updated_on}"
    yield f"services    {len(services)}"
    yield f"fileable    {sum(map(fileable, services))}"
    yield f"own forms   {len(services) - _with_shared_form(services)}"
    yield f"questions   {sum(_questions(services))}"
    yield f"fields      {_table(service.field.name for service in services)}"
    yield f"routes      {_table(service.route.value for service in services)}"
    yield f"levels      {_table(str(level(service)) for service in services)}"
    yield f"named       {_table(service.named.confidence.value for service in services)}"
    yield f"facts       {_table(fact.confidence.value for service in services for fact in facts(service))}"


def level(service: Service) -> int:
    """The level of online service at this kiosk (Decree 43/2011/NĐ-CP, Art. 3): 1 where it only informs."""
    return 1 if service.information_only else service.level


def fileable(service: Service) -> bool:
    """Whether a dossier of it can be filed from here, and not only prepared."""
    return not service.information_only and service.route is not Route.PREPARE


def facts(service: Service) -> list[Fact]:
    """Everything that the service tells, and that has a source."""
    single = [service.named, service.authority, service.route_reason, service.level_fact, service.processing_time]
    single += [service.payment, service.result]
    single += [fact for fact in (service.paper_form, service.linked_first and service.linked_first.fact) if fact]
    listed = [*service.legal_basis, *service.notes, *service.after_filing]
    listed += [deadline.fact for deadline in service.deadlines]
    return [*single, *listed, *(fee.fact for fee in service.fees), *(part.fact for part in service.parts)]


def unverified(service: Service) -> int:
    """How many of its facts nobody has verified."""
    return sum(fact.confidence is Confidence.UNVERIFIED for fact in facts(service))


def _with_shared_form(services: Iterable[Service]) -> int:
    """A form of a service's own has the service's code as its id."""
    return sum(service.form.id != service.code for service in services)


def _questions(services: Iterable[Service]) -> Iterator[int]:
    """The number of fields of each form, a shared one counted once."""
    forms = {service.form.id: service.form for service in services}
    return (len(page.fields) for form in forms.values() for page in form.pages)


def _table(names: Iterable[str]) -> str:
    return ", ".join(f"{name} {count}" for name, count in sorted(Counter(names).items()))
