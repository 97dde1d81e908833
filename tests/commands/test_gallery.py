"""`kiosk gallery`: which pictures it writes, and what it says to a name that it does not know."""

import json
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from commands import gallery
from kiosk.texts import _


def test_one_state_at_one_size_is_one_picture(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "new" / "folder"
    code = gallery.run(["--out", str(out), "--screen", "home-unwell", "--size", "1366x768", "--text", "large"])
    assert code == 0
    [picture] = out.glob("*.png")
    assert picture.name == "home-unwell-1366x768-large-light-vi.png"
    image = QImage(str(picture))
    assert (image.width(), image.height()) == (1366, 768)
    assert capsys.readouterr().out == f"kiosk gallery: 1 pictures of 1 screens in {out}\n"


def test_a_screens_name_stands_for_all_its_states_and_sizes(tmp_path: Path) -> None:
    assert gallery.run(["--out", str(tmp_path), "--screen", "consent"]) == 0
    names = {picture.name for picture in tmp_path.glob("*.png")}
    assert len(names) == 2 * 3 * 3
    assert "consent-refused-1080x1920-largest-light-vi.png" in names


def test_contrast_and_language_are_chosen_and_put_back(tmp_path: Path) -> None:
    options = ["--screen", "opening", "--size", "1920x1080", "--text", "normal"]
    assert gallery.run(["--out", str(tmp_path), *options, "--contrast", "white-on-black", "--lang", "en"]) == 0
    [picture] = tmp_path.glob("*.png")
    assert picture.name == "opening-1920x1080-normal-white-on-black-en.png"
    assert QImage(str(picture)).pixelColor(5, 1075).name() == "#000000"
    assert _.language == "vi"


def test_a_page_beside_the_pictures_has_all_of_them(tmp_path: Path) -> None:
    for screen in ("opening", "stopped-no_card"):
        options = ["--screen", screen, "--size", "1366x768", "--text", "normal", "--check"]
        assert gallery.run(["--out", str(tmp_path), *options]) == 0
    page = (tmp_path / "index.html").read_text(encoding="utf-8")
    pictures = json.loads(page.split("const pictures = ")[1].split(";\n")[0])
    assert [each["file"] for each in pictures] == sorted(file.name for file in tmp_path.glob("*.png"))
    assert {(each["scene"], each["look"]) for each in pictures} == {
        ("opening", "1366x768-normal-light-vi"),
        ("stopped-no_card", "1366x768-normal-light-vi"),
    }
    assert "http" not in page, "it needs no network"


def test_what_is_wrong_on_a_page_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("commands.page_checks.LEAST_MM", 40.0)
    options = ["--screen", "stopped-no_card", "--size", "1366x768", "--text", "normal", "--check"]
    assert gallery.run(["--out", str(tmp_path), *options]) == 1
    said = capsys.readouterr().out.splitlines()
    assert said[1].startswith("stopped-no_card-1366x768-normal-light-vi: too small to touch: Cỡ chữ")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--screen", "nothing"], "no screen is called 'nothing'"),
        (["--size", "large"], "'large' is no size like 1920x1080"),
        (["--size", "10x10"], "'10x10' is no size like 1920x1080"),
        (["--text", "huge"], "huge"),
    ],
)
def test_what_it_does_not_know_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], options: list[str], said: str
) -> None:
    with pytest.raises(SystemExit) as stopped:
        gallery.run(["--out", str(tmp_path), *options])
    assert stopped.value.code == 2
    assert said in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
