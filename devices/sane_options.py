"""Finds and sets a SANE device's options: backends name and limit the same things differently."""

from typing import Any

# Larger glasses exist; an A4 page is what portals take, and the rest would be the lid's grey.
_PAPER_MM = (210.0, 297.0)


def apply_options(device: Any, wanted: dict[str, Any]) -> None:
    """Set source, mode, resolution and area as near to the wish as the device can, then the office's own options."""
    _choose(device, "source", ("feeder", "adf") if wanted["feeder"] else ("flatbed", "fb", "platen"))
    _choose(device, "mode", ("color", "colour") if wanted["colour"] else ("gray", "grey"))
    _set_number(device, "resolution", float(wanted["dpi"]))
    for corner, value in (("tl_x", 0.0), ("tl_y", 0.0), ("br_x", _PAPER_MM[0]), ("br_y", _PAPER_MM[1])):
        _set_number(device, corner, value)
    for name, value in wanted.get("options", {}).items():
        setattr(device, name.replace("-", "_"), value)


def has_feeder(device: Any) -> bool:
    """Whether one of the device's sources is a document feeder."""
    return bool(_matches(device, "source", ("feeder", "adf")))


def resolution_dpi(device: Any) -> int:
    """What the device really scans at."""
    return round(float(device.resolution)) if _usable(device, "resolution") else 200


def _usable(device: Any, name: str) -> bool:
    return name in device.opt and device.opt[name].is_active() and device.opt[name].is_settable()


def _matches(device: Any, name: str, words: tuple[str, ...]) -> list[str]:
    if not _usable(device, name) or not isinstance(device.opt[name].constraint, list):
        return []
    return [choice for choice in device.opt[name].constraint if any(word in choice.casefold() for word in words)]


def _choose(device: Any, name: str, words: tuple[str, ...]) -> None:
    """Take the first choice that has one of the words; a device without such a choice keeps its own."""
    choices = _matches(device, name, words)
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
