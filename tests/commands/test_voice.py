"""`kiosk voice`: the texts to record, and what it says of files that somebody recorded."""

import csv
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

import main
from commands.voice_sound import can_hear
from commands.voices import clip_shelf
from kiosk.clips import clip_id
from kiosk.config import load_settings

SOUNDS = Path(__file__).parent.parent / "fixtures" / "voice"
SERVICE = ("--service", "2.000635")


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """An office with a folder of clips: the settings file."""
    (tmp_path / "clips" / "vi").mkdir(parents=True)
    config = tmp_path / "kiosk.toml"
    config.write_text('[voice]\nclips = "clips"\n[office]\nname = "Một cửa xã Mẫu"\n', encoding="utf-8")
    return config


def record(config: Path, text: str, sound: str = "tone") -> Path:
    path = config.parent / "clips" / "vi" / f"{clip_id(text)}.opus"
    path.write_bytes((SOUNDS / f"{sound}.opus").read_bytes())
    return path


@pytest.mark.proof
def test_the_script_names_every_text_once_with_its_file(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main.main(["voice", "script", *SERVICE, "--config", str(own)]) == 0
    rows = list(csv.DictReader(capsys.readouterr().out.splitlines(), delimiter="\t"))
    by_text = {row["text"]: row for row in rows}
    assert len(by_text) == len(rows) == len({row["id"] for row in rows})
    assert all(row["id"] == clip_id(row["text"]) for row in rows)
    assert by_text["Tiếp tục"]["where"]
    assert "2.000635" in by_text["Mỗi lần xin giấy tờ của một người."]["where"]
    assert by_text["chỗ cần xem lại"]["whole"] == "Có {count} chỗ cần xem lại"
    assert {"hai mươi", "mốt", "Một cửa xã Mẫu", "Tỉnh Cao Bằng"} <= by_text.keys()
    assert not any("{" in row["text"] or "\n" in row["text"] for row in rows)


def test_what_is_recorded_needs_no_code(own: Path) -> None:
    record(own, "Có")
    record(own, "hai")
    record(own, "chỗ cần xem lại")
    _shelf, composer = clip_shelf(load_settings(own, own.parent).voice, "vi")
    assert composer.compose("Có 2 chỗ cần xem lại") == ("Có", "hai", "chỗ cần xem lại")


@pytest.mark.proof
def test_what_is_not_recorded_yet_can_be_read_from_paper(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    record(own, "hai")
    assert main.main(["voice", "script", "--print", "--missing", *SERVICE, "--config", str(own)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert any(line.endswith(". Tiếp tục") for line in lines)
    assert not any(line.endswith(". hai") for line in lines)


@pytest.mark.proof
def test_the_check_counts_and_finds_damage(own: Path, capfd: pytest.CaptureFixture[str], qapp: QApplication) -> None:
    record(own, "Tiếp tục")
    damaged = {"Quay lại": "silent", "Xong": "quiet", "Đọc to": "clipped"}
    paths = {record(own, text, sound): sound for text, sound in damaged.items()}
    cut = record(own, "Gọi hỗ trợ")
    cut.write_bytes(cut.read_bytes()[:-30])
    orphan = record(own, "Không trang nào nói câu này")
    assert main.main(["voice", "check", "--config", str(own)]) == 1
    out = capfd.readouterr().out
    assert f"format\t{cut}\tGọi hỗ trợ" in out
    assert f"orphaned\t{orphan}" in out
    assert "2.000635" in out
    if can_hear():
        words = {"silent": "silent", "quiet": "too quiet", "clipped": "clipped"}
        assert [path for path, sound in paths.items() if f"{words[sound]}\t{path}" not in out] == []
        assert "4 tệp hỏng, 1 tệp thừa" in out
        assert "Input #0" not in out


@pytest.mark.proof
def test_a_service_that_is_not_there_and_wrong_settings(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main.main(["voice", "script", "--service", "9.999999", "--config", str(own)]) == 2
    assert "9.999999" in capsys.readouterr().err
    own.write_text("[voice]\nclip = 1\n", encoding="utf-8")
    assert main.main(["voice", "check", "--config", str(own)]) == 2
