"""Services are found as people look for them: without accents, with slips of the finger, by raw Telex keys."""

from dataclasses import replace

import pytest

from kiosk.catalog import Coded, Confidence, Linked, Service
from kiosk.service_search import ServiceSearch, in_order, most_wanted
from tests.sample_forms import extract_copy

FIELD = Coded("ho-tich", "Hộ tịch", "x")


def service(code: str, *names: str, official: str = "Thủ tục", aliases: tuple[str, ...] = ()) -> Service:
    return replace(
        extract_copy(), code=code, name=official, everyday_names=names, aliases=aliases, field=FIELD, life_events=()
    )


SERVICES = (
    service("1.001193", "Làm giấy khai sinh cho con", "Khai sinh", official="Đăng ký khai sinh"),
    service("1.004884", "Làm lại giấy khai sinh đã mất sổ gốc", official="Đăng ký lại khai sinh"),
    service("2.000635", "Xin bản sao giấy khai sinh", "Xin trích lục", official="Cấp bản sao trích lục hộ tịch"),
    service("1.000656", "Khai tử cho người thân", official="Đăng ký khai tử"),
    service("1.000894", "Đăng ký kết hôn", official="Đăng ký kết hôn", aliases=("Làm giấy hôn thú",)),
    service(
        "3.000333", "Làm lý lịch tư pháp để xin việc làm", aliases=("2.000488",), official="Cấp Phiếu lý lịch tư pháp"
    ),
    service("2.000815", "Sao y giấy tờ", "Chứng thực bản sao", official="Chứng thực bản sao từ bản chính"),
)
INDEX = ServiceSearch(SERVICES)


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("giấy khai sinh", "1.001193"),
        ("giay khai sinh", "1.001193"),
        ("GIAY KHAI SINH", "1.001193"),
        ("giaykhaisinh", "1.001193"),
        ("giay khia sinh", "1.001193"),  # two letters swapped
        ("giay khai shin cho con", "1.001193"),
        ("khai s", "1.001193"),  # not typed to the end yet
        ("xin viec lam ly lich", "3.000333"),
        ("ly lich tu phap", "3.000333"),
        ("lý lịch tư fáp", "3.000333"),
        ("ket hon", "1.000894"),
        ("kêt hôn", "1.000894"),
        ("keets hoon", "1.000894"),  # Telex without an input method
        ("ddawng kys keets hoon", "1.000894"),
        ("hôn thú", "1.000894"),
        ("trich luc", "2.000635"),
        ("sao y", "2.000815"),
        ("saoy", "2.000815"),
        ("chung thuc", "2.000815"),
        ("khai tử", "1.000656"),
        ("3.000333", "3.000333"),
        ("3000333", "3.000333"),
        ("2.000488", "3.000333"),  # a code of before
        ("lam lai giay khai sinh", "1.004884"),
    ],
)
def test_what_people_type_leads_there(typed: str, first: str) -> None:
    assert [match.service.code for match in INDEX.find(typed)][:1] == [first]


@pytest.mark.parametrize("typed", ["", "   ", "?!", "xyzxyz", "9.999999", "🙂"])
def test_nothing_is_found_for_nothing(typed: str) -> None:
    assert INDEX.find(typed) == ()


def test_all_that_fit_are_listed() -> None:
    assert {match.service.code for match in INDEX.find("khai sinh")} == {"1.001193", "1.004884", "2.000635"}


def test_a_linked_service_stands_before_those_that_it_replaces() -> None:
    fact = extract_copy().result
    linked = service("3.000722", "Khai sinh, thường trú, bảo hiểm trong một lần")
    birth = replace(SERVICES[0], linked_first=Linked("3.000722", fact))
    found = [each.service.code for each in ServiceSearch((birth, *SERVICES[1:], linked)).find("giấy khai sinh")]
    assert found.index("3.000722") == found.index("1.001193") - 1


def test_what_is_used_here_comes_first_and_what_is_only_read_about_last() -> None:
    unsure = replace(SERVICES[0], named=replace(SERVICES[0].named, confidence=Confidence.UNVERIFIED))
    listed = (unsure, *SERVICES[1:])
    assert [each.code for each in most_wanted(listed, ["2.000815", "gone", "1.000894"])][:2] == ["2.000815", "1.000894"]
    assert in_order(listed)[-1] is unsure


def test_the_name_that_fits_is_told() -> None:
    assert INDEX.find("hon thu")[0].name == "Làm giấy hôn thú"
    assert INDEX.find("trich luc")[0].name == "Xin trích lục"


def test_of_names_that_fit_alike_the_one_that_is_used_here_comes_first() -> None:
    assert INDEX.find("giay khai sinh", ["2.000635"])[0].service.code == "2.000635"
    assert INDEX.find("khai tu", ["2.000635"])[0].service.code == "1.000656"
