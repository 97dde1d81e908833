"""From schema 3 to 4: calls for help."""

from alembic.operations import Operations
from sqlalchemy import Column, DateTime, ForeignKey, String


def upgrade(op: Operations) -> None:
    """The table of calls."""
    op.create_table(
        "help_call",
        Column("call_id", String(36), primary_key=True),
        Column("kiosk_id", String(40), ForeignKey("kiosk.kiosk_id"), nullable=False),
        Column("page", String(80), nullable=False),
        Column("called_at", DateTime, nullable=False, index=True),
        Column("heard_at", DateTime, nullable=False),
        Column("over_at", DateTime),
        Column("seen_at", DateTime),
        Column("seen_by", String(80), nullable=False, server_default=""),
    )
