"""Made-up people's answers to the forms of civil status, for what the office's software takes over of them."""

from collections.abc import Mapping

from kiosk.form import Address, AnswerValue
from tests.kiosk.test_forms_marital_status import ABROAD, STATES
from tests.kiosk.test_forms_marital_status import OWN as OWN_STATUS
from tests.kiosk.test_forms_marriage import BRIDE_FILES, DIVORCED
from tests.sample_forms import OWN_BIRTH

Values = Mapping[str, AnswerValue | None]

HOME = Address("01", "Thành phố Hà Nội", "00004", "Phường Ba Đình", "Số 12, phố Mẫu Đơn")
TOWN = Address("31", "Thành phố Hải Phòng", "11290", "Phường Mẫu", "")

BIRTH: Values = {
    "birth_kind": "1",
    "parents_married": True,
    "parents_nationality": "VN",
    "birth_place_kind": "facility",
    "relation": "father",
    "requester_name": "Y MẪU NIÊ",
    "requester_birth_date": "1995",
    "requester_id_number": "066095000123",
    "requester_residence": HOME,
    "child_name": "H' MẪU NIÊ",
    "child_birth_date": "2026-11-01",
    "child_sex": "2",
    "birth_facility": "BỆNH VIỆN MẪU",
    "birth_place": HOME,
    "birth_proof": "notice",
    "birth_notice_number": "01001.GCS.00001.26",
    "birth_notice_on": "2026-11-02",
    "mother_name": "TRẦN THỊ MẪU",
    "mother_birth_date": "1997-05",
    "mother_id_number": None,
    "mother_document_kind": "6",
    "mother_document_number": "B1234567",
    "mother_residence": HOME,
    "mother_ethnic_group": "01",
    "father_ethnic_group": "12",
    "child_ethnic_group": "12",
    "home_town": TOWN,
    "copies": 2,
    "contact_phone": "0912345678",
}
DEATH: Values = {
    "relation": "parent",
    "relation_exact": "mother",
    "requester_name": "TRẦN THỊ MẪU",
    "requester_birth_date": "1960-01-02",
    "requester_id_number": "001160000123",
    "deceased_name": "NGUYỄN VĂN MẪU",
    "deceased_birth_date": "1988",
    "deceased_sex": "1",
    "deceased_ethnic_group": "08",
    "deceased_nationality": "VN",
    "deceased_id_number": None,
    "deceased_document_kind": "10",
    "deceased_document_number": "9988",
    "deceased_residence": TOWN,
    "death_on": "2026-10-01",
    "death_hour": 8,
    "death_minute": 5,
    "death_place_kind": "home",
    "death_place": HOME,
    "death_cause": None,
    "notice_kind": "1",
    "notice_number": "15/GBT",
    "notice_on": "2026-10-02",
    "copies": 1,
}
RECOGNITION: Values = {
    "recognition": "1",
    "requester_side": "parent",
    "birth_registered": True,
    "requester_name": "NGUYỄN VĂN MẪU",
    "requester_birth_date": "1990-01-02",
    "requester_id_number": "001090000123",
    "parent_ethnic_group": "01",
    "parent_nationality": "VN",
    "child_name": "NGUYỄN THỊ MẪU",
    "child_birth_date": "2015-05-06",
    "child_id_number": "001315000456",
    "child_sex": "2",
    "child_ethnic_group": "01",
    "child_nationality": "VN",
}
BIRTH_AGAIN: Values = {
    "for_whom": "self",
    "registered_when": "before",
    "original_kept": False,
    "requester_name": "NGUYỄN VĂN MẪU",
    "requester_birth_date": "1958-03-27",
    "requester_id_number": "001058000123",
    "subject_sex": "1",
    "subject_ethnic_group": "02",
    "subject_nationality": "VN",
    "birth_place": "Xã Mẫu Sơn, huyện Mẫu Lộc, tỉnh Hà Tây",
    "home_town": "Xã Mẫu Sơn",
    "parents": "3",
    "mother_dead": True,
    "mother_name": "TRẦN THỊ MẪU",
    "mother_birth_date": "1930",
    "mother_ethnic_group": None,
    "mother_nationality": "VN",
}
CASES: dict[str, tuple[str, Values]] = {
    "birth": ("1.001193", BIRTH),
    "late birth": ("1.001193", {**BIRTH, "child_birth_date": "2026-09-21", "fee_group": "none"}),
    "death": ("1.000656", DEATH),
    "marriage": ("1.000894", {**BRIDE_FILES, **DIVORCED, "wants_copies": True, "copies": 3}),
    "recognition": ("1.001022", RECOGNITION),
    "birth again": ("1.004884", BIRTH_AGAIN),
    "copy": ("2.000635", OWN_BIRTH),
    "marital status abroad": ("1.004873", ABROAD),
    **{f"marital status, {name}": ("1.004873", {**OWN_STATUS, **state}) for name, state in STATES.items()},
}
