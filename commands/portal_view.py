"""What the portal itself says of a dossier, asked over HTTP as the kiosk asks: the tour's evidence that it arrived."""

from typing import Any
from uuid import UUID

import jwt

from commands.demo import Demo
from commands.wall_clock import WallClock
from kiosk.receipt import SubmissionStatus
from sync.enrolment import Enrolled
from sync.server_time import ServerTime
from sync.tokens import TokenSource
from sync.transport import JSON_MEDIA_TYPE, Answer, Call, Transport


def portal_view(demo: Demo, enrolled: Enrolled, client_ref: UUID) -> dict[str, Any]:
    """The submission as the portal holds it, with the receipt's payload in the clear. {} when it does not know it."""
    clock = WallClock()
    server_time = ServerTime(clock)
    transport = Transport(demo.portal.url, server_time, None)
    try:
        token = TokenSource(enrolled.enrolment, demo.keys.device_key(), server_time, clock).bearer(transport)
        if not isinstance(token, str):
            return {}
        answer = transport.send(Call("GET", f"/v1/submissions/{client_ref}", (JSON_MEDIA_TYPE,)), token)
    finally:
        transport.close()
    if not isinstance(answer, Answer) or answer.status != 200:
        return {}
    status = SubmissionStatus.model_validate_json(answer.body)
    payload = jwt.api_jws.decode(status.receipt, options={"verify_signature": False})  # verified by the sync loop
    view: dict[str, Any] = status.model_dump(mode="json")
    view["receipt_payload"] = jwt.utils.force_bytes(payload).decode()
    return view
