"""How often something happened at this kiosk, by month and with nothing about anybody: a service begun, a rating."""

import json
from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kiosk.durable_file import write_durably

MONTHS_KEPT = 6
BYTES_MAX = 256 * 1024


@dataclass(frozen=True, slots=True)
class MonthlyCounts:
    """Counts by month ("2026-11") and a code, such as a service's."""

    months: tuple[tuple[str, tuple[tuple[str, int], ...]], ...] = ()

    def with_one_more(self, code: str, today: date) -> "MonthlyCounts":
        """The counts after it happened once more; months that are long over are dropped."""
        months = {month: dict(counts) for month, counts in self.months}
        counts = months.setdefault(f"{today:%Y-%m}", {})
        counts[code] = counts.get(code, 0) + 1
        kept = sorted(months)[-MONTHS_KEPT:]
        return MonthlyCounts(tuple((month, tuple(sorted(months[month].items()))) for month in kept))

    def top(self) -> tuple[str, ...]:
        """The codes, most used first."""
        total = Counter[str]()
        for _month, counts in self.months:
            total.update(dict(counts))
        return tuple(code for code, _count in sorted(total.items(), key=lambda entry: (-entry[1], entry[0])))

    def save(self, path: Path) -> None:
        """Write the counts. Raises OSError."""
        write_durably(path, json.dumps({month: dict(counts) for month, counts in self.months}).encode())


def load_monthly_counts(path: Path) -> MonthlyCounts:
    """The counts in the file; a file that is missing or spoiled counts nothing, for nothing depends on it."""
    try:
        if path.stat().st_size > BYTES_MAX:
            return MonthlyCounts()
        months = json.loads(path.read_bytes())
        read = [
            (str(month), [(str(code), int(count)) for code, count in counts.items()])
            for month, counts in months.items()
        ]
    except (OSError, ValueError, TypeError, AttributeError, RecursionError):
        return MonthlyCounts()
    return MonthlyCounts(tuple((month, tuple(sorted(counts))) for month, counts in sorted(read)))
