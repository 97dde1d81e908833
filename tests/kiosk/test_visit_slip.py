"""The slip of a visit: kept until a receipt is verified, filed after it, prepared where nothing is sent."""

import base64
import hashlib
from dataclasses import replace
from datetime import date, timedelta
from types import MappingProxyType

import pytest

from kiosk.catalog import Confidence, Route
from kiosk.form import AnswerValue, Compare, Op
from kiosk.receipt import Receipt
from kiosk.slip import QR_PREFIX, SlipKind
from kiosk.status import Standing
from kiosk.visit import HelperKind, Visit
from kiosk.visit_slip import PreparedSlipMaker, SlipMaker
from kiosk.working_days import WorkingCalendar
from tests.factories import (
    DESK,
    IDS,
    LATER,
    VOLUNTEER,
    fixture_catalog,
    helped,
    make_document,
    make_dossier,
    make_part,
    make_visit,
)
from tests.sample_dossiers import receipt_for
from tests.sample_forms import HOME, OWN_BIRTH, extract_copy

NEVER = Compare("for_whom", Op.EQUALS, ("nobody",))
CALENDAR = WorkingCalendar(frozenset({2026, 2027}), MappingProxyType({}))
CODE = "H26.21.03-261121-0012"


def maker(visit: Visit | None = None) -> SlipMaker:
    own = visit or make_visit()
    return SlipMaker(own, make_dossier(own), DESK, CALENDAR)


def receipt(of: SlipMaker, code: str | None = CODE) -> Receipt:
    manifest = of.dossier.manifest(kiosk_id="kiosk-01", seq=1, audit_head="0" * 64, sealed_at=LATER)
    return receipt_for(manifest, code)


def test_without_a_receipt_it_is_kept_and_not_filed() -> None:
    slip = maker().make(None, LATER)
    assert (slip.kind, slip.national_code) == (SlipKind.KEPT, "")
    assert "CHƯA NỘP" in slip.title


def test_with_a_receipt_it_is_filed_with_the_portals_code_and_time() -> None:
    slips = maker()
    slip = slips.make(receipt(slips), LATER)
    assert (slip.kind, slip.national_code) == (SlipKind.FILED, CODE)
    assert "08:05 ngày 16/11/2026" in slip.statement


@pytest.mark.parametrize(
    ("standing", "kind"),
    [
        (Standing.KEPT, SlipKind.KEPT),
        (Standing.FILED, SlipKind.KEPT),
        (Standing.HELD_BY_DESK, SlipKind.HELD),
        (Standing.WITHDRAWN, SlipKind.HELD),
    ],
)
def test_the_outbox_tells_what_a_slip_without_a_receipt_may_promise(standing: Standing, kind: SlipKind) -> None:
    slips = maker()
    slip = slips.make(None, LATER, standing=standing)
    assert slip.kind is kind
    assert any("Máy sẽ tự gửi" in step for step in slip.next_steps) is (kind is SlipKind.KEPT)
    assert slips.make(receipt(slips), LATER, standing=standing).kind is SlipKind.FILED


@pytest.mark.parametrize(
    ("route", "title"),
    [(Route.DESK, "PHIẾU NỘP HỒ SƠ"), (Route.ONLINE_BY_AGREEMENT, "PHIẾU NỘP HỒ SƠ TRỰC TUYẾN")],
)
def test_the_title_says_by_which_route_it_was_filed(route: Route, title: str) -> None:
    slips = maker(make_visit(values={**OWN_BIRTH, "digital_citizen": False}, route=route))
    assert slips.make(receipt(slips), LATER).title == title


@pytest.mark.parametrize(("phone", "told"), [("0912345678", True), (None, False)])
def test_a_word_is_promised_only_to_who_left_a_way_to_send_it(phone: str | None, told: bool) -> None:
    values: dict[str, AnswerValue | None] = {**OWN_BIRTH, **({"contact_phone": phone} if phone else {})}
    slips = maker(make_visit(values=values))
    assert any("cán bộ sẽ báo" in step for step in slips.make(receipt(slips), LATER).next_steps) is told


def test_a_receipt_may_have_no_code_yet() -> None:
    slips = maker()
    slip = slips.make(receipt(slips, None), LATER)
    assert (slip.kind, slip.national_code, slip.code_note) == (SlipKind.FILED, "", "Mã hồ sơ: sẽ được cấp sau")


def test_a_day_is_promised_only_by_the_receipt() -> None:
    slips = maker()
    due = receipt(slips).model_copy(update={"due_at": LATER + timedelta(days=3)})
    assert any("Hẹn trả kết quả: Thứ Ba, 24/11/2026." in step for step in slips.make(due, LATER).next_steps)
    assert not any("Hẹn trả" in step for step in slips.make(None, LATER).next_steps)


