"""The demo: an embedded test portal, demo keys, and simulated devices where no real one answers. Says so everywhere."""

import logging
import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from commands.composition import Counter, Shipped
from commands.demo_badges import add_helper_at_portal, add_local_helper
from commands.embedded_portal import DEMO_OFFICE, DemoAccount, EmbeddedPortal
from commands.self_command import self_command
from commands.wall_clock import WallClock
from devices.registry import make_camera, make_scanner
from kiosk.config import DeviceSettings, OfficeSettings, Settings
from kiosk.errors import KioskError
from kiosk.keys import DemoKeys
from kiosk.ports import Unavailable
from kiosk.resources import resource_path
from kiosk.store import Store
from sync.enrolment import Enrolled, enrol, load_enrolment, save_enrolment
from sync.server_time import ServerTime
from sync.transport import Transport

ACCOUNT = DemoAccount("canbo", "ban-thu-2026")  # opens the demo portal's page on this machine only

_PICTURES = {"camera": "cards", "paper-camera": "photos", "scanner": "papers", "stick": "files", "badges": "badges"}
"""What lies before or on each simulated device: its folder, and the folder of resources/demo that it is made from."""

_log = logging.getLogger(__name__)


class DemoNotEnrolled(KioskError):
    """The embedded portal did not take its own code: a fault of ours."""

    key = "demo"


@dataclass(frozen=True, slots=True)
class Demo:
    """A kiosk enrolled with its own embedded portal, all in one folder."""

    settings: Settings
    keys: DemoKeys
    portal: EmbeddedPortal

    def counter(self, data: Shipped) -> Counter:
        """The back office of the demo."""
        return Counter(self.settings, self.keys, data)

    def enrol(self, code: str) -> None:
        """Enrol once with the running portal; later this only learns the portal's new address."""
        clock, url = WallClock(), self.portal.url
        with Store.open(self.settings.data_folder, self.keys, clock, reserve_bytes=0) as store:
            add_local_helper(store, clock)
            known = load_enrolment(store)
            if known is not None:
                save_enrolment(store, known.model_copy(update={"portal_url": url}))
                return
            transport = Transport(url, ServerTime(clock), None)
            try:
                enrolled = enrol(transport, code, self.keys, "demo", test_allowed=True, store=store)
            finally:
                transport.close()
            if not isinstance(enrolled, Enrolled):
                raise DemoNotEnrolled(str(enrolled))
            save_enrolment(store, enrolled)
        _log.info("enrolled with the embedded portal at %s", url)


def simulated(folder: Path) -> dict[str, DeviceSettings]:
    """Folders as devices: demo cards before the camera, demo papers below the other and on the
    scanner, files on a stick, slips into `folder`. Each is a
    person's to change while the demo runs: pictures can be put in, and state.json flips its faults."""
    return {
        "camera": DeviceSettings.of("folder", source=str(folder / "camera")),
        "paper_camera": DeviceSettings.of("folder", source=str(folder / "paper-camera"), picture_s="5"),
        "scanner": DeviceSettings.of("folder", source=str(folder / "scanner"), page_s="0.6"),
        "code_scanner": DeviceSettings.of("simulated", folder=str(folder / "codes")),
        "files": DeviceSettings.of("folder", source=str(folder / "stick")),
        "printer": DeviceSettings.of("simulated", folder=str(folder / "printer")),
        "page_printer": DeviceSettings.of("folder", folder=str(folder / "page-printer")),
        "lamp": DeviceSettings.of("simulated", folder=str(folder / "lamp")),
    }


def lay_out(folder: Path) -> None:
    """Put the demo's cards and papers where they are not there yet: what a person changed stays."""
    for name, pictures in _PICTURES.items():
        if not (folder / name).exists():
            shutil.copytree(resource_path("demo", pictures), folder / name)
    (folder / "codes").mkdir(parents=True, exist_ok=True)


def demo_settings(folder: Path, *, real_devices: bool) -> Settings:
    """The settings of a demo in `folder`. With `real_devices`, a camera or scanner that answers is used."""
    lay_out(folder)
    devices = simulated(folder)
    if real_devices:
        devices |= _answering()
    office = OfficeSettings(name=DEMO_OFFICE.name, phone=DEMO_OFFICE.hotline, hours="7:30–11:30, 13:30–17:00")
    base = Settings(data_folder=folder / "kiosk", office=office, reserve_bytes=0)
    return base.model_copy(update=devices)


def _answering() -> dict[str, DeviceSettings]:
    camera, scanner = DeviceSettings(driver="opencv"), DeviceSettings(driver="auto")
    with ThreadPoolExecutor(2) as pool:
        camera_status = pool.submit(lambda: make_camera(camera).status())
        scanner_status = pool.submit(lambda: make_scanner(scanner, self_command("sane-worker")).status())
        found = {"camera": (camera, camera_status.result()), "scanner": (scanner, scanner_status.result())}
    return {name: device for name, (device, status) in found.items() if not isinstance(status, Unavailable)}


def prepare_demo(folder: Path, settings: Settings) -> Demo:
    """Make portal and enrolment where they are not there yet; the portal runs when this returns."""
    portal = EmbeddedPortal(folder / "portal")
    code = portal.prepare()
    portal.add_account(ACCOUNT)
    add_helper_at_portal(portal.settings, DEMO_OFFICE.agency_code)
    portal.start()
    demo = Demo(settings, DemoKeys(folder / "demo-keys"), portal)
    try:
        demo.enrol(code)
    except BaseException:
        portal.stop()
        raise
    return demo
