"""The bill of a dossier: what the province sets, and what only the counter knows."""

from dataclasses import replace

from tests.factories import make_dossier, make_visit
from tests.sample_forms import extract_copy


def test_a_provinces_own_fee_is_filed_and_one_that_nobody_knows_is_left_open() -> None:
    service = extract_copy()
    own = replace(service.fees[-1], amount_vnd=5000, provinces=("01",))
    here = replace(service, fees=(own, replace(service.fees[-1], amount_vnd=None)))
    amounts = {
        province: make_dossier(make_visit(service=here, province=province)).draft.fees[0].amount_vnd
        for province in ("01", "31")
    }
    assert amounts == {"01": 10000, "31": None}
    [open_line] = make_dossier(make_visit(service=here, province="31")).draft.fees
    assert open_line.payment == "at_counter"
