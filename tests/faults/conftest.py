"""The kiosks and portals of the journeys, to be killed here."""

from tests.journeys.conftest import make_kiosk, one_theme, own_portal, shipped

__all__ = ["make_kiosk", "one_theme", "own_portal", "shipped"]
