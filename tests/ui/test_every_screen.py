"""On every screen of the gallery, in every state and look: fingers hit, eyes read, and screen readers have a name for
all."""

from collections.abc import Iterable, Iterator

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from commands.composition import Shipped
from commands.gallery_scenes import SCENES
from commands.gallery_stage import Props, Stage, make_props
from commands.page_checks import PageChecks
from commands.page_ink import PageInk
from kiosk.resources import resource_path
from kiosk.texts import FIRST_LANGUAGE, _
from tests.ui.conftest import DESK, LOW, UPRIGHT
from ui.cover import Cover
from ui.labels import Label
from ui.scroll_area import PagedScroll
from ui.theme import Theme
from ui.tokens import Contrast, Panel, Role, TextSize

WALL = Panel(3840, 2160, 32)
PANELS = {"desk": DESK, "low": LOW, "upright": UPRIGHT, "wall": WALL}
USUAL = ("desk", TextSize.NORMAL)
# What a push checks: each scene in one of these looks, in turn. All scenes in all looks are for make proof.
SPREAD = [
    ("low", TextSize.LARGEST, Contrast.LIGHT, "en"),
    ("desk", TextSize.NORMAL, Contrast.WHITE_ON_BLACK, "vi"),
    ("low", TextSize.LARGEST, Contrast.BLACK_ON_WHITE, "vi"),
    ("upright", TextSize.LARGEST, Contrast.WHITE_ON_BLACK, "en"),
    ("low", TextSize.NORMAL, Contrast.LIGHT, "vi"),
    ("desk", TextSize.LARGE, Contrast.LIGHT, "vi"),
]
INK_EVERY = 8  # grabbing a page costs as much as making it
MAY_SCROLL = (
    "capture-files",
    "before",
    "review",
    "consent-refused",
    "form-choice-refused",
    "form-list-refused",
    "form-number-refused",
    "form-text-refused",
    "form-three-refused",
    "form-table-full",
    "form-row",
    "form-email",
    "done-prepared-page_paper_out",
    "devices",
    "reading",
    "queue-list",
)  # at the normal size on the desk's panel


@pytest.fixture(scope="module")
def props(qapp: QApplication, shipped: Shipped) -> Props:
    return make_props(shipped, "2.000635")


@pytest.fixture(autouse=True)
def vietnamese_again() -> Iterator[None]:
    yield
    _.switch(FIRST_LANGUAGE, resource_path("locale"))


def set_stage(theme: Theme, props: Props, panel: str, text: TextSize, contrast: Contrast, language: str) -> Stage:
    theme.set_panel(PANELS[panel])
    theme.set_look(text, contrast)
    _.switch(language, resource_path("locale"))
    return Stage(theme, props)


def measured(stage: Stage) -> list[str]:
    return [str(each) for each in PageChecks(stage.theme, stage.frame, cover_of(stage)).findings()]


def seen(stage: Stage) -> list[str]:
    return [str(each) for each in PageInk(stage.theme, stage.frame, cover_of(stage)).findings()]


def cover_of(stage: Stage) -> Cover | None:
    return next(iter(stage.frame.findChildren(Cover)), None)


def scrolls(stage: Stage) -> bool:
    return any(scroll.overflows for scroll in stage.frame.findChildren(PagedScroll) if scroll.isVisible())


def wrong(
    stage: Stage, names: Iterable[str], contrasts: Iterable[Contrast] = (), ink_every: int = 1
) -> dict[str, list[str]]:
    """What is wrong on each of these scenes; in `contrasts` the texts of every so manyth are looked at, too."""
    text, usual = stage.theme.metrics.text_size, stage.theme.contrast
    found = {}
    for number, name in enumerate(names):
        SCENES[name](stage)
        findings = measured(stage)
        if (
            stage.theme.metrics.panel == DESK
            and text is TextSize.NORMAL
            and not name.startswith(MAY_SCROLL)
            and scrolls(stage)
        ):
            findings.append("scrolls at the usual size")
        for contrast in contrasts if number % ink_every == 0 else ():
            stage.theme.set_look(text, contrast)
            stage.settle()
            findings += [f"{contrast}: {finding}" for finding in seen(stage)]
        stage.theme.set_look(text, usual)
        stage.clear()
        if findings:
            found[name] = findings
    return found


@pytest.mark.parametrize("turn", range(len(SPREAD)), ids=["-".join(look) for look in SPREAD])
def test_every_screen_is_for_fingers_and_for_eyes(theme: Theme, props: Props, turn: int) -> None:
    panel, text, contrast, language = SPREAD[turn]
    stage = set_stage(theme, props, panel, text, contrast, language)
    assert wrong(stage, [*SCENES][turn :: len(SPREAD)], [contrast], INK_EVERY) == {}
    stage.close()


@pytest.mark.proof  # 24 looks of all scenes, with their texts in three contrasts: some fifteen minutes
@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("text", TextSize)
@pytest.mark.parametrize("panel", PANELS)
def test_every_screen_in_every_look(theme: Theme, props: Props, panel: str, text: TextSize, language: str) -> None:
    stage = set_stage(theme, props, panel, text, Contrast.LIGHT, language)
    contrasts = Contrast if language == FIRST_LANGUAGE else ()  # colours do not know languages
    assert wrong(stage, SCENES, contrasts) == {}
    stage.close()


def test_the_checks_see_what_is_wrong(theme: Theme, props: Props) -> None:
    """A pale text, a small button, one over another, a name cut off."""
    stage = set_stage(theme, props, "desk", TextSize.NORMAL, Contrast.LIGHT, "vi")
    SCENES["consent"](stage)
    assert measured(stage) + seen(stage) == []
    label = next(
        each for each in stage.frame.findChildren(Label) if each.isVisible() and each.property("role") == Role.BODY
    )
    label.setStyleSheet("color: #8a8a8a")
    stage.frame.footer.back_button.setFixedSize(200, 30)
    stage.frame.header.help_button.move(stage.frame.header.look_button.pos())
    pill = QLabel("Chữ nhỏ bị cắt", stage.frame)
    pill.setStyleSheet("font-size: 12px")
    pill.setGeometry(-30, 500, 40, 8)
    pill.show()
    rules = {finding.split(":")[0].split(",")[0] for finding in measured(stage) + seen(stage)}
    assert rules >= {
        "faint text",
        "too small to touch",
        "over each other",
        "cut",
        "letters too small",
        "outside the window",
    }
    stage.close()
