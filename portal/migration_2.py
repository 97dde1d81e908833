"""From schema 1 to 2: which pieces are held for whom and which dossiers are made of them; whose place a kiosk took
and which disk it has; withdrawals; imports."""

from alembic.operations import Operations
from sqlalchemy import BigInteger, Boolean, Column, DateTime, ForeignKey, Integer, String, Text


def upgrade(op: Operations) -> None:
    """One function for each part of the schema that is new in 2, in an order that their references allow."""
    _pieces(op)
    _identity(op)
    _withdrawals(op)
    _imports(op)


def _pieces(op: Operations) -> None:
    op.create_table(
        "piece",
        Column("name", String(64), primary_key=True),
        Column("size", Integer, nullable=False),
        Column("kept_at", DateTime, nullable=False, index=True),
    )
    op.create_table(
        "lease",
        Column("kiosk_id", String(40), ForeignKey("kiosk.kiosk_id"), primary_key=True),
        Column("name", String(64), ForeignKey("piece.name"), primary_key=True, index=True),
        Column("renewed_at", DateTime, nullable=False, index=True),
    )
    op.create_table(
        "document_piece",
        Column("kiosk_id", String(40), ForeignKey("kiosk.kiosk_id"), primary_key=True),
        Column("name", String(64), ForeignKey("piece.name"), primary_key=True, index=True),
        Column("client_ref", String(36), ForeignKey("submission.client_ref"), primary_key=True),
    )


def _identity(op: Operations) -> None:
    op.add_column("enrol_code", Column("follows", String(40)))
    op.add_column("kiosk", Column("follows", String(40)))
    op.add_column("kiosk", Column("cloned_at", DateTime))
    op.add_column("kiosk", Column("link_shown", String(64), nullable=False, server_default=""))
    op.add_column("kiosk", Column("rejoins", Integer, nullable=False, server_default="0"))
    op.add_column("kiosk", Column("returns", Integer, nullable=False, server_default="0"))
    op.create_table(
        "token_link",
        Column("kiosk_id", String(40), ForeignKey("kiosk.kiosk_id"), primary_key=True),
        Column("link_sha256", String(64), primary_key=True),
        Column("given_at", DateTime, nullable=False),
        Column("left_behind", Boolean, nullable=False),
    )
    # The dossiers of schema 1 are sealed: their numbers and pieces are learnt with the key, when the portal is opened
    # (portal/indexing.py). Until then nothing may be removed.
    op.add_column("submission", Column("seq", BigInteger))
    op.create_index("submission_by_kiosk", "submission", ["kiosk_id", "seq"])


def _withdrawals(op: Operations) -> None:
    op.create_table(
        "withdrawal",
        Column("client_ref", String(36), primary_key=True),
        Column("kiosk_id", String(40), ForeignKey("kiosk.kiosk_id"), nullable=False),
        Column("manifest_sha256", String(64), nullable=False),
        Column("withdrawn_at", DateTime, nullable=False),
        Column("request", Text, nullable=False),
        Column("proof", Text, nullable=False),
    )


def _imports(op: Operations) -> None:
    op.create_table(
        "imported",
        Column("client_ref", String(36), ForeignKey("submission.client_ref"), primary_key=True),
        Column("at", DateTime, nullable=False),
        Column("kiosk_revoked", Integer, nullable=False),
    )
