"""What a running kiosk answers to `kiosk staff`: everything goes over a socket that only the kiosk's owner can open."""

from collections.abc import Callable, Mapping
from typing import Any

from kiosk.ports import Clock
from kiosk.store import Store

LIST_STAFF = "staff.list"
ADD_STAFF = "staff.add"
REMOVE_STAFF = "staff.remove"


def staff_answers(store: Store, clock: Clock) -> Mapping[str, Callable[..., dict[str, Any]]]:
    """Question -> answer: {"members": [{"name", "added_at"}]}, {"refusal": key or null}, {"removed": bool}."""

    def members() -> dict[str, Any]:
        known = store.staff.members()
        return {"members": [{"name": each.name, "added_at": each.added_at.isoformat()} for each in known]}

    def add(member: str, pin: str) -> dict[str, Any]:
        return {"refusal": store.staff.add(member, pin, clock.now())}

    def remove(member: str) -> dict[str, Any]:
        return {"removed": store.staff.remove(member, clock.now())}

    return {LIST_STAFF: members, ADD_STAFF: add, REMOVE_STAFF: remove}
