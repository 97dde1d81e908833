"""Guides for tests: that of the shipped extract service, and one that is far too long."""

from dataclasses import replace
from types import MappingProxyType

from kiosk.catalog import Catalog
from kiosk.config import OfficeSettings
from kiosk.guide import Guide, make_guide
from kiosk.visit import Visit
from tests.sample_forms import TODAY, extract_copy

OFFICE = OfficeSettings(name="Bộ phận Một cửa xã Mẫu", phone="024 0000 0000", hours="7:30–11:30, 13:30–17:00")


def extract_guide() -> Guide:
    """What is told of a copy of an extract before anything is known."""
    service = extract_copy()
    visit = Visit(service=service, route=service.route, answers=MappingProxyType({}), on=TODAY)
    return make_guide(visit, Catalog("1", TODAY, (service,)), OFFICE, TODAY)


def endless_guide() -> Guide:
    """More papers than any service has."""
    guide = extract_guide()
    return replace(guide, papers=guide.papers * 12)


def hostile_guide() -> Guide:
    """Texts that a template could take for its own language."""
    return replace(extract_guide(), name="#panic() $x$ *đậm* @ref <nhãn> [ \\", notes=("//", "= Tiêu đề", "- gạch"))
