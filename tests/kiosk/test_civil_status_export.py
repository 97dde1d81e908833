"""What the office's civil-status software takes over: read back through the contract's own tables it is the answers."""

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from kiosk.catalog import Service
from kiosk.civil_status_export import as_bytes, date_parts, export, file_name, name_parts
from kiosk.computed import all_fields
from kiosk.conditions import holds, value_text
from kiosk.exchange import Exchange, Row, Take, TargetType
from kiosk.exchange_file import read_exchange
from kiosk.form import Address, Answer, AnswerValue, FieldType
from kiosk.form_rules import check_page, completed, display_text, visible_pages
from tests.kiosk.civil_status_answers import BIRTH, BIRTH_AGAIN, CASES, DEATH, Values
from tests.kiosk.shipped_forms import FACTS, shipped_form
from tests.kiosk.test_forms_marital_status import ABROAD, STATES
from tests.kiosk.test_forms_marital_status import OWN as OWN_STATUS
from tests.sample_forms import OWN_BIRTH, RESOURCES, TODAY, answered, extract_copy, release

EXCHANGE = RESOURCES / "exchange"
CODES = sorted({code for code, _values in CASES.values()})


@cache
def exchange() -> Exchange:
    """The shipped contract with every service's file; there may be no mistake."""
    made, found = read_exchange(EXCHANGE, release().code_lists, {code: shipped_form(code) for code in CODES})
    assert not found, "\n".join(map(str, found))
    return made


def service(code: str) -> Service:
    return replace(extract_copy(), code=code, form=shipped_form(code))


def written(code: str, values: Values) -> dict[str, Any]:
    """The message as it is read again from its file."""
    message = export(exchange(), service(code), answered(values), FACTS, "2025-07-01")
    assert message is not None
    return dict(json.loads(as_bytes(message)))


@pytest.mark.parametrize("case", CASES)
def test_everything_in_the_message_is_in_the_contract_s_tables(case: str) -> None:
    code, values = CASES[case]
    message, module = written(code, values), exchange().services[code].module
    assert message["module"] == module.code
    assert list(message["data"]) == [name for name in module.targets if name in message["data"]]
    for name, value in message["data"].items():
        target = module.targets[name]
        assert isinstance(value, _TYPES[target.type]), name
        if target.type is TargetType.DATE:
            assert re.fullmatch(r"((\d\d/)?\d\d/)?\d{4}", str(value)), name
        if target.list_id:
            listed, shown = exchange().contract.lists[target.list_id], message["codes"][name]
            assert shown["label"] == listed.labels[shown["code"]]
            assert str(value) == (shown["label"] if listed.by_label else shown["code"])


@pytest.mark.parametrize("case", CASES)
def test_read_back_through_the_tables_it_is_the_answers(case: str) -> None:
    code, values = CASES[case]
    message, live = written(code, values), completed(shipped_form(code), answered(values), FACTS)
    back: dict[str, AnswerValue] = {}
    for row in exchange().services[code].rows:
        if row.take is Take.FROM and row.target.name in message["data"] and _said_by(row, code, live):
            field = all_fields(shipped_form(code))[row.fields[0]]
            back[field.id] = _read(row, message, field.type, dict(_labels(code, field.id)))
    assert back
    for name, value in back.items():
        answer = live[name].value
        assert value == (str(answer) if isinstance(value, str) else answer), name


_TYPES: Mapping[TargetType, type | tuple[type, ...]] = {
    TargetType.TEXT: str,
    TargetType.INT: int,
    TargetType.DATE: str,
    TargetType.ADDRESS: dict,
    TargetType.NAME_PARTS: dict,
    TargetType.DATE_PARTS: dict,
}


def _labels(code: str, field_id: str) -> list[tuple[str, str]]:
    field = all_fields(shipped_form(code))[field_id]
    return [(choice.label, choice.code) for choice in field.choices]


def _said_by(row: Row, code: str, live: Mapping[str, Answer]) -> bool:
    """Whether this row, of those for its name, is the one that had something to say."""
    for other in exchange().services[code].rows:
        if other.target.name != row.target.name or not holds(other.when, live, FACTS):
            continue
        answer = live.get(other.fields[0]) if other.fields else None
        known = other.take is Take.VALUE or (answer is not None and not answer.unknown)
        if known and (other.codes is None or answer is None or value_text(answer) in other.codes):
            return other is row
    return False


