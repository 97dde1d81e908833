"""The mark of scanning goes round groups and members, and a press enters or chooses."""

from kiosk.switch_scan import ROUNDS_IN_A_GROUP, Mark, chosen, marked, stepped

GROUPS = [["Chọn"], ["q", "w", "e"], ["Quay lại"]]


def test_the_mark_goes_from_group_to_group_and_round() -> None:
    mark, seen = Mark(), []
    for _step in range(4):
        seen.append(marked(GROUPS, mark))
        mark = stepped(GROUPS, mark)
    assert seen == [("Chọn",), ("q", "w", "e"), ("Quay lại",), ("Chọn",)]


def test_a_group_of_one_is_pressed_at_once_and_a_larger_one_is_entered() -> None:
    assert chosen(GROUPS, Mark(0)) == (Mark(0), "Chọn")
    entered, nothing = chosen(GROUPS, Mark(1))
    assert (entered, nothing) == (Mark(1, 0), None)
    second = stepped(GROUPS, entered)
    assert chosen(GROUPS, second) == (Mark(1), "w")  # the next letter is looked for from this row


def test_who_entered_a_group_by_mistake_gets_out_by_waiting() -> None:
    mark = Mark(1, 0)
    for _step in range(ROUNDS_IN_A_GROUP * 3):
        mark = stepped(GROUPS, mark)
    assert mark == Mark(1)


def test_where_nothing_can_be_pressed_nothing_happens() -> None:
    assert (marked([], Mark(3)), stepped([], Mark(3)), chosen([], Mark(3))) == ((), Mark(), (Mark(), None))


def test_a_page_that_became_smaller_keeps_the_mark_inside() -> None:
    assert marked([["a"]], Mark(5)) == ("a",)
    assert chosen([["a", "b"]], Mark(4, 5)) == (Mark(4), "b")
