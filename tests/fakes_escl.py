"""An eSCL scanner on loopback HTTP, ours for tests: it names itself so, and can be told to misbehave.

Another server's word counts more: tests/contracts/test_scanner.py runs on AirSane too, where that is built.
"""

import io
import re
from collections.abc import Callable
from dataclasses import dataclass, field

from PIL import Image

from tests.fakes_http import Caller, FakeServer, Reply, Say

MODEL = "Test Scanner of diem-truy-cap"
ROOT = "/eSCL"
_NAMES = 'xmlns:pwg="http://www.pwg.org/schemas/2010/12/sm" xmlns:scan="http://schemas.hp.com/imaging/escl/2011/05/03"'


def setting(body: str, name: str) -> str:
    """One element of a ScanSettings document; empty if it is not there."""
    found = re.search(rf"<\w+:{name}>([^<]*)</\w+:{name}>", body)
    return found[1] if found else ""


@dataclass
class Job:
    """One scan job: what was asked for, and how many pages are left."""

    source: str
    duplex: bool
    mode: str
    dpi: int
    size_px: tuple[int, int]
    left: int
    given: int = 0


@dataclass
class Scanner:
    """The machine behind the server; a test turns its knobs. `sheets` lie in the feeder, one lies on the glass."""

    glass: bool = True
    feeder: bool = True
    duplex: bool = True
    detects_paper: bool = True
    sheets: int = 3
    model: str = MODEL
    formats: tuple[str, ...] = ("image/jpeg", "application/pdf")
    resolutions: str = "".join(
        f"<scan:DiscreteResolution><scan:XResolution>{dpi}</scan:XResolution><scan:YResolution>{dpi}</scan:YResolution>"
        "</scan:DiscreteResolution>"
        for dpi in (50, 75, 100, 200, 300)
    )
    state: str = "Idle"
    feeder_state: str | None = None  # None: by the sheets that lie in it
    fails_after: int | None = None  # pages, then 409 and `feeder_state_then`
    feeder_state_then: str = "ScannerAdfJam"
    location: Callable[[str], str] = lambda url: url
    encode: Callable[[Image.Image, int], bytes] | None = None
    jobs: dict[str, Job] = field(default_factory=dict)
    deleted: list[str] = field(default_factory=list)

    def feeder_word(self) -> str:
        if self.feeder_state is not None:
            return self.feeder_state
        return "ScannerAdfLoaded" if self.sheets else "ScannerAdfEmpty"