def _read(row: Row, message: Mapping[str, Any], kind: FieldType, labels: Mapping[str, str]) -> AnswerValue:
    """The form's answer, from the message and the tables alone."""
    value, target = message["data"][row.target.name], row.target
    if kind is FieldType.ADDRESS:
        codes = message["codes"]
        province, commune = codes[f"{target.name}.maTinh"], codes[f"{target.name}.maXa"]
        text = (
            value
            if isinstance(value, str)
            else ", ".join(filter(None, (value.get("dcChiTiet", ""), commune["label"], province["label"])))
        )
        line = text.removesuffix(f"{commune['label']}, {province['label']}").removesuffix(", ")
        if row.line_begins:
            line = line.removeprefix("BỆNH VIỆN MẪU, ")
        return Address(province["code"], province["label"], commune["code"], commune["label"], line)
    if target.type is TargetType.NAME_PARTS:
        return " ".join(value[part] for part in ("Ho", "ChuDem", "Ten") if part in value)
    if target.type is TargetType.DATE_PARTS:
        return "-".join(value[part] for part in ("namSinh", "thangSinh", "ngaySinh") if part in value)
    if row.codes is not None:
        said = message["codes"][target.name]["code"] if target.list_id else value
        return {to: code for code, to in row.codes.items()}[said]
    if kind is FieldType.DATE:
        return "-".join(reversed(value.split("/")))
    if kind is FieldType.CHOICE and not target.list_id:
        return labels[value]
    if isinstance(value, dict):
        return str(value["dcChiTiet"])
    return int(value) if kind is FieldType.NUMBER else str(value)


def test_a_birth_in_the_words_of_the_contract() -> None:
    message = written("1.001193", BIRTH)
    data, codes = message["data"], message["codes"]
    assert (data["loaiDangKy"], data["nksNgaySinh"], data["chaNgaySinh"], data["meNgaySinh"]) == (
        "1",
        "01/11/2026",
        "1995",
        "05/1997",
    )
    assert data["nksNoiSinh"] == {
        "quocGia": "VN",
        "maTinh": "01",
        "maXa": "00004",
        "dcChiTiet": "BỆNH VIỆN MẪU, Số 12, phố Mẫu Đơn",
    }
    assert data["nksQueQuan"] == {"quocGia": "VN", "maTinh": "31", "maXa": "11290"}
    assert data["nksDanToc"] == "Ê-đê"
    assert codes["nksDanToc"] == {"code": "12", "label": "Ê-đê", "list": "danToc"}
    assert (data["meLoaiGiayToTuyThan"], codes["meLoaiGiayToTuyThan"]["label"]) == ("2", "Hộ chiếu")
    assert data["chaSoDDCN"] == "066095000123"
    assert "chaLoaiGiayToTuyThan" not in data  # a number names a person; which card it stands on was not said
    assert data["nksNgaySinhBangChu"].startswith("ngày một tháng mười một năm")
    assert data["soLuongBanSao"] == "2"


def test_what_is_late_counts_from_the_day_after_the_term() -> None:
    on_time = written("1.001193", {**BIRTH, "child_birth_date": "2026-09-22"})
    assert on_time["data"]["loaiDangKy"] == "1"  # 60 days
    assert written(*CASES["late birth"])["data"]["loaiDangKy"] == "4"  # 61 days
    death = written("1.000656", {**DEATH, "fee_group": "none"})["data"]
    assert (death["loaiDangKy"], death["nktGioPhutChet"], death["gbtLoai"]) == ("4", "08:05", "1")


def test_what_is_unknown_is_left_out() -> None:
    data = written("1.000656", {**DEATH, "fee_group": "none"})["data"]
    assert "nktNguyenNhanChet" not in data
    assert "nktSoDDCN" not in data
    assert (data["nktLoaiGiayToTuyThan"], data["nktGiayToKhac"]) == ("8", "Giấy chứng nhận căn cước")


