"""Bearer tokens: given for a JWT that the kiosk's own key signed (RFC 7523), opaque, valid for ten minutes."""

import secrets
from datetime import UTC, datetime, timedelta

import jwt
from jwt.types import Options
from pydantic import BaseModel, Field, ValidationError
from sqlalchemy import Connection, bindparam, delete, select
from sqlalchemy.exc import IntegrityError

from kiosk.manifest import sha256_hex
from kiosk.receipt import ProblemType, TokenAnswer
from portal.enrolment import Kiosk, find_kiosk
from portal.jwk import read_signing_jwk
from portal.problems import Refused
from portal.schema import assertion, token
from portal.token_chain import next_link

GRANT_TYPE = "urn:ietf:params:oauth:grant-type:jwt-bearer"  # RFC 7523 §2.1
TOKEN_VALID_S = 600
ASSERTION_MAX_S = 300
CLOCK_SKEW_MAX_S = 120
_BY_TOKEN = select(token).where(token.c.token_sha256 == bindparam("digest"))  # made once: it is run at every call


class _Claims(BaseModel):
    iss: str
    sub: str
    iat: int
    exp: int
    jti: str = Field(min_length=1, max_length=128)
    after: str = Field(default="", max_length=128)
    rejoin: str = Field(default="", max_length=128)


def exchange(connection: Connection, signed: str, audience: str, now: datetime) -> TokenAnswer:
    """A token for an assertion of an enrolled kiosk. Raises Refused (UNAUTHENTICATED, CLOCK, REVOKED, CLONED,
    KIOSK_BEHIND); when it is Forked, the caller has to write down that there are two (`token_chain.mark_cloned`)."""
    claims, caller = _verified(connection, signed, audience)
    _check_times(claims, now)
    _check_may_call(caller)
    _use_up(connection, claims, now)
    link = next_link(connection, caller.id, claims.after, claims.rejoin, now)
    text = secrets.token_urlsafe(32)
    connection.execute(delete(token).where(token.c.expires_at <= now))
    connection.execute(
        token.insert().values(
            token_sha256=sha256_hex(text.encode()),
            kiosk_id=caller.id,
            expires_at=now + timedelta(seconds=TOKEN_VALID_S),
        )
    )
    return TokenAnswer(access_token=text, token_type="Bearer", expires_in=TOKEN_VALID_S, link=link)  # noqa: S106 (a type, no secret)


def caller_of(connection: Connection, text: str, now: datetime) -> Kiosk:
    """The kiosk that a token was given to. Raises Refused."""
    row = connection.execute(_BY_TOKEN, {"digest": sha256_hex(text.encode())}).one_or_none()
    caller = find_kiosk(connection, row.kiosk_id) if row is not None and row.expires_at > now else None
    if caller is None:
        raise _unauthenticated("the token is unknown or expired")
    _check_may_call(caller)
    return caller


def _verified(connection: Connection, signed: str, audience: str) -> tuple[_Claims, Kiosk]:
    """The claims under a good signature of the kiosk that they name; nothing of their times is judged yet."""
    unjudged: Options = {"verify_exp": False, "verify_iat": False, "verify_nbf": False}
    try:
        named = jwt.decode(signed, options={"verify_signature": False}).get("iss")
        caller = find_kiosk(connection, str(named))
        if caller is None:
            raise _unauthenticated("the kiosk is not enrolled here")
        key = read_signing_jwk({"kty": "OKP", "crv": "Ed25519", "x": caller.public_key})
        content = jwt.decode(signed, key, algorithms=["EdDSA"], audience=audience, options=unjudged)
        claims = _Claims.model_validate(content)
    except (jwt.PyJWTError, ValidationError) as error:
        raise _unauthenticated(f"the assertion does not hold ({type(error).__name__})") from error
    if claims.sub != claims.iss:
        raise _unauthenticated("iss and sub differ")
    return claims, caller


def _check_times(claims: _Claims, now: datetime) -> None:
    """A clock that is off is told apart, for the kiosk can mend it by the Date of this answer."""
    if abs(claims.iat - now.timestamp()) > CLOCK_SKEW_MAX_S:
        raise Refused(ProblemType.CLOCK, "iat differs from the Date of this answer by more than two minutes")
    if claims.exp - claims.iat > ASSERTION_MAX_S:
        raise _unauthenticated("an assertion is valid for five minutes at most")
    if claims.exp <= now.timestamp():
        raise _unauthenticated("the assertion is expired")


def _use_up(connection: Connection, claims: _Claims, now: datetime) -> None:
    """Each assertion buys one token (RFC 7523 §3, point 7)."""
    connection.execute(delete(assertion).where(assertion.c.expires_at <= now))
    try:
        connection.execute(
            assertion.insert().values(
                kiosk_id=claims.iss, jti=claims.jti, expires_at=datetime.fromtimestamp(claims.exp, UTC)
            )
        )
    except IntegrityError as error:
        raise _unauthenticated("this assertion was used before") from error


def _unauthenticated(detail: str) -> Refused:
    return Refused(ProblemType.UNAUTHENTICATED, detail)


def _check_may_call(caller: Kiosk) -> None:
    """That it was cloned is said first: it is what a person at the kiosk has to know, and its successor revoked it."""
    if caller.cloned:
        raise Refused(ProblemType.CLONED, "two machines called with this kiosk's key: enrol each of them again")
    if caller.revoked:
        raise Refused(ProblemType.REVOKED, "this kiosk's right to call was taken back")
