"""The portal's tables, as portal/migrations.py makes them.

No personal data stands in them in the clear: manifests are sealed like the papers.
"""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
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
    Column("follows", String(40)),  # the kiosk whose dossiers the new one may bring
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
    Column("follows", String(40)),  # the kiosk in whose place it stands
    Column("cloned_at", Instant),  # two disks with its key were seen
    Column("link_shown", String(64), nullable=False, server_default=""),  # SHA-256; see portal/token_chain.py
    Column("rejoins", Integer, nullable=False, server_default="0"),
    Column("returns", Integer, nullable=False, server_default="0"),
)

token_link = Table(  # links that were given since the last one was shown, and those of chains that were left behind
    "token_link",
    metadata,
    Column("kiosk_id", ForeignKey("kiosk.kiosk_id"), primary_key=True),
    Column("link_sha256", String(64), primary_key=True),
    Column("given_at", Instant, nullable=False),
    Column("left_behind", Boolean, nullable=False),
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
    Column("seq", BigInteger),  # the manifest's; null until it and the pieces are known (portal/indexing.py)
    Index("submission_by_time", "received_at", "client_ref"),
    Index("submission_by_kiosk", "kiosk_id", "seq"),
)

imported = Table(  # the dossiers that came on a stick, not over the line
    "imported",
    metadata,
    Column("client_ref", ForeignKey("submission.client_ref"), primary_key=True),
    Column("at", Instant, nullable=False),
    Column("kiosk_revoked", Integer, nullable=False),  # 1 if the kiosk had been revoked by then
)

withdrawal = Table(  # for ever, also of dossiers that never came: they may still come, by the line or by a stick
    "withdrawal",
    metadata,
    Column("client_ref", String(36), primary_key=True),
    Column("kiosk_id", ForeignKey("kiosk.kiosk_id"), nullable=False),
    Column("manifest_sha256", String(64), nullable=False),
    Column("withdrawn_at", Instant, nullable=False),
    Column("request", Text, nullable=False),  # as the kiosk signed it
    Column("proof", Text, nullable=False),  # as the portal signed it
)

# Pieces go by the hidden name of their file (portal/sealing.py): a digest would tell who can guess the content.
piece = Table(
    "piece",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("size", Integer, nullable=False),
    Column("kept_at", Instant, nullable=False, index=True),  # when it was last brought
)

lease = Table(  # pieces that a kiosk has brought and not used yet
    "lease",
    metadata,
    Column("kiosk_id", ForeignKey("kiosk.kiosk_id"), primary_key=True),
    Column("name", ForeignKey("piece.name"), primary_key=True, index=True),
    Column("renewed_at", Instant, nullable=False, index=True),
)

document_piece = Table(  # pieces that a dossier is made of; the kiosk is the dossier's
    "document_piece",
    metadata,
    Column("kiosk_id", ForeignKey("kiosk.kiosk_id"), primary_key=True),
    Column("name", ForeignKey("piece.name"), primary_key=True, index=True),
    Column("client_ref", ForeignKey("submission.client_ref"), primary_key=True),
)

document = Table(  # signed things that kiosks fetch: the catalogue
    "document",
    metadata,
    Column("name", String(20), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("issued_at", Instant, nullable=False),
    Column("content", Text, nullable=False),
)

helper = Table(  # who has a badge of an agency, or had one
    "helper",
    metadata,
    Column("code", String(20), primary_key=True),
    Column("agency_code", String(35), nullable=False, index=True),
    Column("who_sealed", LargeBinary, nullable=False),  # name, unit and phones (portal/badges.py)
    Column("badge_sha256", String(64), nullable=False),
    Column("pin_verifier", Text, nullable=False),
    Column("valid_until", Instant, nullable=False),
    Column("added_at", Instant, nullable=False),
    Column("revoked_at", Instant),
)

roster = Table(  # the version of each agency's list of helpers; it only ever rises
    "roster",
    metadata,
    Column("agency_code", String(35), primary_key=True),
    Column("version", BigInteger, nullable=False),
    Column("issued_at", Instant, nullable=False),
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

help_call = Table(  # a citizen at a kiosk wants somebody to come; says what was on the screen, never who calls
    "help_call",
    metadata,
    Column("call_id", String(36), primary_key=True),
    Column("kiosk_id", ForeignKey("kiosk.kiosk_id"), nullable=False),
    Column("page", String(80), nullable=False),
    Column("called_at", Instant, nullable=False, index=True),  # by the portal's clock
    Column("heard_at", Instant, nullable=False),
    Column("over_at", Instant),
    Column("seen_at", Instant),
    Column("seen_by", String(80), nullable=False, server_default=""),
)
