"""The gallery's panel of "Gọi hỗ trợ": each thing that can have become of a call."""

from collections.abc import Callable, Mapping
from functools import partial

from commands.gallery_stage import Stage
from kiosk.help_call import CallNews, OfficeNews
from ui.help_panel import HelpPanel


def _help(stage: Stage, news: CallNews | None) -> None:
    stage.show(stage.walker(card=False).on_page("requester_name"))
    stage.frame.header.set_called(called=news is not None)
    stage.press("header_life-buoy")
    stage.frame.findChildren(HelpPanel)[-1].show_news(news)
    stage.settle()


CALL_SCENES: Mapping[str, Callable[[Stage], None]] = {
    "help": partial(_help, news=None),
    "help-telling": partial(_help, news=CallNews(OfficeNews.TELLING)),
    "help-told": partial(_help, news=CallNews(OfficeNews.TOLD, lamp=True)),
    "help-seen": partial(_help, news=CallNews(OfficeNews.SEEN, lamp=True)),
    "help-lamp": partial(_help, news=CallNews(OfficeNews.NOT_TOLD, lamp=True)),
    "help-no_line": partial(_help, news=CallNews(OfficeNews.NOT_TOLD)),
}