def test_it_tells_of_the_dossier_and_its_owner() -> None:
    slip = maker().make(None, LATER)
    assert slip.service_name == make_visit().chosen().name
    assert slip.owner_name == "NGUYỄN VĂN MẪU"
    assert slip.owner_number.endswith("123")
    assert "001099000" not in slip.owner_number
    assert slip.slip_code.replace("-", "") == maker().dossier.slip_code
    assert (slip.office_name, slip.phone) == (DESK.office_name, DESK.phone)


def test_the_qr_is_the_secret_whose_digest_was_filed() -> None:
    slips = maker()
    text = slips.make(None, LATER).qr_text.removeprefix(QR_PREFIX)
    token = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    assert hashlib.sha256(token).hexdigest() == slips.dossier.draft.slip_token_sha256


def test_it_lists_what_was_filed_with_its_pages() -> None:
    visit = make_visit().with_document(make_document("old_copy"))
    papers = maker(visit).make(None, LATER).papers
    assert [(paper.name, paper.pages) for paper in papers] == [("Tờ khai", 1), ("Giấy tờ old_copy", 1)]


def test_fees_are_told_with_their_reason_and_where_to_pay() -> None:
    slip = maker().make(None, LATER)
    assert (slip.owed, slip.fee_note) == ("16.000 đồng", "Nộp phí tại quầy (cần hỏi lại quầy).")
    assert slip.fees[0].reason == "8.000 đồng một bản sao của một sự kiện hộ tịch đã đăng ký"


def receiving(way: str) -> Visit:
    """Who has the result that way; by e-mail it comes only where it was filed online."""
    values: dict[str, AnswerValue | None] = {**OWN_BIRTH, "delivery": way, "delivery_address": HOME}
    if way != "electronic":
        return make_visit(values=values)
    return make_visit(values={**values, "digital_citizen": False}, route=Route.ONLINE_BY_AGREEMENT)


@pytest.mark.parametrize("way", ["post", "electronic"])
def test_who_does_not_come_for_the_result_asks_how_to_pay(way: str) -> None:
    assert maker(receiving(way)).make(None, LATER).fee_note == "Ông/bà hỏi quầy cách nộp phí."


def test_a_payment_that_was_verified_is_told_plainly() -> None:
    own = make_visit()
    known = replace(own.chosen().payment, confidence=Confidence.FOUND)
    visit = replace(own, service=replace(own.chosen(), payment=known))
    assert maker(visit).make(None, LATER).fee_note == "Nộp phí tại quầy."


def test_nothing_is_to_be_paid_where_nothing_is_owed() -> None:
    values: dict[str, AnswerValue | None] = {**OWN_BIRTH, "digital_citizen": True}
    slip = maker(make_visit(values=values, route=Route.ONLINE_BY_AGREEMENT)).make(None, LATER)
    assert (slip.owed, slip.fee_note) == ("Không thu", "")
    assert "Miễn phí" in slip.fees[0].reason


@pytest.mark.parametrize(
    ("way", "words"),
    [("desk", "nhận kết quả tại quầy"), ("post", "qua bưu điện"), ("electronic", "bản điện tử")],
)
def test_it_says_how_the_result_comes(way: str, words: str) -> None:
    assert any(words in step for step in maker(receiving(way)).make(None, LATER).next_steps)


@pytest.mark.parametrize("kind", HelperKind)
def test_a_helper_is_named_with_the_role(kind: HelperKind) -> None:
    footer = " ".join(maker(helped(replace(VOLUNTEER, kind=kind))).make(None, LATER).footer)
    assert ("Lê Thị Thử (" in footer) is (kind is not HelperKind.NONE)


def test_no_word_in_two_working_days_is_a_reason_to_call() -> None:
    """Printed on a Saturday: Monday and Tuesday are the two days."""
    slips = maker()
    assert LATER.date() == date(2026, 11, 21)
    assert "Nếu đến hết Thứ Ba, 24/11/2026 (2 ngày làm việc)" in slips.make(None, LATER).contact
    beyond = replace(slips, calendar=WorkingCalendar(frozenset(), MappingProxyType({})))
    assert "Nếu sau 2 ngày làm việc" in beyond.make(None, LATER).contact


def test_a_reprint_and_a_rehearsal_say_so() -> None:
    assert maker().make(None, LATER).marks == ()
    assert maker().make(None, LATER, copy_number=2).marks == ("Bản in lại số 2",)
    rehearsal = replace(maker(), desk=replace(DESK, test=True)).make(None, LATER)
    assert rehearsal.marks == ("BẢN THỬ – KHÔNG CÓ GIÁ TRỊ",)


