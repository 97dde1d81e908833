"""The devices of a counter, made from its settings or taken from the kiosk that runs."""

from commands.self_command import self_command
from devices.registry import (
    make_camera,
    make_code_scanner,
    make_files,
    make_lamp,
    make_page_printer,
    make_printer,
    make_scanner,
)
from kiosk.config import Settings
from kiosk.counter_devices import CounterDevices
from kiosk.resources import resource_path
from ui.context import Equipment


def office_devices(settings: Settings) -> CounterDevices:
    """All that the settings name. Raises ConfigProblem."""
    return CounterDevices(
        camera=make_camera(settings.camera),
        scanner=make_scanner(settings.scanner, self_command("sane-worker")),
        printer=make_printer(settings.printer, resource_path("fonts")),
        paper_camera=make_camera(settings.paper_camera) if settings.paper_camera else None,
        page_printer=make_page_printer(settings.page_printer),
        code_scanner=make_code_scanner(settings.code_scanner),
        files=make_files(settings.files, self_command("file-worker")),
        lamp=make_lamp(settings.lamp),
    )


def devices_in_use(equipment: Equipment) -> CounterDevices:
    """Those that the running kiosk itself uses: each knows whether it has its device open."""
    paper_camera = equipment.paper_camera
    return CounterDevices(
        camera=equipment.camera,
        scanner=equipment.scanner,
        printer=equipment.printer,
        paper_camera=None if paper_camera is equipment.camera else paper_camera,
        page_printer=equipment.page_printer,
        code_scanner=equipment.code_scanner,
        files=equipment.files,
        lamp=equipment.lamp,
    )
