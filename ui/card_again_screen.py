"""After a helper, whoever showed a card shows it once more: it is in the citizen's hand, not in the helper's."""

from kiosk.capture import CardHint
from kiosk.card import CardRead
from kiosk.scanned_text import read_scanned
from kiosk.texts import _
from kiosk.visit import Visit
from kiosk.visit_events import CardShown
from ui.capture_sentences import card_hint_sentence
from ui.card_screen import CardScreen
from ui.context import Context


class CardAgainScreen(CardScreen):
    """Says CardShown for the card of the start, CardLeftOut where it cannot be shown; another card changes nothing."""

    def __init__(self, context: Context, visit: Visit) -> None:
        super().__init__(context, visit)
        self.heading = _("Ông/bà đưa thẻ căn cước một lần nữa")
        self._type.setText(_("Không đưa được thẻ"))

    def _read(self, card: CardRead | None) -> None:
        if card is None:
            return
        if self._is_own(card):
            super()._read(card)
            return
        self._open_camera()
        self._say_other()

    def _scanned(self, text: str) -> None:
        card = read_scanned(text)
        if not isinstance(card, CardRead):
            self._advice.setText(card_hint_sentence(CardHint.OTHER_CODE))
        elif self._is_own(card):
            self.leave()
            self.happened.emit(CardShown(card))
        else:
            self._say_other()

    def _is_own(self, card: CardRead) -> bool:
        return self.visit.card is not None and card.number == self.visit.card.number

    def _say_other(self) -> None:
        self._patient.show_text(_("Đây không phải thẻ đã đưa lúc đầu. Ông/bà đưa đúng thẻ của mình."))

    def _failed(self, error: Exception) -> None:
        super()._failed(error)
        self._advice.setText(_("Máy ảnh chưa dùng được. Ông/bà bấm “Không đưa được thẻ”."))

    def _offer_typing(self) -> None:
        self._patient.show_text(_("Chưa đọc được thẻ. Ông/bà thử mặt kia của thẻ, hoặc bấm “Không đưa được thẻ”."))
