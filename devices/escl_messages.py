"""The XML of eSCL, the scanning that printers offer without a driver: what a scanner can, how it is, what is wanted.

eSCL is the Mopria Alliance's "eSCL Technical Specification" 2.97. What devices make of it is told by sane-airscan's and
AirSane's sources and issues; a rule that comes from there says so.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

from devices.safe_xml import BadXml, read_xml
from kiosk.ports import DeviceReason, ScanSource

JPEG = "image/jpeg"
_A4_PX = (2480, 3508)  # 210 x 297 mm in eSCL's unit, 1/300 inch
_DIGITS = 5  # 99,999 pixels at 300 dpi are 8 m: no number of a scanner has more


@dataclass(frozen=True, slots=True)
class EsclInput:
    """One way in for paper: sizes in 1/300 inch (0: not told), `offset_px` moves an A4 sheet to where it lies."""

    max_width_px: int
    max_height_px: int
    modes: frozenset[str]
    formats: frozenset[str]
    format_ext: bool
    resolutions_dpi: tuple[int, ...]
    resolution_range_dpi: tuple[int, int] | None

    def nearest_dpi(self, wanted: int) -> int:
        """The lowest resolution that is not below the wish, else the highest."""
        if self.resolutions_dpi:
            return min((dpi for dpi in self.resolutions_dpi if dpi >= wanted), default=max(self.resolutions_dpi))
        low, high = self.resolution_range_dpi or (wanted, wanted)
        return min(max(wanted, low), high)


@dataclass(frozen=True, slots=True)
class EsclCapabilities:
    """What a scanner can. `inputs` has those that there are; `sheet_at` is where narrow sheets lie in the feeder."""

    model: str
    inputs: dict[ScanSource, EsclInput]
    detects_paper: bool
    sheet_at: str = ""

    def sources(self, wanted: ScanSource) -> tuple[ScanSource, ...]:
        """Where to take the paper from, in this order; both sides only where the feeder can. Empty: nowhere."""
        stack = (ScanSource.FEEDER_BOTH_SIDES, ScanSource.FEEDER)
        if wanted is ScanSource.GLASS:
            order: tuple[ScanSource, ...] = (ScanSource.GLASS,)
        elif wanted is ScanSource.FEEDER:
            order = (ScanSource.FEEDER,)
        else:
            feeder = next((source for source in stack if source in self.inputs), ScanSource.FEEDER)
            order = (feeder, ScanSource.GLASS) if wanted is ScanSource.AUTO else (feeder,)
        return tuple(source for source in order if source in self.inputs)


@dataclass(frozen=True, slots=True)
class EsclStatus:
    """How a scanner is: `state` and `feeder_state` are eSCL's words, empty if they are not told; `jobs` has the state
    of each job by the path of its address."""

    state: str = ""
    feeder_state: str = ""
    jobs: Mapping[str, str] = field(default_factory=dict)

    @property
    def feeder_reason(self) -> DeviceReason | None:
        """What is wrong at the feeder, if it says so."""
        return _FEEDER_REASONS.get(self.feeder_state)

    @property
    def reason(self) -> DeviceReason | None:
        """What is wrong with the whole, if it says so."""
        return _REASONS.get(self.state)


_REASONS = {
    "Processing": DeviceReason.BUSY,
    "Testing": DeviceReason.BUSY,  # warming up
    "Stopped": DeviceReason.FAILED,
    "Down": DeviceReason.FAILED,
}
_FEEDER_REASONS = {
    "ScannerAdfEmpty": DeviceReason.FEEDER_EMPTY,
    "ScannerAdfJam": DeviceReason.JAM,
    "ScannerAdfMispick": DeviceReason.JAM,
    "ScannerAdfInputTrayFailed": DeviceReason.JAM,
    "ScannerAdfInputTrayOverloaded": DeviceReason.JAM,
    "ScannerAdfDuplexPageTooShort": DeviceReason.JAM,
    "ScannerAdfDuplexPageTooLong": DeviceReason.JAM,
    "ScannerAdfMultipickDetected": DeviceReason.DOUBLE_FEED,
    "ScannerAdfHatchOpen": DeviceReason.COVER_OPEN,
    "ScannerAdfDoorOpen": DeviceReason.COVER_OPEN,  # AirSane's word, which sane-airscan reads too
}


def read_capabilities(content: bytes) -> EsclCapabilities:
    """Raises BadXml for what describes no scanner."""
    root = _rooted(content, "ScannerCapabilities")
    feeder = root.find("Adf")
    found = {
        ScanSource.GLASS: root.find("Platen/PlatenInputCaps"),
        ScanSource.FEEDER: root.find("Adf/AdfSimplexInputCaps"),
        ScanSource.FEEDER_BOTH_SIDES: root.find("Adf/AdfDuplexInputCaps"),
    }
    inputs = {source: _input(element) for source, element in found.items() if element is not None}
    if not inputs:
        raise BadXml("neither a glass nor a feeder")
    options = set(_texts(feeder.iter("AdfOption"))) if feeder is not None else set()
    if ScanSource.FEEDER_BOTH_SIDES in inputs:
        inputs.setdefault(ScanSource.FEEDER, inputs[ScanSource.FEEDER_BOTH_SIDES])
    return EsclCapabilities(
        model=_text(root, "MakeAndModel") or _text(root, "Manufacturer"),
        inputs=inputs,
        detects_paper="DetectPaperLoaded" in options,
        sheet_at=_text(root, "Adf/Justification/XImagePosition"),
    )


def read_status(content: bytes) -> EsclStatus:
    """Raises BadXml for what is no status of a scanner."""
    root = _rooted(content, "ScannerStatus")
    jobs = {job_path(_text(job, "JobUri")): _text(job, "JobState") for job in root.iter("JobInfo")}
    return EsclStatus(_text(root, "State"), _text(root, "AdfState"), jobs)


def job_path(location: str, base: str = "") -> str:
    """The path of a job's address alone, empty if there is none: scanners rarely know the name by which they are
    reached (an HP Deskjet 3520 behind ipp-usb), and a Xerox B205 writes "http://[fe80/eSCL/ScanJobs/4060"."""
    try:
        path = urlsplit(location).path
    except ValueError:
        path = "/" + location.partition("://")[2].partition("/")[2]
    if path and not path.startswith("/"):
        path = f"{base}/{path}"
    return path.rstrip("/")


def scan_settings(capabilities: EsclCapabilities, source: ScanSource, dpi: int, *, colour: bool) -> bytes:
    """The wish for one job, in the order of elements that sane-airscan keeps, for some devices read by position.

    `dpi` is one that the input can. Raises KeyError for an input that there is not.
    """
    entry = capabilities.inputs[source]
    width = min(_A4_PX[0], entry.max_width_px or _A4_PX[0])
    height = min(_A4_PX[1], entry.max_height_px or _A4_PX[1])
    feeder = source is not ScanSource.GLASS
    free = max(0, entry.max_width_px - width) if feeder else 0
    offset = {"Center": free // 2, "Right": free}.get(capabilities.sheet_at, 0)
    mode = "RGB24" if (colour and "RGB24" in entry.modes) or "Grayscale8" not in entry.modes else "Grayscale8"
    format_ext = f"<scan:DocumentFormatExt>{JPEG}</scan:DocumentFormatExt>" if entry.format_ext else ""
    sides = "true" if source is ScanSource.FEEDER_BOTH_SIDES else "false"
    duplex = f"<scan:Duplex>{sides}</scan:Duplex>" if feeder else ""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<scan:ScanSettings xmlns:pwg="http://www.pwg.org/schemas/2010/12/sm"'
        ' xmlns:scan="http://schemas.hp.com/imaging/escl/2011/05/03">'
        "<pwg:Version>2.0</pwg:Version><pwg:ScanRegions><pwg:ScanRegion>"
        "<pwg:ContentRegionUnits>escl:ThreeHundredthsOfInches</pwg:ContentRegionUnits>"
        f"<pwg:XOffset>{offset}</pwg:XOffset><pwg:YOffset>0</pwg:YOffset>"
        f"<pwg:Width>{width}</pwg:Width><pwg:Height>{height}</pwg:Height>"
        "</pwg:ScanRegion></pwg:ScanRegions>"
        f"<pwg:InputSource>{'Feeder' if feeder else 'Platen'}</pwg:InputSource>"
        f"<scan:ColorMode>{mode}</scan:ColorMode><pwg:DocumentFormat>{JPEG}</pwg:DocumentFormat>{format_ext}"
        f"<scan:XResolution>{dpi}</scan:XResolution><scan:YResolution>{dpi}</scan:YResolution>{duplex}"
        "</scan:ScanSettings>"
    ).encode("ascii")


def _rooted(content: bytes, name: str) -> Element:
    root = read_xml(content)
    if root.tag != name:
        raise BadXml(f"{root.tag} instead of {name}")
    return root


def _input(element: Element) -> EsclInput:
    pairs = [
        (_number(each, "XResolution"), _number(each, "YResolution")) for each in element.iter("DiscreteResolution")
    ]
    ranges = [(_number(each, "Min"), _number(each, "Max")) for each in element.iter("XResolution") if len(each)]
    return EsclInput(
        max_width_px=_number(element, "MaxWidth"),
        max_height_px=_number(element, "MaxHeight"),
        modes=frozenset(_texts(element.iter("ColorMode"))),
        formats=frozenset([*_texts(element.iter("DocumentFormat")), *_texts(element.iter("DocumentFormatExt"))]),
        format_ext=element.find(".//DocumentFormatExt") is not None,
        resolutions_dpi=tuple(sorted(across for across, down in pairs if across == down > 0)),
        resolution_range_dpi=next((each for each in ranges if 0 < each[0] <= each[1]), None),
    )


def _texts(elements: Iterable[Element]) -> list[str]:
    return [(element.text or "").strip() for element in elements]


def _text(element: Element, path: str) -> str:
    return (element.findtext(path) or "").strip()


def _number(element: Element, path: str) -> int:
    """A whole number of a size that devices have; anything else is 0, as if it were not told."""
    text = _text(element, path)
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _DIGITS else 0