def test_numbers_are_numbers_where_the_contract_has_numbers() -> None:
    data = written(*CASES["marriage"])["data"]
    assert (data["voSoLanKH"], data["chongSoLanKH"], data["soBanSao"]) == (1, 2, 3)
    assert data["chongTinhTrangHonNhan"] == "Đã ly hôn; 15/2019/HNGĐ-ST; 12/04/2019; TAND QUẬN MẪU"
    copy = written("2.000635", OWN_BIRTH)["data"]
    assert (copy["cbsGioiTinh"], copy["loaiBanSao"]) == (1, 0)
    assert copy["cbsHoTen"] == {"Ho": "NGUYỄN", "ChuDem": "VĂN", "Ten": "MẪU"}
    assert copy["cbsNgaySinh"] == {"ngaySinh": "27", "thangSinh": "03", "namSinh": "1958"}


def test_codes_are_those_of_the_exchange_and_not_of_the_electronic_forms() -> None:
    data = written("2.000635", OWN_BIRTH)["data"]
    assert data["nycLoaiGiayToTuyThan"] == 4  # on the electronic form the same card is 5
    assert written("1.004884", BIRTH_AGAIN)["data"]["loaiDangKy"] == "2"


def test_purposes_of_the_certificate_of_marital_status() -> None:
    def purpose(values: Values) -> str:
        return str(written("1.004873", values)["data"]["nxnLoaiMucDichSuDung"])

    assert purpose({**OWN_STATUS, **STATES["never"]}) == "5"
    assert purpose(ABROAD) == "4"
    assert purpose({**ABROAD, "future_nationality": "VN"}) == "3"


def test_the_purpose_in_words_is_what_was_chosen_or_typed() -> None:
    typed = {**OWN_STATUS, "use": "other", "other_purpose": "Nhận con nuôi"}
    for values, words in ((OWN_STATUS, "Mua bán, chuyển nhượng nhà đất"), (typed, "Nhận con nuôi")):
        assert written("1.004873", {**values, **STATES["never"]})["data"]["nxnMucDichSuDung"] == words


def test_a_state_of_which_no_paper_is_remembered_goes_in_its_own_words() -> None:
    for name, words in (("divorced", "Đã ly hôn"), ("widowed", "Vợ hoặc chồng đã mất")):
        data = written(*CASES[f"marital status, {name}, nothing remembered"])["data"]
        assert data["nxnTinhTrangHonNhan"] == f"{words}, chưa kết hôn lại"


@pytest.mark.parametrize("case", CASES)
def test_the_samples_here_are_answers_that_the_forms_take(case: str) -> None:
    """What the contract does not take need not be answered here; what is, has to be right and asked for."""
    code, values = CASES[case]
    live = completed(shipped_form(code), answered(values), FACTS)
    assert set(values) <= set(live)
    pages = visible_pages(shipped_form(code), answered(values), FACTS)
    wrong = [problem.field_id for page in pages for problem in check_page(page, live, TODAY)]
    assert not set(wrong) & set(values)


def test_a_service_without_a_module_has_no_message() -> None:
    other = replace(service("1.000894"), code="1.004859")
    assert export(exchange(), other, {}, FACTS, "2025-07-01") is None


@pytest.mark.parametrize("name", ["NGUYỄN THỊ MẪU ĐƠN", "H'MẪU", "Y MẪU"])
def test_the_parts_of_a_name_are_the_name(name: str) -> None:
    assert " ".join(name_parts(name).values()) == name


def test_the_parts_of_a_date_are_those_that_are_known() -> None:
    assert date_parts("1958") == {"namSinh": "1958"}
    assert date_parts("") == {}


def test_the_file_is_named_after_the_slip() -> None:
    assert file_name("ABCDE12345") == "ho-tich-ABCDE12345.json"


def test_of_the_answers_the_words_are_those_that_a_person_reads() -> None:
    form = shipped_form("1.004873")
    live = completed(form, answered({**OWN_STATUS, **STATES["divorced"]}), FACTS)
    field = form.field("marital_status")
    words = written("1.004873", {**OWN_STATUS, **STATES["divorced"]})["data"]["nxnTinhTrangHonNhan"]
    assert words.startswith(display_text(field, live["marital_status"].value))
    assert words.endswith("Bản án ly hôn; 15/2019/HNGĐ-ST; 12/04/2019; TAND QUẬN MẪU")
