"""Tests of `kiosk bench`: the arithmetic of its figures, its verdict, and measurements that need no window."""

import json
from collections import Counter
from pathlib import Path

import pytest

from commands import bench, bench_bundle, bench_machine, bench_start
from commands.bench_clock import fair_s
from commands.bench_figure import Figure, figure_of, percentile
from commands.self_command import self_command


def test_a_percentile_is_a_number_that_was_measured() -> None:
    numbers = [float(number) for number in range(100, 0, -1)]
    assert percentile(numbers, 0.99) == 99.0
    assert percentile(numbers, 0.5) == 50.0
    assert percentile([7.0], 0.99) == 7.0


def test_a_figure_is_met_up_to_its_target() -> None:
    figure = figure_of("start", "ms", [100.0, 300.0, 200.0])
    assert (figure.least, figure.middle, figure.most, figure.met) == (100.0, 200.0, 300.0, True)
    assert figure.judged_by(3.0, "times bare", 3.0).met
    assert not figure.judged_by(3.01, "times bare", 3.0).met
    assert figure.with_details(lines=["a"]).with_details(more=1).details == {"lines": ["a"], "more": 1}


def test_the_fair_clock_goes_forward_with_this_thread() -> None:
    before_s = fair_s()
    assert sum(range(200_000)) > 0
    assert fair_s() > before_s


@pytest.mark.proof
def test_the_kiosk_of_an_office_shows_its_opening_page_before_the_page_where_a_visit_begins(tmp_path: Path) -> None:
    config = bench_start.enrolled_kiosk(tmp_path)
    bare = bench_start.paints_ms((*self_command("bench"), "--paint", "bare"), tmp_path)
    kiosk = bench_start.paints_ms((*self_command("bench"), "--paint", "kiosk", "--config", str(config)), tmp_path)
    assert set(bare) == {"first"}
    assert set(kiosk) == {"first", "home"}
    assert 0 < kiosk["first"] < kiosk["home"]


def test_the_machine_is_measured_and_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    figures = {figure.name: figure for figure in bench_machine.measure()}
    assert set(figures) == {"4 kB append, fdatasync", "write and fsync 12 MB", "AES-256-GCM", "ChaCha20"}
    assert all(0 < figure.least <= figure.middle <= figure.most for figure in figures.values())
    assert list((tmp_path / "diem-truy-cap").iterdir()) == []
    assert bench_machine.describe()["cores"]


def test_a_big_part_of_the_bundle_that_nobody_knows_is_a_target_missed() -> None:
    size, parts = bench_bundle.size_figures(Counter({"PySide6": 80.0, "typst": 60.0, "small": 4.9}))
    assert size.most == pytest.approx(144.9)
    assert parts.met
    assert [line.split(": ")[0] for line in parts.details["lines"]] == ["  80.0 MB  PySide6", "  60.0 MB  typst"]
    _size, parts = bench_bundle.size_figures(Counter({"PySide6": 80.0, "surprise": 5.1}))
    assert not parts.met
    assert parts.details["unknown"] == ["surprise"]


def test_a_part_is_a_folder_or_file_at_the_top_and_links_count_once(tmp_path: Path) -> None:
    inside = tmp_path / "_internal"
    (inside / "PySide6" / "lib").mkdir(parents=True)
    (inside / "PySide6" / "lib" / "libQt6Core.so.6").write_bytes(bytes(2_000_000))
    (inside / "libQt6Core.so.6").symlink_to("PySide6/lib/libQt6Core.so.6")
    (inside / "libpython3.11.so.1.0").write_bytes(bytes(1_000_000))
    (tmp_path / "kiosk").write_bytes(bytes(500_000))
    assert bench_bundle.part_sizes_mb(tmp_path) == {"PySide6": 2.0, "libpython3.11.so.1.0": 1.0, "kiosk": 0.5}


def test_a_name_that_is_not_measured_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as refused:
        bench.run(["speed"])
    assert refused.value.code == 2
    assert "start, turn, wipe, press, key" in capsys.readouterr().err.replace("'", "")


def test_a_target_missed_is_named_and_is_the_exit_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    met = Figure("met", "ms", 1.0, 2.0, 3.0, 3.0, "max", 3.0)
    missed = Figure("too slow", "ms", 1.0, 2.0, 3.0, 3.0, "max", 2.9, {"lines": ["where it goes"]})
    assert bench.report([met, missed], {"cpu": "x"}, as_json=False) == 1
    told = capsys.readouterr().out
    assert told.splitlines()[-1] == "kiosk bench: missed: too slow"
    assert "where it goes" in told
    assert bench.report([met], {"cpu": "x"}, as_json=True) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["machine"] == {"cpu": "x"}
    assert answer["missed"] == []
    assert answer["figures"][0]["judged"] == 3.0
