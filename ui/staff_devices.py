"""What the page of devices is given: every device of the counter, and what is tried with them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from kiosk.counter_devices import Asked, CounterDevices, DeviceKind, named_devices
from kiosk.ports import CodeReader


@dataclass(frozen=True, slots=True)
class StaffDevices:
    """`readers` are programs that can only be asked how they are; `test_page` makes the PDF that the A4 printer is
    tried with, and blocks. The printer of slips is one that leaves no trace of a dossier."""

    devices: CounterDevices
    codes: CodeReader
    test_page: Callable[[], bytes]
    readers: Mapping[DeviceKind, Asked] = field(default_factory=dict)

    def asked(self) -> dict[DeviceKind, Asked]:
        """All that have a state, in the order in which they are shown."""
        return {**named_devices(self.devices), **self.readers}
