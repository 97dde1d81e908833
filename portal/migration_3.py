"""From schema 2 to 3: the helpers of each agency, and the version of its roster."""

from alembic.operations import Operations
from sqlalchemy import BigInteger, Column, DateTime, LargeBinary, String, Text


def upgrade(op: Operations) -> None:
    """Make the two tables. A roster that was published as a document before was never read by any kiosk."""
    op.create_table(
        "helper",
        Column("code", String(20), primary_key=True),
        Column("agency_code", String(35), nullable=False, index=True),
        Column("who_sealed", LargeBinary, nullable=False),
        Column("badge_sha256", String(64), nullable=False),
        Column("pin_verifier", Text, nullable=False),
        Column("valid_until", DateTime, nullable=False),
        Column("added_at", DateTime, nullable=False),
        Column("revoked_at", DateTime),
    )
    op.create_table(
        "roster",
        Column("agency_code", String(35), primary_key=True),
        Column("version", BigInteger, nullable=False),
        Column("issued_at", DateTime, nullable=False),
    )
    op.execute("DELETE FROM document WHERE name = 'roster'")
