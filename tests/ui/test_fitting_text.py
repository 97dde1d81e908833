"""The fullest form that fits is shown, on one line or wrapped."""

import pytest
from pytestqt.qtbot import QtBot

from ui.fitting_text import FittingText, Form
from ui.theme import Theme
from ui.tokens import Contrast, Role, TextSize

FORMS = [
    Form("Nộp hồ sơ trực tuyến · Cấp bản sao trích lục khai sinh", Role.TITLE),
    Form("Cấp bản sao trích lục khai sinh", Role.LABEL),
    Form("Trích lục khai sinh", Role.SMALL),
]


@pytest.mark.parametrize(("width", "shown"), [(1200, 0), (560, 1), (330, 2)])
def test_the_form_follows_the_room(theme: Theme, qtbot: QtBot, width: int, shown: int) -> None:
    text = FittingText(theme, "header_text")
    qtbot.addWidget(text)
    text.set_forms(FORMS)
    text.resize(width, text.minimumSizeHint().height() + 6)
    assert text.shown() == FORMS[shown]
    assert text.accessibleName() == FORMS[0].text


def test_two_lines_are_used_where_the_bar_is_high(theme: Theme, qtbot: QtBot) -> None:
    text = FittingText(theme, "header_text")
    qtbot.addWidget(text)
    text.set_forms(FORMS)
    text.resize(560, 100)
    assert text.shown() == FORMS[0]


def test_only_when_nothing_fits_is_it_shortened(theme: Theme, qtbot: QtBot) -> None:
    theme.set_look(TextSize.LARGEST, Contrast.LIGHT)
    text = FittingText(theme, "header_text")
    qtbot.addWidget(text)
    text.set_forms(FORMS)
    text.resize(200, 60)
    form = text.shown()
    assert form is not None
    assert form.text.endswith("…")
    text.set_forms([])
    assert text.shown() is None
