"""Counting what is used here: by month, forgetting the past, and never in anybody's way."""

from datetime import date
from pathlib import Path

import pytest

from kiosk.monthly_counts import MONTHS_KEPT, MonthlyCounts, load_monthly_counts

NOVEMBER = date(2026, 11, 21)


def test_the_most_used_comes_first() -> None:
    use = MonthlyCounts()
    for code in ("2.000635", "1.001193", "2.000635", "1.000656"):
        use = use.with_one_more(code, NOVEMBER)
    assert use.top() == ("2.000635", "1.000656", "1.001193")


def test_old_months_are_forgotten() -> None:
    use = MonthlyCounts().with_one_more("1.000656", date(2026, 1, 5))
    for month in range(2, 2 + MONTHS_KEPT):
        use = use.with_one_more("2.000635", date(2026, month, 1))
    assert use.top() == ("2.000635",)


def test_it_is_kept_in_a_file(tmp_path: Path) -> None:
    path = tmp_path / "service-use.json"
    use = MonthlyCounts().with_one_more("2.000635", NOVEMBER).with_one_more("1.001193", date(2026, 10, 1))
    use.save(path)
    assert load_monthly_counts(path) == use


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"2026-11": 3}', b'{"2026-11": {"x": "y"}}', b"[" * 100_000])
def test_a_spoiled_file_counts_nothing(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "service-use.json"
    path.write_bytes(content)
    assert load_monthly_counts(path) == MonthlyCounts()
    assert load_monthly_counts(tmp_path / "missing") == MonthlyCounts()
