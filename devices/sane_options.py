"""Finds and sets a SANE device's options: backends name and limit the same things differently."""

from collections.abc import Mapping
from typing import Any

from kiosk.ports import ScanSource

# Larger glasses exist; an A4 page is what portals take, and the rest would be the lid's grey.
PAPER_MM = (210.0, 297.0)

_BOTH = ScanSource.FEEDER_BOTH_SIDES
_FEEDER = ("feeder", "adf", "duplex")
_GLASS = ("flatbed", "fb", "platen", "document table", "normal")
# Sources of a feeder that a stack of A4 papers is not meant for, or that show only its backs.
_OTHER_FEEDS = ("back", "card")
# How the same switch is called: Samsung's driver says "doc-source", Epson's GT-S50 "adf-mode", Canon's DR-C240
# "ScanMode", Lexmark's CX310dn "scan-both-sides" (as GNOME's Document Scanner has met them).
_SOURCE_NAMES = ("source", "doc_source")
_SIDES_CHOICES = ("adf_mode", "ScanMode")
_SIDES_SWITCHES = ("duplex", "scan_both_sides")


def sources_to_try(device: Any, source: ScanSource) -> tuple[ScanSource, ...]:
    """Where to take the paper from, in this order. Of a device without a feeder only the glass is left.

    A sensor for paper in the feeder ("page-loaded") is never asked: some backends have none and some tell it the wrong
    way round. An empty feeder says so when it is started.
    """
    if source is ScanSource.GLASS:
        return (source,)
    stack = (ScanSource.FEEDER,) if source is ScanSource.FEEDER or not _both_sides(device) else (_BOTH,)
    if source is not ScanSource.AUTO:
        return stack if has_feeder(device) else ()
    return (*(stack if has_feeder(device) else ()), *((ScanSource.GLASS,) if has_glass(device) else ()))


def has_feeder(device: Any) -> bool:
    """Whether one of the device's sources is a document feeder."""
    return bool(_sources(device, _FEEDER))


def has_glass(device: Any) -> bool:
    """Whether the device has a glass; one that names no sources is nothing but a glass."""
    return bool(_sources(device, _GLASS)) or not has_feeder(device)


def apply_options(device: Any, source: ScanSource, wanted: Mapping[str, Any]) -> None:
    """Set source, mode, resolution and area as near to the wish as the device can, then the office's own options."""
    _set_source(device, source)
    _choose(device, "mode", ("color", "colour") if wanted["colour"] else ("gray", "grey"))
    _set_number(device, "resolution", float(wanted["dpi"]))
    for corner, value in (("tl_x", 0.0), ("tl_y", 0.0), ("br_x", PAPER_MM[0]), ("br_y", PAPER_MM[1])):
        _set_number(device, corner, value)
    for name, value in wanted.get("options", {}).items():
        setattr(device, name.replace("-", "_"), value)


def resolution_dpi(device: Any) -> int:
    """What the device really scans at."""
    return round(float(device.resolution)) if _usable(device, "resolution") else 200


def _set_source(device: Any, source: ScanSource) -> None:
    """The source, then the switch for both sides, which some backends show only once the feeder is chosen."""
    if source is ScanSource.GLASS:
        choices = _sources(device, _GLASS)
    else:
        stacks = [name for name in _sources(device, _FEEDER) if not _has(name, _OTHER_FEEDS)]
        fitting = [name for name in stacks if _has(name, ("duplex",)) == (source is _BOTH)]
        choices = fitting or stacks
    if choices:
        setattr(device, _source_name(device), choices[0])
    for name in _SIDES_CHOICES:
        _choose(device, name, ("duplex",) if source is _BOTH else ("simplex",))
    for name in _SIDES_SWITCHES:
        if _usable(device, name):
            setattr(device, name, source is _BOTH)


def _both_sides(device: Any) -> bool:
    return bool(
        _sources(device, ("duplex",))
        or any(_matches(device, name, ("duplex",)) for name in _SIDES_CHOICES)
        or any(_known(device, name) for name in _SIDES_SWITCHES)
    )


def _source_name(device: Any) -> str:
    return next((name for name in _SOURCE_NAMES if _usable(device, name)), _SOURCE_NAMES[0])


def _sources(device: Any, words: tuple[str, ...]) -> list[str]:
    return _matches(device, _source_name(device), words)


def _known(device: Any, name: str) -> bool:
    return name in device.opt and bool(device.opt[name].is_settable())


def _usable(device: Any, name: str) -> bool:
    return _known(device, name) and bool(device.opt[name].is_active())


def _matches(device: Any, name: str, words: tuple[str, ...]) -> list[str]:
    """The choices of an option that have one of the words; one that is not active yet counts too, for both sides."""
    if not _known(device, name) or not isinstance(device.opt[name].constraint, list):
        return []
    return [choice for choice in device.opt[name].constraint if _has(choice, words)]


def _has(choice: str, words: tuple[str, ...]) -> bool:
    return any(word in choice.casefold() for word in words)


def _choose(device: Any, name: str, words: tuple[str, ...]) -> None:
    """Take the first choice that has one of the words; a device without such a choice keeps its own."""
    choices = _matches(device, name, words) if _usable(device, name) else []
    if choices:
        setattr(device, name, choices[0])


def _set_number(device: Any, name: str, value: float) -> None:
    """Set the value, or the nearest one that the device allows (never a lower resolution, if there is a higher)."""
    if not _usable(device, name):
        return
    constraint = device.opt[name].constraint
    if isinstance(constraint, list):
        higher = [choice for choice in constraint if choice >= value]
        value = min(higher) if higher else max(constraint)
    elif isinstance(constraint, tuple):
        value = min(max(value, constraint[0]), constraint[1])
    whole_only = isinstance(getattr(device, name), int)
    setattr(device, name, round(value) if whole_only else value)
