"""What of a dossier the office's civil-status software takes over: the shipped contract, read when first needed."""

import logging
from functools import cached_property
from pathlib import Path

from kiosk.catalog import Catalog, Service
from kiosk.catalog_file import read_release
from kiosk.civil_status_export import as_bytes, export
from kiosk.conditions import Facts
from kiosk.exchange import Exchange
from kiosk.exchange_file import read_exchange
from kiosk.form import Answers

_log = logging.getLogger(__name__)


class ShippedExchange:
    """Writes messages by the contract of the resources, for the services of a catalogue."""

    def __init__(self, resources: Path, catalog: Catalog) -> None:
        self._resources = resources
        self._catalog = catalog

    def write(self, service: Service, answers: Answers, facts: Facts, areas_version: str) -> bytes | None:
        """The message as a file, or None where the contract has no module for the service. Blocks for some 30 ms the
        first time."""
        message = export(self._exchange, service, answers, facts, areas_version)
        return None if message is None else as_bytes(message)

    @cached_property
    def _exchange(self) -> Exchange:
        forms = {service.code: service.form for service in self._catalog.services}
        release = read_release(self._resources)
        exchange, found = read_exchange(self._resources / "exchange", release.code_lists, forms)
        for problem in found:
            _log.warning("civil-status exchange: a service is left out: %s", problem)
        return exchange