class EsclServer(FakeServer):
    """Serves one scanner at `address`. Scripts of `FakeServer` come first, so any answer can be replaced."""

    def __init__(self, scanner: Scanner | None = None, port: int = 0) -> None:
        super().__init__(port=port)
        self.scanner = scanner or Scanner()

    @property
    def address(self) -> str:
        return self.url + ROOT

    def answer(self, call: Caller) -> Reply:
        path = call.path.removeprefix(ROOT)
        scanner = self.scanner
        if call.command == "GET" and path == "/ScannerCapabilities":
            return xml(capabilities(scanner))
        if call.command == "GET" and path == "/ScannerStatus":
            state = f"<pwg:State>{scanner.state}</pwg:State><scan:AdfState>{scanner.feeder_word()}</scan:AdfState>"
            return xml(f"<scan:ScannerStatus {_NAMES}><pwg:Version>2.63</pwg:Version>{state}</scan:ScannerStatus>")
        if call.command == "POST" and path == "/ScanJobs":
            return self._begin(call.body.decode())
        name = path.removeprefix("/ScanJobs/").removesuffix("/NextDocument")
        job = scanner.jobs.get(name)
        if job is None:
            return Say(404)
        if call.command == "DELETE":
            scanner.deleted.append(name)
            del scanner.jobs[name]
            return Say(200)
        return self._next(job)

    def _begin(self, wish: str) -> Reply:
        scanner = self.scanner
        source, duplex = setting(wish, "InputSource"), setting(wish, "Duplex") == "true"
        if source == "Feeder" and not scanner.sheets and scanner.fails_after is None:
            return Say(409)
        scale = int(setting(wish, "XResolution")) / 300
        width, height = (round(int(setting(wish, name)) * scale) for name in ("Width", "Height"))
        sides = 1 if source == "Platen" else scanner.sheets * (2 if duplex else 1)
        name = str(len(scanner.jobs) + len(scanner.deleted) + 1)
        dpi = int(setting(wish, "XResolution"))
        scanner.jobs[name] = Job(source, duplex, setting(wish, "ColorMode"), dpi, (width, height), sides)
        return Say(201, headers={"Location": scanner.location(f"{self.address}/ScanJobs/{name}")})

    def _next(self, job: Job) -> Reply:
        scanner = self.scanner
        if scanner.fails_after is not None and job.given >= scanner.fails_after:
            scanner.feeder_state = scanner.feeder_state_then
            return Say(409)
        if not job.left:
            return Say(404)
        job.left -= 1
        job.given += 1
        if job.source == "Feeder":
            scanner.sheets = (job.left + 1) // 2 if job.duplex else job.left
        picture = Image.new("L" if job.mode == "Grayscale8" else "RGB", job.size_px, "white")
        picture.paste(40 if picture.mode == "L" else (200, 30, 30), (0, 0, picture.width // 2, picture.height // 2))
        return Say(200, (scanner.encode or jpeg)(picture, job.dpi), "image/jpeg")


def jpeg(picture: Image.Image, dpi: int) -> bytes:
    """As a scanner sends it."""
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=85, dpi=(dpi, dpi))
    return buffer.getvalue()


def xml(body: str) -> Say:
    """An answer in XML."""
    return Say(200, f'<?xml version="1.0" encoding="UTF-8"?>\n{body}'.encode(), "text/xml")


def capabilities(scanner: Scanner) -> str:
    """ScannerCapabilities, with the elements that clients read."""
    formats = "".join(f"<pwg:DocumentFormat>{kind}</pwg:DocumentFormat>" for kind in scanner.formats)
    source = (
        "<scan:MinWidth>16</scan:MinWidth><scan:MaxWidth>2550</scan:MaxWidth>"
        "<scan:MinHeight>16</scan:MinHeight><scan:MaxHeight>3508</scan:MaxHeight>"
        "<scan:SettingProfiles><scan:SettingProfile><scan:ColorModes><scan:ColorMode>Grayscale8</scan:ColorMode>"
        f"<scan:ColorMode>RGB24</scan:ColorMode></scan:ColorModes><scan:DocumentFormats>{formats}"
        f"</scan:DocumentFormats><scan:SupportedResolutions><scan:DiscreteResolutions>{scanner.resolutions}"
        "</scan:DiscreteResolutions></scan:SupportedResolutions></scan:SettingProfile></scan:SettingProfiles>"
    )
    parts = [f"<scan:ScannerCapabilities {_NAMES}><pwg:Version>2.63</pwg:Version>"]
    parts.append(f"<pwg:MakeAndModel>{scanner.model}</pwg:MakeAndModel>")
    if scanner.glass:
        parts.append(f"<scan:Platen><scan:PlatenInputCaps>{source}</scan:PlatenInputCaps></scan:Platen>")
    if scanner.feeder:
        parts.append(f"<scan:Adf><scan:AdfSimplexInputCaps>{source}</scan:AdfSimplexInputCaps>")
        if scanner.duplex:
            parts.append(f"<scan:AdfDuplexInputCaps>{source}</scan:AdfDuplexInputCaps>")
        option = "<scan:AdfOption>DetectPaperLoaded</scan:AdfOption>" if scanner.detects_paper else ""
        parts.append(f"<scan:AdfOptions>{option}</scan:AdfOptions></scan:Adf>")
    return "".join([*parts, "</scan:ScannerCapabilities>"])
