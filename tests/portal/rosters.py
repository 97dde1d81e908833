"""The roster in a portal's answer, as a kiosk believes it."""

import jwt
import requests

from kiosk.roster import ROSTER_TYP, Roster, SignedRoster
from tests.portal.desk import Desk


def roster_in(desk: Desk, answer: requests.Response) -> Roster:
    """Its signature is verified from the pinned root on."""
    signed = SignedRoster.model_validate_json(answer.content).roster
    header = jwt.get_unverified_header(signed)
    assert header["typ"] == ROSTER_TYP
    payload = jwt.PyJWS().decode(signed, desk.keys()[header["kid"]], algorithms=["EdDSA"])
    return Roster.model_validate_json(payload)
