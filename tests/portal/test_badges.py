"""Helpers at the portal: their rosters by agency, whose versions only rise, and nothing in the clear."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from kiosk.badges import KEPT_AFTER_END, MadeBadge, NewBadgeRefusal, NewHelper, pin_fits
from kiosk.roster import RosterHelper
from portal import badges
from portal.enrolment import Office, new_code
from portal.opening import Portal
from portal.schema import helper
from tests.portal.desk import NOON, OFFICE, TIMEOUT_S, Desk, enrol
from tests.portal.rosters import roster_in

PIN, OTHER_PIN = "2718", "3141"
MAU = NewHelper("NGUYỄN VĂN MẪU", "Đoàn phường Mẫu", ("0900 000 001",), NOON + timedelta(days=3650))
AGENCY = OFFICE.agency_code


@pytest.fixture(autouse=True)
def cheap_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kiosk.badges.MEMORY_KIB", 8)


def added(portal: Portal, name: str = MAU.name, agency: str = AGENCY, pin: str = PIN) -> MadeBadge:
    made = badges.add(portal, agency, replace(MAU, name=name), pin)
    assert isinstance(made, MadeBadge), made
    return made


def test_a_kiosk_gets_the_helpers_of_its_agency_alone(portal: Portal, desk: Desk, url: str) -> None:
    assert roster_in(desk, desk.call("GET", "/v1/roster")).helpers == ()
    with portal.database.write() as connection:
        code = new_code(connection, Office("H99.02", "UBND xã Thử", "Một cửa xã Thử", ""), portal.now())
    made, elsewhere = added(portal), added(portal, "TRẦN THỊ THỬ", "H99.02")
    roster = roster_in(desk, desk.call("GET", "/v1/roster"))
    assert roster.helpers == (
        RosterHelper(
            code=made.helper.code,
            name="NGUYỄN VĂN MẪU",
            unit="Đoàn phường Mẫu",
            phones=("0900000001",),
            badge_sha256=made.badge.sha256,
            pin_verifier=roster.helpers[0].pin_verifier,
            valid_until=MAU.valid_until,
        ),
    )
    assert pin_fits(made.badge, PIN, roster.helpers[0].pin_verifier)
    with portal.database.read() as connection:
        kept = repr(connection.execute(select(helper)).all())
    for hidden in (MAU.name, MAU.unit, "0900000001", made.badge.secret, PIN):
        assert hidden not in kept, "no person and no secret stands in the database"
    other = enrol(url, code)
    assert [each.code for each in roster_in(other, other.call("GET", "/v1/roster")).helpers] == [elsewhere.helper.code]
    other.http.close()


def test_the_version_rises_with_each_change_and_the_etag_with_it(portal: Portal, desk: Desk) -> None:
    seen = [desk.call("GET", "/v1/roster")]
    made = added(portal)
    seen.append(desk.call("GET", "/v1/roster"))
    again = badges.renew(portal, made.helper.code, OTHER_PIN)
    assert isinstance(again, MadeBadge)
    seen.append(desk.call("GET", "/v1/roster"))
    assert badges.revoke(portal, made.helper.code)
    assert not badges.revoke(portal, made.helper.code)
    assert badges.renew(portal, made.helper.code, PIN) is NewBadgeRefusal.UNKNOWN
    seen.append(desk.call("GET", "/v1/roster"))
    rosters = [roster_in(desk, answer) for answer in seen]
    versions = [roster.version for roster in rosters]
    assert versions == sorted(set(versions))
    assert versions[0] == 0
    assert versions[1] >= portal.now().timestamp() - 60, "a backup that is put back must not make it fall"
    assert [roster.helpers[0].revoked for roster in rosters[1:]] == [False, False, True]
    assert again.badge.fits(rosters[2].helpers[0].badge_sha256)
    assert len({answer.headers["ETag"] for answer in seen}) == 4
    headers = {"Authorization": f"Bearer {desk.token}", "If-None-Match": seen[-1].headers["ETag"]}
    unchanged = desk.http.get(f"{desk.url}/v1/roster", headers=headers, timeout=TIMEOUT_S)
    assert (unchanged.status_code, unchanged.content) == (304, b"")
    assert desk.call("GET", "/v1/roster").content == seen[-1].content


def test_who_can_have_no_badge(portal: Portal, code: str) -> None:
    assert code  # the agency is known by it
    made = added(portal)
    assert badges.add(portal, AGENCY, MAU, OTHER_PIN) is NewBadgeRefusal.TWICE
    assert badges.add(portal, AGENCY, replace(MAU, name=MAU.name.lower()), OTHER_PIN) is NewBadgeRefusal.TWICE
    twin = badges.add(portal, AGENCY, replace(MAU, again=True), OTHER_PIN)
    assert isinstance(twin, MadeBadge)
    assert twin.helper.code != made.helper.code
    assert badges.add(portal, "H77.77", MAU, PIN) is NewBadgeRefusal.UNKNOWN, "a misspelt agency"
    assert badges.add(portal, AGENCY, replace(MAU, valid_until=NOON.replace(year=2020)), PIN) is NewBadgeRefusal.UNTIL
    assert badges.renew(portal, "XY-0001", PIN) is NewBadgeRefusal.UNKNOWN
    assert [each.helper.code for each in badges.listed(portal)] == sorted([made.helper.code, twin.helper.code])


def test_who_helped_long_ago_is_forgotten_with_the_next_version(portal: Portal, code: str) -> None:
    assert code  # the agency is known by it
    first = added(portal)
    with portal.database.write() as connection:
        connection.execute(update(helper).values(valid_until=portal.now() - KEPT_AFTER_END))
    before = badges.signed_roster(portal, AGENCY)
    assert badges.signed_roster(portal, AGENCY) == before
    second = added(portal, "TRẦN THỊ THỬ")
    assert [each.helper.code for each in badges.listed(portal)] == [second.helper.code]
    assert first.helper.code != second.helper.code


def test_whose_badge_has_ended_gets_another(portal: Portal, code: str) -> None:
    assert code  # the agency is known by it
    made = added(portal)
    with portal.database.write() as connection:
        connection.execute(update(helper).values(valid_until=portal.now()))
    assert badges.renew(portal, made.helper.code, OTHER_PIN) is NewBadgeRefusal.OVER
    assert added(portal).helper.code != made.helper.code
