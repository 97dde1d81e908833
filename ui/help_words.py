"""What the office reads of the page from which somebody calls: the step in everyday words, nothing of the citizen."""

from kiosk.texts import marked
from kiosk.visit import Step


def page_words(step: Step) -> str:
    """In Vietnamese, whatever language the screen has: those who come read it."""
    match step:
        case Step.HOME:
            return marked("Trang đầu")
        case Step.CHOOSE | Step.BEFORE:
            return marked("Chọn thủ tục")
        case Step.CONSENT | Step.HELPER | Step.HELPER_NAME | Step.HELPER_BADGE | Step.HELPER_CONSENT:
            return marked("Đồng ý và người hỗ trợ")
        case Step.CARD | Step.CONFIRM:
            return marked("Đưa thẻ căn cước")
        case Step.FORM:
            return marked("Trả lời câu hỏi")
        case Step.PARTS | Step.CAPTURE | Step.ORIGINALS:
            return marked("Chụp hoặc quét giấy tờ")
        case Step.REVIEW:
            return marked("Xem lại")
        case Step.HANDOVER | Step.FILE | Step.CARD_AGAIN | Step.CERTAIN | Step.SENDING:
            return marked("Nộp hồ sơ")
        case Step.DONE | Step.GOODBYE:
            return marked("Đã xong")
