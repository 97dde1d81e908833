"""Tests of kiosk.specimen_slip."""

from kiosk.specimen_slip import specimen_slip
from tests.fakes import FakeClock


def test_it_is_marked_a_test_and_its_code_opens_nothing() -> None:
    slip = specimen_slip(FakeClock().now())
    assert slip.marks
    assert set(slip.slip_code) <= {"0", "-", " "}
    assert slip.qr_text
    assert "Ẫ Ễ Ỗ Ữ Ặ ỵ đ ạ" in slip.service_name