def prepared(values: dict[str, AnswerValue | None]) -> Visit:
    service = replace(fixture_catalog().service("3.000333"), parts=(make_part("proof"),))
    return make_visit(service, values).with_document(make_document("proof", pages=2))


def test_what_was_prepared_is_told_and_nothing_is_said_to_be_kept_or_sent() -> None:
    slip = PreparedSlipMaker(prepared({"requester_name": "NGUYỄN VĂN MẪU"}), IDS, DESK).make(None, LATER)
    assert (slip.kind, slip.national_code, slip.qr_text) == (SlipKind.PREPARED, "", "")
    assert "CHƯA NỘP" in slip.title
    assert (slip.owner_name, slip.owner_number) == ("NGUYỄN VĂN MẪU", "")
    assert [(paper.name, paper.pages) for paper in slip.papers] == [("Giấy tờ proof", 2)]
    assert slip.owed == "200.000 đồng"
    assert any("Công an cấp tỉnh" in step for step in slip.next_steps)


def test_an_original_that_the_office_keeps_is_to_be_handed_over() -> None:
    visit = make_visit().with_document(make_document("old_copy"))
    service = visit.chosen()
    parts = tuple(replace(part, return_original=part.code != "old_copy") for part in service.parts)
    kept = replace(visit, service=replace(service, parts=parts))
    steps = maker(kept).make(None, LATER).at_once
    assert "Nộp bản gốc cho cán bộ tại quầy: Bản sao cũ hoặc trích lục cũ (nếu có)." in steps
    assert not any("Nộp bản gốc" in step for step in maker(visit).make(None, LATER).at_once)


def test_a_fee_that_no_row_tells_is_asked_at_the_counter_and_paid_there() -> None:
    own = make_visit()
    elsewhere = tuple(replace(rule, provinces=("92",)) for rule in own.chosen().fees)
    filed = replace(own, service=replace(own.chosen(), fees=elsewhere))
    slip = maker(filed).make(None, LATER)
    assert maker(filed).dossier.draft.fees == ()
    assert (slip.owed, slip.fee_note) == ("Hỏi quầy", "Nộp phí tại quầy (cần hỏi lại quầy).")
    assert [fee.amount_vnd for fee in slip.fees] == [None]
    at_home = replace(filed, route=Route.PREPARE)
    assert PreparedSlipMaker(at_home, IDS, DESK).make(None, LATER).owed == "Hỏi quầy"


@pytest.mark.parametrize("route", [Route.DESK, Route.ONLINE_BY_AGREEMENT])
def test_what_is_to_be_done_after_filing_comes_first(route: Route) -> None:
    own = make_visit(values={**OWN_BIRTH, "digital_citizen": False}, route=route)
    fact = replace(own.chosen().result, text="Cả hai cùng đến ký", confidence=Confidence.UNVERIFIED)
    shown = replace(make_part("originals"), name="Giấy ra viện", required=True, shown_only=True)
    photos = replace(shown, code="photos", name="2 ảnh", return_original=False)
    others = (replace(shown, code="maybe", name="Bản photo", required=False), replace(shown, code="no", when=NEVER))
    service = replace(own.chosen(), after_filing=(fact,), parts=(*own.chosen().parts, shown, photos, *others))
    slips = maker(replace(own, service=service))
    expected = (
        "Đưa bản chính cho cán bộ ở quầy ngay bây giờ: Giấy ra viện.",
        "Nộp cho cán bộ ở quầy ngay bây giờ: 2 ảnh.",
        "Cả hai cùng đến ký (cần hỏi lại quầy).",
    )
    for slip in (slips.make(None, LATER), slips.make(receipt(slips), LATER)):
        assert slip.at_once == expected
    at_home = PreparedSlipMaker(replace(own, service=service, route=Route.PREPARE), IDS, DESK).make(None, LATER)
    assert "Mang theo để đưa cho cán bộ: Giấy ra viện; 2 ảnh." in at_home.next_steps
    assert at_home.at_once == ()


def test_a_provinces_own_fee_stands_on_the_slip_of_what_was_prepared() -> None:
    service = extract_copy()
    own = replace(service.fees[-1], amount_vnd=5000, provinces=("01",), routes=tuple(Route))
    here = replace(service, fees=(own, service.fees[-1]))
    for province, amount in (("01", 10000), ("31", 16000)):
        visit = make_visit(service=here, route=Route.PREPARE, province=province)
        slip = PreparedSlipMaker(visit, IDS, DESK).make(None, LATER)
        assert [fee.amount_vnd for fee in slip.fees] == [amount]
