"""What the page of devices of a running kiosk is given."""

from dataclasses import replace

from commands.acceptance_target import acceptance_target
from commands.composition import Counter
from commands.office_devices import devices_in_use
from devices.code_reader import ZxingCodeReader
from devices.installed import readers_of_print
from devices.registry import make_printer
from kiosk.resources import resource_path
from ui.staff_devices import StaffDevices


def staff_devices(counter: Counter) -> StaffDevices:
    """Its printer notes no slip in the audit: a test is none."""
    printer = make_printer(counter.settings.printer, resource_path("fonts"))
    devices = replace(devices_in_use(counter.equipment), printer=printer)
    return StaffDevices(devices, ZxingCodeReader(), acceptance_target, readers_of_print())
