"""What a running kiosk answers to `kiosk helper`: over a socket that only the kiosk's owner can open."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from kiosk.badges import BadgeHolder, MadeBadge, NewBadgeRefusal, NewHelper, read_badge
from kiosk.helper_desk import BadgedHelper
from kiosk.ports import Clock
from kiosk.store import Store

LIST_HELPERS = "helper.list"
ADD_HELPER = "helper.add"
RENEW_BADGE = "helper.badge"
REVOKE_HELPER = "helper.revoke"


def helper_answers(store: Store, clock: Clock) -> Mapping[str, Callable[..., dict[str, Any]]]:
    """Question -> answer: {"helpers": […], "roster": {"version", "confirmed_at"} or null}, {"refusal": key} or
    {"badge": text, "helper": {…}, "valid_until": …}, {"revoked": bool}."""

    def helpers() -> dict[str, Any]:
        now = clock.now()
        on_duty = {each.helper.code: each.until.isoformat() for each in store.helper_desk.on_duty(now)}
        standing = store.badges.standing()
        roster = standing and {"version": standing.version, "confirmed_at": standing.confirmed_at.isoformat()}
        return {"helpers": [_told(holder, now, on_duty) for holder in store.badges.holders()], "roster": roster}

    def add(who: str, unit: str, phones: str, until: str, again: str, pin: str) -> dict[str, Any]:
        new = NewHelper(who, unit, tuple(filter(None, phones.split("\n"))), datetime.fromisoformat(until), bool(again))
        return _made(store.badges.add(new, pin, clock.now()))

    def renew(code: str, pin: str) -> dict[str, Any]:
        return _made(store.badges.renew(code, pin, clock.now()))

    def revoke(code: str) -> dict[str, Any]:
        return {"revoked": store.badges.revoke(code, clock.now())}

    return {LIST_HELPERS: helpers, ADD_HELPER: add, RENEW_BADGE: renew, REVOKE_HELPER: revoke}


def badge_of(answer: Mapping[str, Any]) -> MadeBadge | NewBadgeRefusal:
    """The badge in an answer. ValueError for an answer of another program."""
    if "refusal" in answer:
        return NewBadgeRefusal(answer["refusal"])
    badge, helper = read_badge(answer["badge"]), answer["helper"]
    if badge is None:
        raise ValueError("no badge")
    who = BadgedHelper(helper["code"], helper["name"], helper["unit"], tuple(helper["phones"]))
    return MadeBadge(badge, who, datetime.fromisoformat(answer["valid_until"]))


def _made(made: MadeBadge | NewBadgeRefusal) -> dict[str, Any]:
    if isinstance(made, NewBadgeRefusal):
        return {"refusal": made.value}
    return {
        "badge": made.badge.text,
        "helper": asdict(made.helper),
        "valid_until": made.valid_until.isoformat(),
    }


def _told(holder: BadgeHolder, now: datetime, on_duty: Mapping[str, str]) -> dict[str, Any]:
    """Without phones: the list is for who is on duty and whose badge is good."""
    return {
        "code": holder.helper.code,
        "name": holder.helper.name,
        "unit": holder.helper.unit,
        "origin": holder.origin.value,
        "valid_until": holder.valid_until.isoformat(),
        "expired": holder.valid_until <= now,
        "revoked": holder.revoked,
        "on_duty_until": on_duty.get(holder.helper.code),
    }
