"""The ways to a scanner: by address, by name, or whatever hangs on this machine; and the list of all that are found."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from devices.auto_scanner import AutoScanner
from devices.escl_link import EsclLink
from devices.escl_scanner import EsclScanner
from devices.escl_search import FoundScanner, network_scanners, usb_scanners
from devices.sane_scanner import SaneScanner
from kiosk.ports import DeviceProblem, DeviceReason


@dataclass(frozen=True, slots=True)
class ListedScanner:
    """`way` is the driver that reaches it, `identity` what that driver takes, `name` its maker and model."""

    way: str
    identity: str
    name: str


def scanner_at(address: str, ca_file: Path | None = None) -> EsclScanner:
    """The eSCL scanner at an address. Raises ValueError for one that is none, OSError for an unreadable `ca_file`."""
    link = EsclLink(address, ca_file)
    return EsclScanner(lambda: (link,), address)


def scanner_named(name: str = "") -> EsclScanner:
    """The eSCL scanner with `name` in its name, on this machine or in the network; without a name the first of this
    machine: papers must never come out of a scanner in another room because it answered first."""
    return EsclScanner(lambda: _links(name), name)


def any_scanner(
    worker_command: Sequence[str], name: str = "", options: Mapping[str, str | int | float | bool] | None = None
) -> AutoScanner:
    """As `scanner_named`, and else by SANE, whose own `options` these are."""
    return AutoScanner([scanner_named(name), SaneScanner(worker_command, name, options)], name)


def listed_escl() -> list[ListedScanner]:
    """All eSCL scanners that are found now, on this machine and in the network: about two seconds."""
    return [ListedScanner("escl", found.addresses[0], found.name) for found in [*usb_scanners(), *network_scanners()]]


def listed_sane(worker_command: Sequence[str]) -> list[ListedScanner]:
    """All that SANE finds, eSCL scanners of the network among them: some seconds. Raises DeviceProblem."""
    return [ListedScanner("sane", name, label) for name, label in SaneScanner(worker_command).listed()]


def _links(name: str) -> Iterator[EsclLink]:
    """Those of this machine first; the network is searched only if none of them answers. Raises DeviceProblem when
    several of the network bear the name: the wrong one may have somebody else's paper on its glass."""
    yield from _links_of(each for each in usb_scanners() if name.casefold() in each.name.casefold())
    if name:
        found = network_scanners(name)
        if len(found) > 1:
            places = ", ".join(f"{each.name} at {each.addresses[0]}" for each in found)
            raise DeviceProblem(DeviceReason.FAILED, f"several scanners are called {name!r}, give an address: {places}")
        yield from _links_of(found)


def _links_of(found: Iterable[FoundScanner]) -> Iterator[EsclLink]:
    for scanner in found:
        for address in scanner.addresses:
            yield EsclLink(address)
