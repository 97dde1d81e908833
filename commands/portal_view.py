"""What the portal itself says of a dossier, asked over HTTP as the kiosk asks: the tour's evidence that it arrived."""

from typing import Any
from uuid import UUID

import jwt

from commands.demo import Demo
from commands.wall_clock import WallClock
from kiosk.receipt import SubmissionStatus
from kiosk.store import Store
from sync.enrolment import Enrolled, device_key_of
from sync.server_time import ServerTime
from sync.token_chain import TokenChain
from sync.tokens import TokenSource
from sync.transport import JSON_MEDIA_TYPE, Answer, Call, Transport


def portal_view(demo: Demo, enrolled: Enrolled, store: Store, client_ref: UUID) -> dict[str, Any]:
    """The submission as the portal holds it, with the receipt's payload in the clear. {} when it does not know it.

    `store` keeps the kiosk's chain of tokens, which this request goes on with.
    """
    clock = WallClock()
    server_time = ServerTime(clock)
    transport = Transport(demo.portal.url, server_time, None)
    try:
        chain = TokenChain(store, enrolled.enrolment.kiosk_id, clock)
        key = device_key_of(enrolled, demo.keys)
        token = TokenSource(enrolled.enrolment, key, server_time, clock, chain).bearer(transport)
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
