"""Tests of portal/setup.py: one call makes a portal that a kiosk can be enrolled at."""

import dataclasses

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kiosk.receipt import EnrolRequest
from portal.accounts import Accounts, LoggedIn
from portal.enrolment import enrol
from portal.instants import utc_now
from portal.opening import open_portal
from portal.settings import Settings
from portal.setup import prepare
from tests.portal.desk import OFFICE, jwk_of


def test_a_prepared_portal_takes_the_code(settings: Settings) -> None:
    code = prepare(settings, OFFICE)
    portal = open_portal(settings, utc_now)
    jwk = jwk_of(Ed25519PrivateKey.generate())
    with portal.database.write() as connection:
        kiosk = enrol(connection, EnrolRequest(code=code, public_key=jwk, device_name=""), utc_now())
    portal.database.close()
    assert kiosk.office == OFFICE


@pytest.mark.parametrize("agency_code", ["", "h32", "H32.", "H32-15", "TOOLONG"])
def test_an_agency_code_that_fits_no_dossier_code_is_refused(settings: Settings, agency_code: str) -> None:
    with pytest.raises(ValueError, match="not an agency's code"):
        prepare(settings, dataclasses.replace(OFFICE, agency_code=agency_code))


def test_a_person_may_read_there_from_the_start(settings: Settings) -> None:
    prepare(settings, OFFICE, account=("mau", "mật khẩu dài"))
    portal = open_portal(settings, utc_now)
    answer = Accounts(portal.database, utc_now).log_in("mau", "mật khẩu dài")
    portal.database.close()
    assert isinstance(answer, LoggedIn)
