"""The hand-over: after a helper, the citizen alone confirms what is filed, for whom, and how the result comes back."""

import json
from dataclasses import dataclass
from datetime import date

from kiosk.fees import fee_lines, owed_text
from kiosk.form_rules import completed, display_text
from kiosk.manifest import Delivery, sha256_hex
from kiosk.parties import delivery, submitter
from kiosk.representing import can_represent, is_for_another, named_person
from kiosk.review import parts
from kiosk.texts import _
from kiosk.visit import Visit

WHAT, FOR_WHOM, RESULT, FEE = "what", "for_whom", "result", "fee"


@dataclass(frozen=True, slots=True)
class HandoverQuestion:
    """One plain question; `fact` is what is to be right or not, and yes is the answer that goes on."""

    id: str
    text: str
    fact: str


def handover_questions(visit: Visit, today: date) -> tuple[HandoverQuestion, ...]:
    """Three questions taken from the dossier as it would be filed today.

    "Đúng" is the right answer to each. A question turned round would catch who taps without reading, and would as well
    catch who reads slowly or agrees out of courtesy: it sends an old person back for nothing. Both answers look alike
    instead, and each question stands alone on its page (docs/adr/0025).
    """
    what = HandoverQuestion(WHAT, _("Ông/bà nộp hồ sơ này, đúng không?"), _(visit.service_name))
    return (what, _for_whom(visit), _how_it_comes(visit, today))


def _for_whom(visit: Visit) -> HandoverQuestion:
    """Whom the form says it is for; where it does not ask, the person whom it is about."""
    named = named_person(visit)
    if named and is_for_another(visit):
        return HandoverQuestion(FOR_WHOM, _("Hồ sơ này làm cho người khác có tên dưới đây, đúng không?"), named)
    if named and not can_represent(visit.chosen()):
        return HandoverQuestion(FOR_WHOM, _("Hồ sơ này có tên người dưới đây, đúng không?"), named)
    own = submitter(visit, "").name
    return HandoverQuestion(FOR_WHOM, _("Hồ sơ này làm cho chính ông/bà, đúng không?"), own)


def _how_it_comes(visit: Visit, today: date) -> HandoverQuestion:
    """How the result comes, where the form asks for it; else what it costs."""
    asked = [field for page in visit.chosen().form.pages for field in page.fields if field.role == "delivery.by"]
    live = completed(visit.chosen().form, visit.answers, visit.facts)
    if any(field.id in live for field in asked):
        way = delivery(visit, submitter(visit, ""), "")
        return HandoverQuestion(RESULT, _("Ông/bà nhận kết quả theo cách này, đúng không?"), _way_text(way))
    lines = fee_lines(visit.chosen(), visit.answers, visit.route, today, visit.province, visit.last_workday)
    owed = owed_text(line.amount_vnd for line in lines)
    return HandoverQuestion(FEE, _("Phí, lệ phí ông/bà phải trả như dưới đây, đúng không?"), owed)


def _way_text(way: Delivery) -> str:
    match way.by:
        case "post":
            commune = way.address.commune.name if way.address and way.address.commune else ""
            return _("Gửi qua bưu điện đến {place}").format(place=commune) if commune else _("Gửi qua bưu điện")
        case "electronic":
            return _("Nhận bản điện tử")
        case "desk":
            return _("Đến nhận tại quầy")


def doubt_sentence(question: str) -> str:
    """What is said on the review to who answered no; the id is that of a question."""
    match question:
        case "what":
            place = _("Ông/bà thấy tên hồ sơ chưa đúng. Mời ông/bà xem lại, hoặc hỏi cán bộ tại quầy.")
        case "for_whom":
            place = _("Ông/bà thấy người được làm hồ sơ chưa đúng. Mời ông/bà chạm vào dòng cần sửa.")
        case "result":
            place = _("Ông/bà thấy cách nhận kết quả chưa đúng. Mời ông/bà chạm vào dòng cần sửa.")
        case _:
            place = _("Ông/bà thấy phí, lệ phí chưa đúng. Mời ông/bà xem lại, hoặc hỏi cán bộ tại quầy.")
    return place


def reviewed_sha256(visit: Visit) -> str:
    """SHA-256 of what was reviewed, which anybody can make again from the manifest: the compact JSON of
    [[[field, text], ...], [[part, pages], ...]], the answers that are not computed and the papers that were captured,
    in their order."""
    service = visit.chosen()
    fields = {field.id: field for page in service.form.pages for field in page.fields}
    live = completed(service.form, visit.answers, visit.facts)
    answers = [
        [key, fields[key].unknown_label if answer.unknown else display_text(fields[key], answer.value)]
        for key, answer in live.items()
        if key in fields
    ]
    papers = [[part.part_code, len(part.document.pages)] for part in parts(visit) if part.document is not None]
    canonical = json.dumps([answers, papers], ensure_ascii=False, separators=(",", ":"))
    return sha256_hex(canonical.encode())
