"""How a guide looks wherever it is shown: the icon beside each paper and row, and the headings of the papers."""

from collections.abc import Mapping

from kiosk.catalog import Picture
from kiosk.guide import Need, Topic
from kiosk.texts import _

_PAPERS: Mapping[Picture, str] = {
    Picture.ID_CARD: "id-card",
    Picture.FORM: "file-text",
    Picture.CERTIFICATE: "award",
    Picture.DECISION: "stamp",
    Picture.LETTER: "mail",
    Picture.PHOTO: "image",
    Picture.PAPERS: "files",
}
_TOPICS: Mapping[Topic, str] = {
    Topic.FEE: "banknote",
    Topic.TIME: "calendar-days",
    Topic.MINUTES: "clock",
    Topic.WAY: "upload",
    Topic.ONLINE: "globe",
    Topic.AUTHORITY: "landmark",
    Topic.RESULT: "circle-check",
    Topic.ASK: "phone",
}


def picture_of_paper(picture: Picture) -> str:
    """The icon's name."""
    return _PAPERS[picture]


def picture_of_topic(topic: Topic) -> str:
    """The icon's name."""
    return _TOPICS[topic]


def paper_titles() -> dict[Need, str]:
    """The heading of each group of papers, in the order in which they are told."""
    return {
        Need.BRING: _("Giấy tờ mang theo"),
        Need.PERHAPS: _("Tùy trường hợp"),
        Need.LOOKED_UP: _("Nơi này tự tra cứu, ông/bà không phải nộp"),
    }
