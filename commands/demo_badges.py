"""The two made-up helpers of the demo: one whose badge the kiosk made, one of the portal's roster; PINs that it says
openly. Their badges lie as pictures and as texts of their QR in resources/demo/badges."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from kiosk.badge_card import BadgeCard, badge_card
from kiosk.badges import Badge, MadeBadge, NewHelper
from kiosk.helper_desk import BadgedHelper
from kiosk.ports import Clock
from kiosk.store import Store
from kiosk.texts import _
from portal import badges
from portal.instants import utc_now
from portal.opening import open_portal
from portal.settings import Settings

_VALID_UNTIL = datetime(2099, 12, 31, 17, 0, tzinfo=UTC)  # midnight in Việt Nam; a demo does not end


@dataclass(frozen=True, slots=True)
class DemoHelper:
    """A helper who does not exist, and a badge that opens nothing but a demo."""

    badge: Badge
    name: str
    unit: str
    pin: str

    @property
    def new(self) -> NewHelper:
        """Whom the badge is made for."""
        return NewHelper(self.name, self.unit, ("0900 000 000",), _VALID_UNTIL)

    @property
    def card(self) -> BadgeCard:
        """What stands on the badge."""
        helper = BadgedHelper(self.badge.code, self.name, self.unit)
        return badge_card(MadeBadge(self.badge, helper, _VALID_UNTIL), demo=True)


LOCAL = DemoHelper(Badge("LTM-0001K", "DEMODEMODEMODEMODEMODEMOAA"), "LÊ THỊ MẪU", "Đoàn xã Mẫu", "2718")
OF_PORTAL = DemoHelper(
    Badge("TVT-0002", "DEMODEMODEMODEMODEMODEMOBB"), "TRẦN VĂN THỬ", "Tổ công nghệ số xã Mẫu", "3141"
)
DEMO_HELPERS = (LOCAL, OF_PORTAL)


def add_local_helper(store: Store, clock: Clock) -> None:
    """Give the first one a badge at this kiosk, if that was never done: whom a person revoked stays so."""
    if all(holder.helper.code != LOCAL.badge.code for holder in store.badges.holders()):
        store.badges.add(LOCAL.new, LOCAL.pin, clock.now(), LOCAL.badge)


def add_helper_at_portal(settings: Settings, agency_code: str) -> None:
    """Give the second one a badge at the demo's portal, if that was never done."""
    portal = open_portal(settings, utc_now)
    try:
        if all(each.helper.code != OF_PORTAL.badge.code for each in badges.listed(portal)):
            badges.add(portal, agency_code, OF_PORTAL.new, OF_PORTAL.pin, OF_PORTAL.badge)
    finally:
        portal.database.close()


def demo_words(folder: Path) -> str:
    """Which badges and PINs there are, for who starts the demo."""
    line = _("BẢN THỬ: thẻ người hỗ trợ {code} – mã PIN {pin}")
    pins = [line.format(code=each.badge.code, pin=each.pin) for each in DEMO_HELPERS]
    where = _("Ảnh và mã của các thẻ ở {folder}: chép tệp .txt vào thư mục codes là một lần quét thẻ.")
    return "\n".join([*pins, where.format(folder=folder / "badges")])
