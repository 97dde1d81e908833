"""The portal's tables. No personal data stands in them in the clear: manifests are sealed like the papers."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    Column,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)
from sqlalchemy.types import TypeDecorator

SCHEMA_VERSION = "1"


class Instant(TypeDecorator[datetime]):
    """An aware instant, stored in UTC; SQLite knows no zones."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value and value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        return value and value.replace(tzinfo=UTC)


metadata = MetaData()

setting = Table(
    "setting", metadata, Column("name", String(40), primary_key=True), Column("value", Text, nullable=False)
)

enrol_code = Table(
    "enrol_code",
    metadata,
    Column("code_sha256", String(64), primary_key=True),
    Column("agency_code", String(35), nullable=False),  # at most 35 characters: Decision 20/2020/QĐ-TTg
    Column("agency_name", Text, nullable=False),
    Column("office_name", Text, nullable=False),
    Column("hotline", Text, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("kiosk_id", ForeignKey("kiosk.kiosk_id")),  # who used it
)

kiosk = Table(
    "kiosk",
    metadata,
    Column("kiosk_id", String(40), primary_key=True),
    Column("public_key", String(43), nullable=False),  # Ed25519, base64url
    Column("device_name", Text, nullable=False),
    Column("agency_code", String(35), nullable=False),
    Column("agency_name", Text, nullable=False),
    Column("office_name", Text, nullable=False),
    Column("hotline", Text, nullable=False),
    Column("enrolled_at", Instant, nullable=False),
    Column("revoked_at", Instant),
)

assertion = Table(  # the token requests that were answered, until they expire by themselves
    "assertion",
    metadata,
    Column("kiosk_id", ForeignKey("kiosk.kiosk_id"), primary_key=True),
    Column("jti", String(128), primary_key=True),
    Column("expires_at", Instant, nullable=False),
)

token = Table(
    "token",
    metadata,
    Column("token_sha256", String(64), primary_key=True),
    Column("kiosk_id", ForeignKey("kiosk.kiosk_id"), nullable=False),
    Column("expires_at", Instant, nullable=False),
)

counter = Table(  # the last number given, per agency and day of acceptance
    "counter",
    metadata,
    Column("agency_code", String(35), primary_key=True),
    Column("day", String(6), primary_key=True),
    Column("last", Integer, nullable=False),
)

submission = Table(
    "submission",
    metadata,
    Column("client_ref", String(36), primary_key=True),  # for ever: a late replay must find it
    Column("kiosk_id", ForeignKey("kiosk.kiosk_id"), nullable=False),
    Column("manifest_sha256", String(64), nullable=False),
    Column("manifest_sealed", LargeBinary, nullable=False),
    Column("remote_id", String(36), nullable=False, unique=True),
    Column("national_code", String(60), nullable=False, unique=True),
    Column("received_at", Instant, nullable=False),
    Column("receipt", Text, nullable=False),
    Index("submission_by_time", "received_at", "client_ref"),
)

document = Table(  # signed things that kiosks fetch: the catalogue and the roster of helpers
    "document",
    metadata,
    Column("name", String(20), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("issued_at", Instant, nullable=False),
    Column("content", Text, nullable=False),
)

account = Table(
    "account",
    metadata,
    Column("name", String(80), primary_key=True),
    Column("password_hash", Text, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("locked_until", Instant),
    Column("created_at", Instant, nullable=False),
)

session = Table(
    "session",
    metadata,
    Column("token_sha256", String(64), primary_key=True),
    Column("account", ForeignKey("account.name"), nullable=False),
    Column("started_at", Instant, nullable=False),
    Column("last_used_at", Instant, nullable=False),
)

viewing = Table(  # who opened which dossier or paper, and when; only ever added to
    "viewing",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("account", String(80), nullable=False),
    Column("client_ref", ForeignKey("submission.client_ref"), nullable=False, index=True),
    Column("document_id", String(36)),
    Column("at", Instant, nullable=False),
)
