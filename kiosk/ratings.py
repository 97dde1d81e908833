"""How a citizen found the work at the kiosk: one of three faces with words."""

from enum import StrEnum


class Rating(StrEnum):
    """Counted by month (kiosk.monthly_counts), never kept with a visit."""

    GOOD = "good"
    FAIR = "fair"
    POOR = "poor"
