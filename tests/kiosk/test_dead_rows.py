"""A fee or part whose condition no answers can make true is found; those that some answers lead to are not."""

from dataclasses import replace

from kiosk.catalog import Route, Service
from kiosk.dead_rows import dead_rows
from kiosk.form import AllOf, Compare, FieldType, Not, Op
from tests.factories import make_fee, make_field, make_page, make_part, make_service

MARRIED = Compare("married", Op.EQUALS, ("yes",))
FIRST = make_page(make_field("married", FieldType.YES_NO))
SECOND = make_page(make_field("children", FieldType.NUMBER), when=MARRIED)


def dead(**changed: object) -> list[tuple[tuple[str, int, str], str]]:
    service: Service = replace(make_service(pages=(FIRST, SECOND)), **changed)  # type: ignore[arg-type]  # any field
    return list(dead_rows(service))


def test_what_some_answers_lead_to_is_right() -> None:
    both = AllOf((MARRIED, Compare("children", Op.AT_LEAST, ("2",))))
    at_desk = Compare("fact:route", Op.EQUALS, (Route.DESK.value,))
    assert dead(parts=(make_part(when=both), make_part("other", when=Not(both)))) == []
    assert dead(fees=(make_fee(when=both), make_fee(when=at_desk), make_fee())) == []


def test_a_part_that_contradicts_the_form_is_found() -> None:
    children_of_none = AllOf((Not(MARRIED), Compare("children", Op.AT_LEAST, ("2",))))
    assert dead(parts=(make_part(), make_part("other", when=children_of_none))) == [
        (("parts", 1, "when"), "no answers ever lead to the part 'other'")
    ]


def test_a_fee_for_another_route_or_province_than_its_own_is_found() -> None:
    at_desk = Compare("fact:route", Op.EQUALS, (Route.DESK.value,))
    in_hanoi = Compare("fact:province", Op.EQUALS, ("01",))
    online = make_fee(when=at_desk, routes=(Route.ONLINE_BY_AGREEMENT,), reason="mẫu")
    other_place = make_fee(when=in_hanoi, provinces=("92",), reason="mẫu")
    for fee in (online, other_place):
        assert dead(fees=(fee,)) == [(("fees", 0, "when"), "no answers ever lead to the fee 'mẫu'")]
    assert dead(fees=(make_fee(when=in_hanoi, provinces=("01",)),)) == []
