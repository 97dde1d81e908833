"""Tests of devices.escl_messages: documents as makers write them, and wishes as devices want them."""

import pytest

from devices.escl_messages import EsclCapabilities, job_path, read_capabilities, read_status, scan_settings
from devices.safe_xml import BadXml
from kiosk.ports import DeviceReason, ScanSource
from tests.fakes_escl import Scanner, capabilities, setting

GLASS, FEEDER, BOTH, AUTO = ScanSource.GLASS, ScanSource.FEEDER, ScanSource.FEEDER_BOTH_SIDES, ScanSource.AUTO
RANGE = (
    "<scan:ResolutionRange><scan:XResolution><scan:Min>75</scan:Min><scan:Max>600</scan:Max><scan:Step>1</scan:Step>"
    "</scan:XResolution></scan:ResolutionRange>"
)


def told(scanner: Scanner, *changes: tuple[str, str]) -> EsclCapabilities:
    text = capabilities(scanner)
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return read_capabilities(text.encode())


@pytest.mark.parametrize(("wanted", "chosen"), [(200, 200), (150, 200), (10, 50), (240, 300), (600, 300)])
def test_the_resolution_is_the_nearest_of_the_list_that_is_not_lower(wanted: int, chosen: int) -> None:
    assert told(Scanner()).inputs[GLASS].nearest_dpi(wanted) == chosen


@pytest.mark.parametrize(("wanted", "chosen"), [(200, 200), (50, 75), (1200, 600)])
def test_or_within_a_range(wanted: int, chosen: int) -> None:
    assert told(Scanner(resolutions=RANGE)).inputs[GLASS].nearest_dpi(wanted) == chosen


def test_a_resolution_that_is_not_told_is_believed() -> None:
    assert told(Scanner(resolutions="")).inputs[GLASS].nearest_dpi(200) == 200


@pytest.mark.parametrize(
    ("scanner", "wanted", "sources"),
    [
        (Scanner(), AUTO, (BOTH, GLASS)),
        (Scanner(duplex=False), AUTO, (FEEDER, GLASS)),
        (Scanner(feeder=False), AUTO, (GLASS,)),
        (Scanner(glass=False), AUTO, (BOTH,)),
        (Scanner(), FEEDER, (FEEDER,)),
        (Scanner(duplex=False), BOTH, (FEEDER,)),
        (Scanner(feeder=False), FEEDER, ()),
        (Scanner(), GLASS, (GLASS,)),
    ],
)
def test_sources_in_their_order(scanner: Scanner, wanted: ScanSource, sources: tuple[ScanSource, ...]) -> None:
    assert told(scanner).sources(wanted) == sources


def test_other_namespaces_say_the_same() -> None:
    changed = told(
        Scanner(),
        ("http://schemas.hp.com/imaging/escl/2011/05/03", "urn:canon:escl"),
        ("xmlns:scan", "xmlns:c"),
        ("scan:", "c:"),
    )
    assert changed == told(Scanner())


@pytest.mark.parametrize("content", [b"<ScannerCapabilities/>", b"<html/>", b"no XML"])
def test_what_describes_no_scanner_is_refused(content: bytes) -> None:
    with pytest.raises(BadXml):
        read_capabilities(content)


def test_numbers_that_no_scanner_has_count_as_not_told() -> None:
    entry = told(Scanner(), (">2550<", ">999999999<"), (">3508<", ">-1<")).inputs[GLASS]
    assert (entry.max_width_px, entry.max_height_px) == (0, 0)


def wish(scanner: Scanner, source: ScanSource, *, colour: bool = True) -> str:
    return scan_settings(told(scanner), source, 200, colour=colour).decode()


def test_a_wish_names_source_sides_colour_and_size() -> None:
    body = wish(Scanner(), BOTH)
    names = ["InputSource", "Duplex", "ColorMode", "XResolution", "DocumentFormat", "Width", "Height"]
    assert [setting(body, name) for name in names] == ["Feeder", "true", "RGB24", "200", "image/jpeg", "2480", "3508"]
    assert setting(wish(Scanner(), FEEDER), "Duplex") == "false"
    assert setting(wish(Scanner(), GLASS, colour=False), "ColorMode") == "Grayscale8"
    assert setting(wish(Scanner(), GLASS), "Duplex") == ""


def test_the_extended_name_of_a_format_is_given_to_who_uses_it() -> None:
    assert setting(wish(Scanner(), GLASS), "DocumentFormatExt") == ""
    changed = told(Scanner(), ("pwg:DocumentFormat", "scan:DocumentFormatExt"))
    assert setting(scan_settings(changed, GLASS, 200, colour=True).decode(), "DocumentFormatExt") == "image/jpeg"


@pytest.mark.parametrize(("side", "offset"), [("Left", "0"), ("Center", "35"), ("Right", "70")])
def test_a_sheet_is_looked_for_where_the_feeder_guides_it(side: str, offset: str) -> None:
    place = f"<scan:Justification><pwg:XImagePosition>{side}</pwg:XImagePosition></scan:Justification></scan:Adf>"
    changed = told(Scanner(), ("</scan:Adf>", place))
    assert setting(scan_settings(changed, FEEDER, 200, colour=True).decode(), "XOffset") == offset
    assert setting(scan_settings(changed, GLASS, 200, colour=True).decode(), "XOffset") == "0"


@pytest.mark.parametrize(
    ("word", "reason"),
    [
        ("ScannerAdfLoaded", None),
        ("ScannerAdfProcessing", None),
        ("ScannerAdfEmpty", DeviceReason.FEEDER_EMPTY),
        ("ScannerAdfJam", DeviceReason.JAM),
        ("ScannerAdfMultipickDetected", DeviceReason.DOUBLE_FEED),
        ("ScannerAdfHatchOpen", DeviceReason.COVER_OPEN),
        ("ANewWord", None),
    ],
)
def test_the_feeders_words(word: str, reason: DeviceReason | None) -> None:
    status = read_status(f"<ScannerStatus><State>Idle</State><AdfState>{word}</AdfState></ScannerStatus>".encode())
    assert status.feeder_reason is reason
    assert status.reason is None


def test_jobs_are_known_by_their_path() -> None:
    job = b"<Jobs><JobInfo><JobUri>http://x:1/eSCL/ScanJobs/7/</JobUri><JobState>Aborted</JobState></JobInfo></Jobs>"
    assert read_status(b"<ScannerStatus>" + job + b"</ScannerStatus>").jobs == {"/eSCL/ScanJobs/7": "Aborted"}


@pytest.mark.parametrize(
    ("location", "path"),
    [
        ("http://192.0.2.7/eSCL/ScanJobs/1", "/eSCL/ScanJobs/1"),
        ("http://CN26F178X605SZ.hpLedmUSB:80/eSCL/ScanJobs/1/", "/eSCL/ScanJobs/1"),
        ("/eSCL/ScanJobs/1", "/eSCL/ScanJobs/1"),
        ("ScanJobs/1", "/eSCL/ScanJobs/1"),
        ("http://[fe80/eSCL/ScanJobs/4060", "/eSCL/ScanJobs/4060"),
        ("", ""),
        ("http://192.0.2.7", ""),
    ],
)
def test_of_a_jobs_address_only_the_path_counts(location: str, path: str) -> None:
    assert job_path(location, "/eSCL") == path
