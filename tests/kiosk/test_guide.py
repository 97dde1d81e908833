"""The guide tells what is known of the person, leaves nothing unverified unsaid, and asks for no paper too many."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType

import pytest

from kiosk.catalog import Catalog, Confidence, Linked, Online, Picture, Route, Service
from kiosk.config import OfficeSettings
from kiosk.form import AnswerValue
from kiosk.guide import Guide, GuidePaper, GuideRow, Need, Topic, linked_service, make_guide
from kiosk.visit import Visit
from tests.sample_forms import FATHERS_DEATH, OWN_BIRTH, TODAY, answered, extract_copy

OFFICE = OfficeSettings(name="Bộ phận Một cửa xã Mẫu", phone="024 0000 0000", hours="7:30–11:30")
ASK_AGAIN = "(cần hỏi lại quầy)"


def guide_of(
    service: Service | None = None,
    values: Mapping[str, AnswerValue | None] | None = None,
    route: Route = Route.DESK,
    *others: Service,
) -> Guide:
    service = service or extract_copy()
    answers = MappingProxyType(answered(values) if values else {})
    visit = Visit(service=service, route=route, answers=answers, on=TODAY)
    return make_guide(visit, Catalog("1", TODAY, (service, *others)), OFFICE, TODAY)


def row_of(guide: Guide, topic: Topic) -> GuideRow:
    return next(row for row in guide.rows if row.topic is topic)


def names(guide: Guide, need: Need) -> list[str]:
    return [paper.name.removesuffix(ASK_AGAIN).strip() for paper in guide.papers_that(need)]


def with_part(**changes: object) -> Service:
    service = extract_copy()
    part = replace(service.parts[0], when=None, required=True, hint="")
    return replace(service, parts=(replace(part, **changes),))  # type: ignore[arg-type]  # any field of the part


def test_before_the_first_answer_every_paper_may_be_needed() -> None:
    guide = guide_of()
    assert names(guide, Need.BRING) == ["Thẻ căn cước (hoặc căn cước công dân)"]
    assert "Giấy ủy quyền có chứng thực" in names(guide, Need.PERHAPS)
    assert names(guide, Need.LOOKED_UP) == ["Giấy tờ về nơi cư trú"]


def test_who_asks_for_themselves_is_not_told_of_an_authority() -> None:
    papers = [paper.name for paper in guide_of(values=OWN_BIRTH).papers]
    assert not [name for name in papers if "ủy quyền" in name]
    assert [name for name in papers if "Bản sao cũ" in name]


def test_who_asks_for_a_parent_is() -> None:
    guide = guide_of(values=FATHERS_DEATH)
    assert "Giấy ủy quyền của người thân (nếu có)" in names(guide, Need.PERHAPS)
    assert "Giấy ủy quyền có chứng thực" not in names(guide, Need.PERHAPS)


def test_a_paper_tells_its_copies_its_substitutes_and_that_it_stays_there() -> None:
    service = with_part(
        copy_kinds=("original", "certified", "copy"), alternatives=("Hộ chiếu", "Giấy khác"), return_original=False
    )
    _card, paper = guide_of(service).papers
    assert paper.need is Need.BRING
    assert paper.kind == "bản chính, bản sao có chứng thực hoặc bản chụp"
    assert paper.notes == ("Có thể thay bằng: Hộ chiếu; Giấy khác", "Cơ quan giữ lại bản này")


def test_a_card_among_the_papers_is_not_asked_for_twice() -> None:
    papers = guide_of(with_part(picture=Picture.ID_CARD, name="Thẻ căn cước")).papers
    assert [paper.name for paper in papers] == ["Thẻ căn cước"]


def test_a_paper_of_which_nobody_is_sure_says_so() -> None:
    fact = replace(extract_copy().parts[0].fact, confidence=Confidence.UNVERIFIED)
    assert [paper.name.endswith(ASK_AGAIN) for paper in guide_of(with_part(fact=fact)).papers] == [False, True]


def test_where_no_papers_are_known_the_counter_is_asked() -> None:
    assert names(guide_of(replace(extract_copy(), parts=())), Need.PERHAPS) == ["Giấy tờ khác: ông/bà hỏi quầy"]


def test_the_paper_form_is_a_paper_to_bring() -> None:
    form = replace(extract_copy().result, text="Đơn mẫu, lấy tại quầy")
    assert (
        GuidePaper("Đơn mẫu, lấy tại quầy", Picture.FORM, Need.BRING)
        in guide_of(replace(extract_copy(), paper_form=form)).papers
    )


@pytest.mark.parametrize("topic", [Topic.TIME, Topic.AUTHORITY, Topic.RESULT, Topic.ONLINE])
def test_every_unverified_fact_says_so(topic: Topic) -> None:
    service = extract_copy()
    doubtful = replace(service.result, text="Mẫu", confidence=Confidence.UNVERIFIED)
    unsure = replace(service, processing_time=doubtful, authority=doubtful, result=doubtful, level_fact=doubtful)
    assert row_of(guide_of(unsure), topic).text.endswith(f"Mẫu {ASK_AGAIN}")


def test_the_fee_is_told_with_what_may_be_different() -> None:
    row = row_of(guide_of(route=Route.ONLINE_BY_AGREEMENT), Topic.FEE)
    assert row.text.startswith("8.000 đồng")
    assert [text for text in row.more if text.startswith("Miễn phí cho công dân số")]


def test_an_exemption_is_not_told_where_it_cannot_be_had() -> None:
    assert row_of(guide_of(route=Route.DESK), Topic.FEE).more == ()
    settled = guide_of(values={**OWN_BIRTH, "digital_citizen": False}, route=Route.ONLINE_BY_AGREEMENT)
    assert row_of(settled, Topic.FEE).more == ()


def test_what_only_the_counter_knows_is_asked_there() -> None:
    service = extract_copy()
    fees = tuple(replace(rule, amount_vnd=None, reason="Hội đồng nhân dân tỉnh quy định") for rule in service.fees)
    text = row_of(guide_of(replace(service, fees=fees)), Topic.FEE).text
    assert text == "Hỏi quầy – Hội đồng nhân dân tỉnh quy định"


def test_a_fee_that_fits_nobody_for_sure_is_not_free() -> None:
    service = extract_copy()
    elsewhere = tuple(replace(rule, provinces=("92",)) for rule in service.fees)
    assert row_of(guide_of(replace(service, fees=elsewhere)), Topic.FEE).text == "Hỏi quầy"


@pytest.mark.parametrize(
    ("route", "words"),
    [
        (Route.DESK, "Bộ phận Một cửa"),
        (Route.ONLINE_BY_AGREEMENT, "đã có thỏa thuận"),
        (Route.PREPARE, "ông/bà tự làm qua VNeID"),
    ],
)
def test_the_way_is_said_for_each_route(route: Route, words: str) -> None:
    assert words in row_of(guide_of(route=route), Topic.WAY).text


@pytest.mark.parametrize(
    ("online", "words"),
    [
        (Online.WHOLE, "Mức 4 – toàn trình: "),
        (Online.PART, "Mức 3 – một phần: "),
        (Online.IN_PERSON, "Mức 2 – nộp trực tiếp: "),
        (Online.UNKNOWN, "Chưa rõ mức: "),
    ],
)
def test_the_level_comes_with_what_it_means(online: Online, words: str) -> None:
    row = row_of(guide_of(replace(extract_copy(), online=online)), Topic.ONLINE)
    assert row.text.startswith(words)
    assert len(row.text) > len(words)


def test_information_only_says_why_and_shows_no_code_and_no_way() -> None:
    service = extract_copy()
    guide = guide_of(replace(service, named=replace(service.named, confidence=Confidence.UNVERIFIED)))
    assert "Máy chưa nhận hồ sơ" in guide.closed
    assert guide.code == ""
    assert {row.topic for row in guide.rows}.isdisjoint({Topic.WAY, Topic.MINUTES})
    assert (guide_of().closed, guide_of().code) == ("", "2.000635")


def test_a_linked_service_is_told_while_it_is_open() -> None:
    service = extract_copy()
    other = replace(service, code="3.000722", name="Liên thông mẫu")
    first = replace(service, linked_first=Linked(other.code, replace(service.result, text="Một lần khai, ba việc")))
    told = guide_of(first, None, Route.DESK, other).linked
    assert told == "Nên làm gộp: Liên thông mẫu. Một lần khai, ba việc."
    closed = replace(other, valid_to=date(2026, 1, 1))
    assert guide_of(first, None, Route.DESK, closed).linked == ""
    assert guide_of(first).linked == ""
    visit = Visit(service=first)
    assert linked_service(visit, Catalog("1", TODAY, (first, other)), TODAY) == other


def test_the_laws_and_the_day_of_the_oldest_fact_are_told() -> None:
    service = extract_copy()
    old = replace(service.result, checked_on=date(2026, 1, 2))
    checked = guide_of(replace(service, result=old)).checked
    assert checked.startswith("Căn cứ: Luật Hộ tịch 60/2014/QH13")
    assert "và các văn bản khác" in checked
    assert "02/01/2026" in checked


def test_whom_to_ask() -> None:
    row = row_of(guide_of(), Topic.ASK)
    assert (row.text, row.more) == (OFFICE.name, ("024 0000 0000 · 7:30–11:30",))
