"""The files of the exchange contract: whatever does not fit together is a mistake with its line."""

from pathlib import Path

import pytest

from kiosk.exchange_file import read_exchange
from kiosk.yaml_text import YamlProblem
from tests.kiosk.shipped_forms import shipped_form
from tests.sample_forms import RESOURCES, release

EXCHANGE = RESOURCES / "exchange"
A_ROW = 'rows:\n  - { to: loaiDangKy, value: "1" }\n'


def contract_in(folder: Path) -> Path:
    """The shipped contract without any service, in a folder of the test."""
    for name in ("contract.yaml", "person.yaml"):
        (folder / name).write_bytes((EXCHANGE / name).read_bytes())
    return folder


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ("- { to: voHoTen, from: nobody }", "the form has no field 'nobody'"),
        ("- { to: vợ, from: bride_name }", "the module KH has no 'vợ'"),
        ('- { to: voLoaiTinhTrangHonNhan, from: bride_status, codes: { "1": "1", "3": "3" } }', "the code '4'"),
        ("- { to: voLoaiTinhTrangHonNhan, from: bride_name }", "is no choice"),
        ('- { to: loaiDangKy, value: "9" }', "the list 'loaiDangKyKetHon' has no '9'"),
        ("- { to: voSoLanKH, value: one }", "needs a whole number"),
        ("- { to: voNgaySinh, value: 1990 }", "takes no constant"),
        ("- { to: voHoTen, from: bride_name, words: [bride_name] }", "needs exactly one of"),
        ("- { to: voHoTen, from: bride_name, when: { field: nobody, answered: yes } }", "asks about 'nobody'"),
    ],
)
def test_a_mapping_that_does_not_fit_is_left_out_with_its_line(tmp_path: Path, rows: str, reason: str) -> None:
    (contract_in(tmp_path) / "1.000894.yaml").write_text(
        f"service: 1.000894\nmodule: KH\nrows:\n  {rows}\n", encoding="utf-8"
    )
    made, found = read_exchange(tmp_path, release().code_lists, {"1.000894": shipped_form("1.000894")})
    assert not made.services
    assert [reason in problem.reason for problem in found] == [True]
    assert found[0].line == 4


def test_a_person_that_neither_side_knows_is_a_mistake(tmp_path: Path) -> None:
    text = "service: 1.000894\nmodule: KH\npersons:\n  - { to: me, from: bride }\n" + A_ROW
    (contract_in(tmp_path) / "1.000894.yaml").write_text(text, encoding="utf-8")
    _made, found = read_exchange(tmp_path, release().code_lists, {"1.000894": shipped_form("1.000894")})
    assert [problem.line for problem in found] == [4]


def test_a_service_that_is_not_in_the_catalogue_is_a_mistake(tmp_path: Path) -> None:
    text = "service: 9.999999\nmodule: XX\n" + A_ROW
    (contract_in(tmp_path) / "9.999999.yaml").write_text(text, encoding="utf-8")
    made, found = read_exchange(tmp_path, release().code_lists, {})
    assert not made.services
    assert "there is no service '9.999999'" in found[0].reason
    assert "the contract has no module 'XX'" in found[1].reason


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("list: gioiTinh", "list: gioi", "there is no list 'gioi'"),
        ("code_list: ethnic_groups", "code_list: ethnic", "there is no list 'ethnic'"),
        ("name: nksGioiTinh", "name: nksHoTen", "'nksHoTen' stands here twice"),
        ('code: "2", label: "H', 'code: "1", label: "H', "the code '1' stands here twice"),
    ],
)
def test_a_contract_that_contradicts_itself_is_not_read(tmp_path: Path, old: str, new: str, reason: str) -> None:
    path = contract_in(tmp_path) / "contract.yaml"
    text = (
        path.read_text(encoding="utf-8").replace('label: "Chưa', "label: Chưa").replace('giới tính" }', "giới tính }")
    )
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(YamlProblem, match=reason):
        read_exchange(tmp_path, release().code_lists, {})
