"""Finds eSCL scanners: announced in the local network by mDNS, and USB ones that ipp-usb offers on this machine."""

import threading
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass

from zeroconf import InterfaceChoice, ServiceBrowser, ServiceInfo, ServiceStateChange, Zeroconf

from devices.escl_link import Call, EsclLink, EsclTimes
from devices.escl_messages import read_capabilities
from devices.safe_xml import MAX_BYTES, BadXml
from kiosk.ports import DeviceProblem

# Bonjour's names of eSCL ("eSCL Technical Specification" §4.1): with TLS, and without.
_SECURE, _PLAIN = "_uscans._tcp.local.", "_uscan._tcp.local."
_LISTEN_S = 1.5  # answers come within 20 to 120 ms (RFC 6762 §6); Wi-Fi that sleeps takes about a second
_TWIN_S = 0.2  # after the wanted one: its other service, with or without TLS
_ASK_MS = 500
_MAX_FOUND = 64

# ipp-usb gives its devices ports from 60000 on in the order in which they were first plugged in (ipp-usb(8)).
_USB_PORTS = range(60000, 60016)
_USB_TIMES = EsclTimes(connect_s=0.3, read_s=5.0, exchange_s=5.0)


@dataclass(frozen=True, slots=True)
class FoundScanner:
    """One scanner: its model, and its addresses, the one with TLS first."""

    name: str
    addresses: tuple[str, ...]


def usb_scanners(ports: Iterable[int] = _USB_PORTS) -> list[FoundScanner]:
    """Those of ipp-usb on this machine; an instant where there is none, for nobody listens on its ports."""
    with ThreadPoolExecutor(4, "ipp-usb") as pool:
        return [found for found in pool.map(_at_port, ports) if found is not None]


def network_scanners(
    wanted: str = "", listen_s: float = _LISTEN_S, interfaces: Sequence[str] | None = None
) -> list[FoundScanner]:
    """Those that answer within `listen_s`, by name: all, or those with `wanted` in their model or in the name that the
    network knows them by, and then the search ends as soon as there is one. `interfaces` are addresses of this
    machine, all of them if none are given. None without a network."""
    try:
        zeroconf = Zeroconf(interfaces=list(interfaces) if interfaces else InterfaceChoice.All)
    except (OSError, RuntimeError):  # the second is its word for a machine without any interface
        return []
    try:
        heard = _heard(zeroconf, wanted.casefold(), listen_s)
        with ThreadPoolExecutor(8, "mdns") as pool:
            answers = pool.map(lambda service: _service(zeroconf, *service), heard)
            services = [answer for answer in answers if answer is not None]
        return _joined([each for each in services if wanted.casefold() in f"{each.name} {each.instance}".casefold()])
    finally:
        zeroconf.close()


@dataclass(frozen=True, slots=True)
class _Service:
    """One announced service; two of one device have the same `identity`."""

    identity: str
    instance: str
    name: str
    address: str
    secure: bool


def _heard(zeroconf: Zeroconf, wanted: str, listen_s: float) -> list[tuple[str, str]]:
    """Type and name of the services that are announced."""
    heard: list[tuple[str, str]] = []
    here = threading.Event()

    def note(zeroconf: Zeroconf, service_type: str, name: str, state_change: ServiceStateChange) -> None:
        if state_change is ServiceStateChange.Added and len(heard) < _MAX_FOUND:
            heard.append((service_type, name))
            if wanted and wanted in name.casefold():
                here.set()

    browser = ServiceBrowser(zeroconf, [_SECURE, _PLAIN], handlers=[note])
    try:
        if here.wait(listen_s):
            threading.Event().wait(_TWIN_S)
    finally:
        browser.cancel()
    return list(heard)


def _service(zeroconf: Zeroconf, service_type: str, name: str) -> _Service | None:
    """What is told of it; None where nothing usable is."""
    service = ServiceInfo(service_type, name)
    if not service.load_from_cache(zeroconf) and not service.request(zeroconf, _ASK_MS):
        return None
    told = {key: value or "" for key, value in service.decoded_properties.items()}
    hosts = service.parsed_scoped_addresses()
    usual = [host for host in hosts if ":" not in host] or [f"[{host}]" for host in hosts if "%" not in host]
    if not usual or not service.port:
        return None
    secure = service_type == _SECURE
    path = told.get("rs", "eSCL").strip("/")  # HP writes "/eSCL", the specification "eSCL"
    address = f"{'https' if secure else 'http'}://{usual[0]}:{service.port}/{path}".rstrip("/")
    with suppress(ValueError):
        EsclLink(address)
        return _Service(
            told.get("uuid") or f"{service.server} {path}",
            name,
            told.get("ty") or name.removesuffix(f".{service_type}"),
            address,
            secure,
        )
    return None


def _joined(services: list[_Service]) -> list[FoundScanner]:
    """One entry a device."""
    devices: dict[str, list[_Service]] = {}
    for service in sorted(services, key=lambda service: (service.name, not service.secure)):
        devices.setdefault(service.identity.casefold(), []).append(service)
    return [FoundScanner(both[0].name, tuple(service.address for service in both)) for both in devices.values()]


def _at_port(port: int) -> FoundScanner | None:
    link = EsclLink(f"http://127.0.0.1:{port}/eSCL", times=_USB_TIMES)
    call = Call("GET", f"{link.base}/ScannerCapabilities", link.times.exchange_s, MAX_BYTES)
    try:
        capabilities = read_capabilities(link.ask(call).body)
    except (DeviceProblem, BadXml):
        return None
    return FoundScanner(capabilities.model, (link.address,))
