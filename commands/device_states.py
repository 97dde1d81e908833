"""How the devices are, as plain values: what `kiosk devices` prints and what the running kiosk answers."""

from collections.abc import Mapping
from typing import Any

from devices.deadline import all_within
from devices.installed import readers_of_print
from kiosk.counter_devices import Asked, CounterDevices, DeviceKind, named_devices
from kiosk.ports import DeviceProblem, DeviceStatus, Ready, Unavailable

TIMEOUT_S = 40.0  # SANE lists what is on the network within 30 s; a driver that needs longer hangs


def device_states(devices: Mapping[DeviceKind, Asked], timeout_s: float = TIMEOUT_S) -> dict[str, Any]:
    """{"devices": [{"device", "name", "status", "reason", "detail", "needed"}]}, in their order. All are asked at the
    same time, and one that hangs is told as such; so this takes at most `timeout_s`. No device has to be there that is
    not `needed`."""
    answers = all_within(timeout_s, {kind: device.status for kind, device in devices.items()})
    return {
        "devices": [
            {"device": kind, "name": device.name, **_fields(answers[kind]), "needed": kind.needed}
            for kind, device in devices.items()
        ]
    }


def asked_of(devices: CounterDevices) -> dict[DeviceKind, Asked]:
    """All that can be asked how it is: the counter's devices, and the programs that read print."""
    return {**named_devices(devices), **readers_of_print()}


def _fields(answer: DeviceStatus | DeviceProblem) -> dict[str, Any]:
    status = Unavailable(answer.reason, answer.detail) if isinstance(answer, DeviceProblem) else answer
    reason = None if isinstance(status, Ready) else status.reason.value
    return {"status": type(status).__name__.lower(), "reason": reason, "detail": status.detail}
