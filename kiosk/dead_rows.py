"""Finds the fees and parts of a service that no answers to its form ever bring up: a mistake in their conditions."""

from collections.abc import Iterator

from kiosk.catalog import FeeRule, Service
from kiosk.conditions import FACT_PREFIX, PROVINCE
from kiosk.form import Compare, Op
from kiosk.reachability import never_true

Place = tuple[str, int, str]


def dead_rows(service: Service) -> Iterator[tuple[Place, str]]:
    """Where the condition stands, and what is wrong with it."""
    for index, fee in enumerate(service.fees):
        if fee.when is not None and never_true(service.form, fee.when, *_limits(fee)):
            yield ("fees", index, "when"), f"no answers ever lead to the fee {fee.reason!r}"
    for index, part in enumerate(service.parts):
        if part.when is not None and never_true(service.form, part.when):
            yield ("parts", index, "when"), f"no answers ever lead to the part {part.code!r}"


def _limits(fee: FeeRule) -> Iterator[Compare]:
    """The row's routes and provinces as conditions."""
    yield Compare(FACT_PREFIX + "route", Op.ONE_OF, fee.routes)
    if fee.provinces:
        yield Compare(FACT_PREFIX + PROVINCE, Op.ONE_OF, fee.provinces)
