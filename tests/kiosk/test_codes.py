"""The code lists that ship are complete, and a wrong list is refused by line."""

import re
from pathlib import Path

import pytest

from kiosk.codes import CodeList, load_code_list
from kiosk.resources import resource_path
from kiosk.yaml_text import YamlProblem

GOOD = "scheme: màu\nversion: 2026-11-21\nsource: x\ncodes:\n  - { code: 01, name: đỏ }\n  - { code: 02, name: No }\n"


def test_the_54_ethnic_groups_and_two_more() -> None:
    groups = load_code_list(resource_path("codes", "ethnic_groups.yaml"))
    assert list(groups.names) == [f"{number:02}" for number in range(1, 57)]
    assert groups.name("01") == "Kinh"
    assert groups.code("Ơ Đu") == "53"
    assert groups.name("55") == "Người nước ngoài"
    assert groups.version == "2026-10-05"


def test_nationalities_start_with_vietnam_and_are_iso_codes() -> None:
    nationalities = load_code_list(resource_path("codes", "nationalities.yaml"))
    codes = list(nationalities.names)
    assert codes[0] == "VN"
    assert codes[-1] == "200"
    assert len(codes) == 243
    assert all(re.fullmatch("[A-Z]{2}", code) for code in codes[:-1])
    assert nationalities.name("NO") == "Na Uy"
    assert nationalities.name("LA") == "Lào"
    assert nationalities.name("TW") == "Trung Quốc (Đài Loan)"
    assert not {"XK", "EU", "ZZ", "AQ"} & set(codes)


def load(folder: Path, content: str) -> CodeList:
    path = folder / "colours.yaml"
    path.write_text(content, encoding="utf-8")
    return load_code_list(path)


def test_codes_and_names_stay_text(tmp_path: Path) -> None:
    colours = load(tmp_path, GOOD)
    assert colours.names == {"01": "đỏ", "02": "No"}
    assert colours.name("1") is None
    assert colours.code("xanh") is None


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        (GOOD.replace("code: 02", "code: 01"), "the code 01 stands here twice"),
        (GOOD.replace("No", "đỏ"), "the name đỏ stands here twice"),
    ],
)
def test_a_double_entry_is_refused(tmp_path: Path, wrong: str, reason: str) -> None:
    with pytest.raises(YamlProblem) as caught:
        load(tmp_path, wrong)
    assert (caught.value.line, caught.value.reason) == (6, reason)
