"""A screen reader's ears, as a program: writes what the kiosk tells on the AT-SPI bus of the session, a line each.

Run as `python -m tests.journeys.at_spi LOG`. Says "listening" when it does; ends when it is told to.
"""

import sys
from collections.abc import Callable
from pathlib import Path
from time import monotonic

from jeepney import DBusAddress, HeaderFields, MatchRule, Message, MessageType, Properties, new_method_call
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import DBusConnection, open_dbus_connection

ASSERTIVE = 2  # AtspiLive
CHECKED = 4  # AtspiStateType
_REPLY_TIMEOUT_S = 10.0
_HOUR_S = 3600.0
_ACCESSIBLE = "org.a11y.atspi.Accessible"
_EVENTS = ("object:state-changed:focused", "object:state-changed:checked", "object:announcement")


class Ears:
    """Hears focus, ticks and announcements, and asks the kiosk what it is that has the focus."""

    def __init__(self) -> None:
        self._bus, self._asking = _accessibility_bus(), _accessibility_bus()  # who asks hears nothing until the answer
        registry = DBusAddress("/org/a11y/atspi/registry", "org.a11y.atspi.Registry", "org.a11y.atspi.Registry")
        for event in _EVENTS:
            self._ask(new_method_call(registry, "RegisterEvent", "sass", (event, [], "")))
        wanted = MatchRule(type="signal", interface="org.a11y.atspi.Event.Object")
        self._bus.send_and_get_reply(message_bus.AddMatch(wanted), timeout=_REPLY_TIMEOUT_S)

    def listen(self, told: Callable[[str], object]) -> None:
        """Until the bus is gone."""
        started_s = monotonic()
        while True:
            if (line := self._line(self._bus.receive(timeout=_HOUR_S))) is not None:
                told(f"{monotonic() - started_s:7.2f} {line}")

    def _line(self, message: Message) -> str | None:
        if message.header.message_type is not MessageType.signal or len(message.body) < 4:
            return None
        detail, on, _more, value = message.body[:4]
        match message.header.fields.get(HeaderFields.member):
            case "Announcement":
                return f"{'URGENT' if on == ASSERTIVE else 'SAYS'}   {value[1]}"
            case "StateChanged" if detail == "focused" and on:
                return f"FOCUS  {self._about(message)}"
            case "StateChanged" if detail == "checked":
                return f"{'TICKED' if on else 'CLEARED'} {self._about(message)}"
            case _:
                return None

    def _about(self, message: Message) -> str:
        """Name, role and description, as they are when a screen reader asks for them; "gone" when it asks too late."""
        fields = message.header.fields
        accessible = DBusAddress(fields[HeaderFields.path], fields[HeaderFields.sender], _ACCESSIBLE)
        questions = [
            Properties(accessible).get("Name"),
            new_method_call(accessible, "GetRoleName"),
            Properties(accessible).get("Description"),
            new_method_call(accessible, "GetState"),
        ]
        replies = [self._ask(question) for question in questions]
        if any(reply.header.message_type is MessageType.error for reply in replies):
            return "gone"
        (_kind, name), role, (_kind, description), (low, _high) = (reply.body[0] for reply in replies)
        return " | ".join(text for text in (name, role, description, "checked" if low >> CHECKED & 1 else "") if text)

    def _ask(self, message: Message) -> Message:
        return self._asking.send_and_get_reply(message, timeout=_REPLY_TIMEOUT_S)


def _accessibility_bus() -> DBusConnection:
    """The bus of its own that AT-SPI has; the session's bus knows where it is, and starts it."""
    with open_dbus_connection("SESSION") as session:
        launcher = DBusAddress("/org/a11y/bus", "org.a11y.Bus", "org.a11y.Bus")
        reply = session.send_and_get_reply(new_method_call(launcher, "GetAddress"), timeout=_REPLY_TIMEOUT_S)
    return open_dbus_connection(reply.body[0])


def main(log: Path) -> None:
    """Write what is heard."""
    ears = Ears()
    with log.open("w", encoding="utf-8", buffering=1) as lines:
        sys.stdout.write("listening\n")
        sys.stdout.flush()
        ears.listen(lambda line: lines.write(f"{line}\n"))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
