"""Tests of sync/fault_place.py: a log learns where, never what."""

from sync.fault_place import fault_place


def test_the_place_is_named_and_the_words_are_not() -> None:
    try:
        int("NGUYỄN VĂN MẪU")
    except ValueError as error:
        place = fault_place(error)
    assert place.startswith("ValueError at ")
    assert "test_fault_place.py:" in place
    assert "MẪU" not in place


def test_an_error_that_was_never_raised_has_no_place() -> None:
    assert fault_place(KeyError("x")) == "KeyError at ?"
