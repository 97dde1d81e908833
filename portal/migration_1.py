"""Schema 1 of the portal's database, as the first release made it. Never changed: later schemas begin here."""

from alembic.operations import Operations
from sqlalchemy import Column, DateTime, ForeignKey, Integer, LargeBinary, String, Text


def upgrade(op: Operations) -> None:
    """Make the tables."""
    op.create_table("setting", Column("name", String(40), primary_key=True), Column("value", Text, nullable=False))
    _kiosks(op)
    _dossiers(op)
    _people(op)


def _kiosks(op: Operations) -> None:
    op.create_table(
        "kiosk",
        Column("kiosk_id", String(40), primary_key=True),
        Column("public_key", String(43), nullable=False),
        Column("device_name", Text, nullable=False),
        Column("agency_code", String(35), nullable=False),
        Column("agency_name", Text, nullable=False),
        Column("office_name", Text, nullable=False),
        Column("hotline", Text, nullable=False),
        Column("enrolled_at", DateTime, nullable=False),
        Column("revoked_at", DateTime),
    )
    op.create_table(
        "enrol_code",
        Column("code_sha256", String(64), primary_key=True),
        Column("agency_code", String(35), nullable=False),
        Column("agency_name", Text, nullable=False),
        Column("office_name", Text, nullable=False),
        Column("hotline", Text, nullable=False),
        Column("expires_at", DateTime, nullable=False),
        Column("kiosk_id", String(40), ForeignKey("kiosk.kiosk_id")),
    )
    op.create_table(
        "assertion",
        Column("kiosk_id", String(40), ForeignKey("kiosk.kiosk_id"), primary_key=True),
        Column("jti", String(128), primary_key=True),
        Column("expires_at", DateTime, nullable=False),
    )
    op.create_table(
        "token",
        Column("token_sha256", String(64), primary_key=True),
        Column("kiosk_id", String(40), ForeignKey("kiosk.kiosk_id"), nullable=False),
        Column("expires_at", DateTime, nullable=False),
    )


def _dossiers(op: Operations) -> None:
    op.create_table(
        "counter",
        Column("agency_code", String(35), primary_key=True),
        Column("day", String(6), primary_key=True),
        Column("last", Integer, nullable=False),
    )
    op.create_table(
        "submission",
        Column("client_ref", String(36), primary_key=True),
        Column("kiosk_id", String(40), ForeignKey("kiosk.kiosk_id"), nullable=False),
        Column("manifest_sha256", String(64), nullable=False),
        Column("manifest_sealed", LargeBinary, nullable=False),
        Column("remote_id", String(36), nullable=False, unique=True),
        Column("national_code", String(60), nullable=False, unique=True),
        Column("received_at", DateTime, nullable=False),
        Column("receipt", Text, nullable=False),
    )
    op.create_index("submission_by_time", "submission", ["received_at", "client_ref"])
    op.create_table(
        "document",
        Column("name", String(20), primary_key=True),
        Column("version", Integer, nullable=False),
        Column("issued_at", DateTime, nullable=False),
        Column("content", Text, nullable=False),
    )


def _people(op: Operations) -> None:
    op.create_table(
        "account",
        Column("name", String(80), primary_key=True),
        Column("password_hash", Text, nullable=False),
        Column("failures", Integer, nullable=False),
        Column("locked_until", DateTime),
        Column("created_at", DateTime, nullable=False),
    )
    op.create_table(
        "session",
        Column("token_sha256", String(64), primary_key=True),
        Column("account", String(80), ForeignKey("account.name"), nullable=False),
        Column("started_at", DateTime, nullable=False),
        Column("last_used_at", DateTime, nullable=False),
    )
    op.create_table(
        "viewing",
        Column("id", Integer, primary_key=True, autoincrement=True),
        Column("account", String(80), nullable=False),
        Column("client_ref", String(36), ForeignKey("submission.client_ref"), nullable=False, index=True),
        Column("document_id", String(36)),
        Column("at", DateTime, nullable=False),
    )
