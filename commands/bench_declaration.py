"""How long a declaration takes to print to PDF/A, its child process included, for every form of this release."""

import time
from datetime import date

from commands.bench_figure import Figure, figure_of
from commands.self_command import self_command
from devices.declaration_pdf import DeclarationPdf
from kiosk.catalog_file import load_catalog, read_release
from kiosk.declaration import Signing, declaration_content
from kiosk.resources import resource_path

DECLARATION_MS = 60.0
ROUNDS = 5
SIGNING = Signing("Ủy ban nhân dân xã Mẫu", "Mẫu", date(2026, 11, 21), demo=True)


def measure() -> list[Figure]:
    """Each of the release's forms, blank, one after another, some rounds. A filled form is as long; a data sheet or a
    list grows with its tables, by a few milliseconds a page."""
    printer = DeclarationPdf(self_command("typst-worker"), resource_path("declarations"), resource_path("fonts"))
    catalog = load_catalog(resource_path("catalog"), read_release(resource_path()))
    by_template = {service.declaration: service for service in catalog.services if service.declaration}
    times = []
    for _round in range(ROUNDS):
        for service in by_template.values():
            content = declaration_content(service, {}, SIGNING)
            start_s = time.perf_counter()
            printer.render(content)
            times.append(1000 * (time.perf_counter() - start_s))
    figure = figure_of(f"declaration: {len(by_template)} forms", "ms", times)
    return [figure.judged_by(figure.middle, "median", DECLARATION_MS)]
