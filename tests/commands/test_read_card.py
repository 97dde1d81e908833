"""Tests of `kiosk read-card`: one JSON object a line, the file as given, and the exit code."""

import json
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from commands import read_card
from devices.code_reader import ZxingCodeReader
from kiosk.resources import resource_path
from tests.devices.card_pictures import hard_frame
from tests.devices.pictures_made import RED, code_picture, encoded, plain

CARD = str(resource_path("demo", "cards", "card-1.jpg"))


def answers(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_a_card_is_read(capsys: pytest.CaptureFixture[str]) -> None:
    assert read_card.run([CARD]) == 0
    (answer,) = answers(capsys)
    assert list(answer) == ["file", "text", "card", "ms"]
    assert answer["file"] == CARD
    assert answer["text"].startswith("001058000123|")
    assert answer["card"] == {
        "number": "001058000123",
        "old_number": "012345678",
        "name": "NGUYỄN VĂN MẪU",
        "birth_date": "1958-01-01",
        "sex": "Nam",
        "address": "Thôn Mẫu, Hòa Bình, Thường Tín, Hà Nội",
        "issued_on": "2021-08-15",
        "extras": [],
        "layout": "2021",
    }
    assert answer["ms"] > 0


def test_a_code_that_is_no_card_is_a_text_without_a_card(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "code.png").write_bytes(encoded(code_picture("https://example.invalid"), "PNG"))
    (tmp_path / "plain.png").write_bytes(encoded(plain(RED), "PNG"))
    assert read_card.run([str(tmp_path / "code.png"), str(tmp_path / "plain.png")]) == 0
    code, nothing = answers(capsys)
    assert (code["text"], code["card"]) == ("https://example.invalid", None)
    assert (nothing["text"], nothing["card"]) == (None, None)


def test_a_file_that_cannot_be_opened_is_told_and_the_others_are_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    missing = str(tmp_path / "missing.jpg")
    assert read_card.run([missing, CARD]) == 1
    output = capsys.readouterr()
    first, second = (json.loads(line) for line in output.out.splitlines())
    assert (first["file"], first["text"], first["card"]) == (missing, None, None)
    assert second["card"]["number"] == "001058000123"
    assert missing in output.err


def test_a_card_that_zxing_cannot_read_is_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    frame, text = hard_frame()
    picture = Image.frombytes("RGB", (frame.width_px, frame.height_px), frame.rgb)
    (tmp_path / "hard.png").write_bytes(encoded(picture, "PNG"))
    assert ZxingCodeReader().read(frame) is None
    assert read_card.run([str(tmp_path / "hard.png")]) == 0
    (answer,) = answers(capsys)
    assert answer["text"] == text
    assert answer["card"]["number"] == text[:12]
