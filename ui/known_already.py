"""What is known already of a page of the form, offered beside its fields; nothing is filled in unasked."""

from collections.abc import Sequence

from PySide6.QtWidgets import QLineEdit, QWidget

from kiosk.card_offers import COMMUNE_OFFICE, card_offer
from kiosk.field_rules import normalise
from kiosk.form import Address, Answer, Field, FieldProblem, FieldType, Privacy, QuestionPage, Source
from kiosk.form_rules import coarse_address, display_text, masked, masked_aloud, screen_text
from kiosk.prefill import CARD_ADDRESS, card_value, offer
from kiosk.texts import _
from kiosk.visit import Visit
from ui.buttons import SecondaryButton
from ui.context import Context
from ui.editor import Editor
from ui.labels import Card, Label
from ui.reveals import Reveals
from ui.spoken_value import keep_unspoken
from ui.tokens import Role


class KnownAlready:
    """What the card says, or was answered before, for the fields of one page. `printed` is a card's address as it
    stands there, for a page that asks for it, else ""; `offered` is what the citizen took over from here, and the
    addresses that are offered on the page itself, by field."""

    def __init__(self, context: Context, visit: Visit, page: QuestionPage, reveals: Reveals) -> None:
        """As known by `visit`, for as long as the page is shown."""
        self._context = context
        self._visit = visit
        self._theme = context.theme
        self._reveals = reveals
        addresses = [field for field in page.fields if field.type is FieldType.ADDRESS]
        by_card = any(field.prefill == CARD_ADDRESS for field in addresses)
        self.printed = visit.card.address if visit.card is not None and by_card else ""
        self.offered: dict[str, Answer] = {}
        self._has_address = bool(addresses)

    def offered_address(self, field: Field) -> Address | None:
        """What is known of an address, for its editor: it is offered on the page itself, with the same words as on the
        card beside other pages."""
        known = self._known(field)
        if known is None or not isinstance(known.value, Address):
            return None
        self.offered[field.id] = known
        return known.value

    def beside(self, editors: Sequence[Editor]) -> QWidget | None:
        """The card beside the page's fields, or None where nothing is known of them."""
        if self._has_address:
            return self._printed_address()
        found = ((editor, self._known(editor.field)) for editor in editors)
        offers = [(editor, known) for editor, known in found if known is not None]
        if not offers:
            return None
        box = Card(self._theme)
        for editor, known in offers:
            by_card = editor.field.offer == COMMUNE_OFFICE
            box.column.addWidget(Label(_("Theo địa chỉ trên thẻ") if by_card else _("Đã có sẵn"), Role.STRONG))
            text = screen_text(editor.field, known.value)
            shown = masked(editor.field, text) if editor.field.privacy is not Privacy.PLAIN else text
            box.column.addWidget(self._said(_(editor.field.label), shown, text))
            button = SecondaryButton(self._theme, _("Dùng thông tin này"))
            button.setObjectName(f"use:{editor.field.id}")
            button.clicked.connect(lambda _checked=False, target=editor, answer=known: self._use(target, answer))
            box.column.addWidget(button)
        return box

    def _said(self, name: str, shown: str, text: str) -> QWidget:
        """What is known, as others may see it, with the button that shows all of it."""
        label = Label(shown)
        if shown == text:
            return label
        label.setAccessibleName(masked_aloud(shown))
        keep_unspoken(label)

        def show(whole: bool) -> None:
            label.setText(text if whole else shown)
            label.setAccessibleName(text if whole else masked_aloud(shown))

        return self._reveals.below(label, self._theme, name, show)

    def _printed_address(self) -> QWidget | None:
        """A card's old three-level address, as it is: the citizen knows what it is called today."""
        if not self.printed:
            return None
        box = Card(self._theme)
        box.column.addWidget(Label(_("Trên thẻ ghi"), Role.STRONG))
        box.column.addWidget(self._said(_("Trên thẻ ghi"), coarse_address(self.printed), self.printed))
        advice = _("Đây có thể là tên cũ. Ông/bà chọn xã, phường hiện nay; không thấy thì gõ tên vào ô tìm.")
        box.column.addWidget(Label(advice, Role.SMALL))
        return box

    def _known(self, field: Field) -> Answer | None:
        """What the card says, or an earlier answer, unless it reads like what was given here."""
        given = self._visit.answers.get(field.id)
        known = self._offer(field)
        if known is None or given is None or given.unknown:
            return known
        return None if display_text(field, given.value) == display_text(field, known.value) else known

    def _offer(self, field: Field) -> Answer | None:
        if self._visit.card is not None and (value := card_value(field, self._visit.card)) is not None:
            return Answer(value, Source.CARD, self._context.equipment.clock.now())
        if text := card_offer(field, self._visit.card, self._context.areas):
            office = normalise(field, text)
            assert not isinstance(office, FieldProblem)  # names of today's list fit every field that offers them
            return Answer(office, self._visit.author, self._context.equipment.clock.now())
        service = self._visit.chosen()
        earlier = self._visit.earlier.get(service.code, {})
        return offer(service.form, field, self._visit.answers, earlier, self._visit.author)

    def _use(self, editor: Editor, answer: Answer) -> None:
        editor.put(answer.value)
        if isinstance(editor.target, QLineEdit):
            editor.target.setCursorPosition(0)  # of a long text the beginning is read
        editor.keep_back(self._reveals)
        self.offered[editor.field.id] = answer
