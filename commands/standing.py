"""Who this kiosk is to its portal, for `kiosk devices` and `kiosk queue list`: its name, and whose place it took."""

from typing import Any

from kiosk.texts import _
from sync.enrolment import Values, load_enrolment


def standing_of(store: Values) -> dict[str, Any]:
    """The enrolment as plain JSON; {} of a kiosk that is not enrolled."""
    enrolled = load_enrolment(store)
    if enrolled is None:
        return {}
    of = enrolled.enrolment
    return {
        "kiosk_id": of.kiosk_id,
        "portal_url": enrolled.portal_url,
        "office_name": of.office_name,
        "test": of.test,
        "follows": list(of.follows),
    }


def standing_words(standing: dict[str, Any]) -> str:
    """One line for the staff, who read the name out to the portal's operator when the kiosk is enrolled again."""
    if not standing:
        return _("Máy chưa đăng ký với cổng.")
    words = _("Mã máy: {kiosk_id} – cổng {portal_url} ({office_name})").format(**standing)
    if standing["follows"]:
        words += " – " + _("tiếp nối {kiosk_id}").format(kiosk_id=standing["follows"][0])
    return words
