"""What is said while cards are shown and papers are captured: one hint at a time, and what to look at again."""

from kiosk.capture import CardHint, PaperHint
from kiosk.documents import Origin
from kiosk.page_notes import PageNote
from kiosk.ports import PageFault
from kiosk.texts import _


def card_hint_sentence(hint: CardHint) -> str:
    """What would help most to read the card now."""
    match hint:
        case CardHint.SHOW:
            return _("Đưa mặt thẻ có mã vuông vào trong khung.")
        case CardHint.CLOSER:
            return _("Đưa thẻ lại gần hơn.")
        case CardHint.FARTHER:
            return _("Đưa thẻ ra xa hơn một chút.")
        case CardHint.LESS_GLARE:
            return _("Nghiêng thẻ cho bớt lóa.")
        case CardHint.MORE_LIGHT:
            return _("Chỗ này hơi tối. Đưa thẻ ra chỗ sáng hơn.")
        case CardHint.HOLD_STILL:
            return _("Giữ yên thẻ, máy đang đọc…")
        case CardHint.OTHER_CODE:
            return _("Mã này không phải mã thẻ căn cước. Ông/bà lật thẻ lại.")


def paper_hint_sentence(hint: PaperHint) -> str:
    """What would help most to take a good picture of the paper now."""
    match hint:
        case PaperHint.NO_PAPER:
            return _("Đặt tờ giấy vào giữa hình, trên nền khác màu giấy.")
        case PaperHint.NOT_WHOLE:
            return _("Dịch giấy cho thấy đủ bốn góc.")
        case PaperHint.CLOSER:
            return _("Đưa giấy lại gần hơn.")
        case PaperHint.STRAIGHTEN:
            return _("Đặt giấy thẳng dưới máy ảnh.")
        case PaperHint.MORE_LIGHT:
            return _("Chỗ này hơi tối. Ông/bà bật thêm đèn.")
        case PaperHint.LESS_GLARE:
            return _("Giấy bị lóa. Xoay giấy hoặc che bớt đèn.")
        case PaperHint.HOLD_STILL:
            return _("Giữ yên…")
        case PaperHint.READY:
            return _("Được rồi, giữ yên, máy đang chụp…")
        case PaperHint.CHANGE:
            return _("Đã chụp. Còn trang nữa thì đặt trang tiếp theo, đủ rồi thì bấm “Chụp xong”.")


def note_sentences(note: PageNote, origin: Origin) -> tuple[str, ...]:
    """What seems wrong with a page, each with the reason; a person may always leave it as it is."""
    sentences = [_fault_sentence(fault, origin) for fault in note.faults]
    if note.blank:
        sentences.append(_("Trang này có vẻ là trang trắng."))
    if note.same_as:
        sentences.append(_("Trang này giống trang {number}, có thể bị lặp.").format(number=note.same_as))
    return tuple(sentences)


def _fault_sentence(fault: PageFault, origin: Origin) -> str:
    by_camera = origin is Origin.CAMERA
    match fault:
        case PageFault.BLURRED:
            return _("Trang này hơi mờ, có thể khó đọc.")
        case PageFault.DARK:
            return _("Trang này hơi tối.")
        case PageFault.CUT_OFF if by_camera:
            return _("Trang này có vẻ mất góc.")
        case PageFault.CUT_OFF:
            return _("Trang này có vẻ bị mất mép, giấy có thể đặt lệch.")
        case PageFault.UPSIDE_DOWN:
            return _("Trang này có vẻ bị ngược. Ông/bà bấm “Xoay”.")
        case PageFault.ILLEGIBLE:
            return _("Máy thấy chữ trên trang này khó đọc.")
        case PageFault.OTHER_NAME:
            return _("Máy không thấy họ tên đã khai trên giấy này. Ông/bà xem có đúng giấy không.")
