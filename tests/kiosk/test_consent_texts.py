"""The words that a citizen agrees to: complete, in the first person, and the same that are filed."""

from dataclasses import replace

import pytest

from kiosk.catalog import Route
from kiosk.consent_texts import (
    declaration_text,
    helper_band_text,
    helper_kind_text,
    helper_role_text,
    helper_text,
    privacy_facts,
    privacy_text,
)
from kiosk.visit import Helper, HelperKind
from tests.factories import VOLUNTEER, make_dossier, make_service
from tests.sample_forms import extract_copy


def test_the_office_that_uses_the_data_is_named_and_the_purpose_is_one() -> None:
    text = privacy_text("Bộ phận Một cửa phường Mẫu", Route.DESK)
    assert text.startswith("Tôi đồng ý để Bộ phận Một cửa phường Mẫu dùng thông tin")
    assert "chỉ để nộp và giải quyết hồ sơ của tôi" in text


def test_a_brace_in_an_offices_name_does_no_harm() -> None:
    assert "{office}" in privacy_text("{office}", Route.DESK)
    assert "{office}" in privacy_text("{office}", Route.PREPARE)


def test_the_helper_decides_nothing_and_is_named() -> None:
    text = helper_text(Route.DESK, VOLUNTEER)
    assert text.startswith(
        "Tôi đồng ý để Lê Thị Thử – Đoàn phường Mẫu giúp tôi thao tác trên máy này trong lần nộp này."
    )
    assert "Tôi tự quyết định nội dung và tự bấm Nộp." in text


def test_a_helper_without_a_badge_is_told_to_be_nobody_that_was_checked() -> None:
    relative = Helper(HelperKind.RELATIVE, "Lê Văn Thử", "con trai")
    assert helper_role_text(relative) == "Người thân, không xác minh"
    assert helper_role_text(replace(VOLUNTEER, code="TNV-0231")) == "Đoàn viên, tình nguyện viên"


def test_what_is_only_prepared_is_neither_filed_nor_kept() -> None:
    helping = helper_text(Route.PREPARE, VOLUNTEER)
    told = " ".join((privacy_text("Mẫu", Route.PREPARE), helping, *privacy_facts(Route.PREPARE)))
    assert "chỉ để chuẩn bị và in giấy tờ cho tôi" in told
    assert "Máy xóa hết khi ông/bà làm xong" in told
    assert "nộp" not in told.lower()
    assert "giữ" not in told
    assert any("Máy giữ hồ sơ có khóa mã" in text for text in privacy_facts(Route.ONLINE_BY_AGREEMENT))


def test_the_pledge_is_the_services_own() -> None:
    assert declaration_text(extract_copy()).startswith("Tôi cam đoan những nội dung khai trên đây là đúng sự thật")
    assert declaration_text(make_service(declaration_pledge="Tôi cam kết.")) == "Tôi cam kết."
    assert make_dossier().draft.consents[-1].text == declaration_text(extract_copy())


@pytest.mark.parametrize("kind", HelperKind)
def test_every_role_has_its_name(kind: HelperKind) -> None:
    others = {helper_kind_text(other) for other in HelperKind if other is not kind}
    assert helper_kind_text(kind)
    assert helper_kind_text(kind) not in others


@pytest.mark.parametrize(
    ("helper", "text"),
    [
        (Helper(), ""),
        (VOLUNTEER, "Lê Thị Thử – Đoàn phường Mẫu"),
        (Helper(HelperKind.RELATIVE, "Lê Thị Thử"), "Lê Thị Thử"),
    ],
)
def test_the_band_names_the_helper(helper: Helper, text: str) -> None:
    assert helper_band_text(helper) == text


@pytest.mark.parametrize("route", Route)
def test_where_unfinished_visits_are_kept_the_citizen_is_told_for_how_long(route: Route) -> None:
    assert any("24 giờ" in text for text in privacy_facts(route, 24))
    assert not any("giờ" in text for text in privacy_facts(route))
