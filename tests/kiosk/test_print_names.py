"""A paper that is no declaration is never called one."""

import pytest

from kiosk.print_names import is_declaration, print_in_sentence, print_name
from tests.factories import make_service


@pytest.mark.parametrize(
    ("template", "name", "within", "official"),
    [
        ("2.000635", "Tờ khai", "tờ khai", True),
        ("data_sheet", "Phiếu thông tin", "phiếu thông tin", False),
        ("2.000815", "Danh sách giấy tờ xin sao", "danh sách giấy tờ xin sao", False),
        ("", "", "", False),
    ],
)
def test_each_print_has_its_own_name(template: str, name: str, within: str, official: bool) -> None:
    service = make_service(declaration=template)
    assert (print_name(service), print_in_sentence(service), is_declaration(service)) == (name, within, official)
