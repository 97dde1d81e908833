"""What stands in a dossier's way, or in that of the whole queue, in plain words for the staff, and what to do.

The one table of it: the page of the queue and `kiosk queue list` read the same sentences.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from kiosk.errors import StoreCorrupt
from kiosk.outbox import OutboxEntry, QueueCondition, State
from kiosk.receipt import ProblemType
from kiosk.texts import _

_PREFIX = "urn:diem-truy-cap:problem:"


@dataclass(frozen=True, slots=True)
class Advice:
    """`problem` says what is wrong, without a stop at its end; `todo` is a sentence or two."""

    problem: str
    todo: str


_Table = Mapping[str, Callable[[], tuple[str, str]]]

# Words and what to do; "" leaves that to whether the kiosk tries again by itself.
_EXACT: _Table = {
    ProblemType.DIFFERENT_CONTENT: lambda: (
        _("Cổng đã giữ một hồ sơ khác mang cùng số hiệu"),
        _("Gọi người quản lý cổng, đọc mã phiếu. Gửi lại không giúp được trước khi họ xử lý."),
    ),
    ProblemType.INVALID_MANIFEST: lambda: (_("Cổng không chấp nhận nội dung tờ khai của hồ sơ"), ""),
    ProblemType.TOO_LARGE: lambda: (
        _("Hồ sơ lớn hơn mức cổng nhận"),
        _("Gọi người quản lý cổng xin tăng mức. Nếu không được, mời công dân nộp lại ít trang hơn và rút hồ sơ này."),
    ),
    ProblemType.UNAUTHENTICATED: lambda: (_("Cổng không nhận ra máy này"), ""),
    ProblemType.CLOCK: lambda: (_("Đồng hồ của máy sai"), _("Chỉnh lại ngày giờ của máy; hồ sơ tự gửi tiếp.")),
    ProblemType.REVOKED: lambda: (
        _("Cổng đã thu quyền gửi của máy này"),
        _("Gọi người quản lý cổng để đăng ký lại máy. Hồ sơ vẫn được giữ."),
    ),
    ProblemType.ENROL_CODE: lambda: (
        _("Mã đăng ký sai, đã dùng hoặc hết hạn"),
        _("Xin người quản lý cổng một mã đăng ký mới."),
    ),
    ProblemType.NOT_FOUND: lambda: (_("Cổng chưa sẵn sàng nhận hồ sơ"), ""),
    ProblemType.TRY_LATER: lambda: (_("Cổng đang bận"), ""),
    ProblemType.UPDATE_NEEDED: lambda: (
        _("Cổng cần phiên bản mới của phần mềm"),
        _("Báo người quản trị cập nhật phần mềm của máy; hồ sơ tự gửi tiếp."),
    ),
    ProblemType.MISSING_PIECES: lambda: (_("Cổng chưa nhận đủ các phần của hồ sơ"), ""),
    ProblemType.DIGEST_MISMATCH: lambda: (_("Dữ liệu bị sai lệch trên đường gửi"), ""),
    ProblemType.INVALID_WITHDRAWAL: lambda: (_("Cổng không chấp nhận yêu cầu rút hồ sơ"), ""),
    ProblemType.WITHDRAWN: lambda: (
        _("Cổng báo hồ sơ đã được rút nhưng không đưa ra xác nhận"),
        _("Giấy tờ vẫn được giữ ở máy. Gọi người quản lý cổng, đọc mã phiếu."),
    ),
    ProblemType.KIOSK_BEHIND: lambda: (
        _("Dữ liệu của máy cũ hơn lần gửi trước"),
        _("Máy tự đối chiếu lại với cổng, không cần làm gì."),
    ),
    ProblemType.CLONED: lambda: (
        _("Có hai máy dùng chung một khóa"),
        _("Đăng ký lại từng máy: kiosk enrol URL MÃ. Hồ sơ vẫn được giữ."),
    ),
    ProblemType.ENROL_FOLLOWS: lambda: (
        _("Mã đăng ký này không nối tiếp máy cũ"),
        _("Xin người quản lý cổng một mã nối tiếp máy này."),
    ),
    StoreCorrupt.key: lambda: (
        _("Dữ liệu của hồ sơ này trên máy bị hỏng"),
        _("Báo ngay người quản trị máy; giữ nguyên máy, không cài lại. Có thể cần mời công dân nộp lại."),
    ),
    "crash_loop": lambda: (
        _("Phần mềm tắt đột ngột ba lần khi gửi hồ sơ này"),
        _("Báo người quản trị máy. Gửi lại khi phần mềm đã được sửa."),
    ),
    "connection_lost": lambda: (_("Đường truyền đứt khi đang gửi"), ""),
    "deadline": lambda: (_("Mạng quá chậm nên chưa gửi xong"), ""),
    "stalled": lambda: (_("Mạng đứng lại khi đang gửi"), ""),
    "withdrawn": lambda: (_("Hồ sơ đã được rút ở cổng"), _("Máy tự xóa giấy tờ, không cần làm gì.")),
    "answer_encoded": lambda: (_("Câu trả lời không giống của cổng"), ""),
    "answer_too_large": lambda: (_("Câu trả lời không giống của cổng"), ""),
}

_BEGINNINGS: _Table = {
    "unknown:": lambda: (
        _("Chưa kiểm tra được câu trả lời của cổng"),
        _("Máy tự hỏi lại. Nếu quá một ngày, gọi người quản lý cổng, đọc mã phiếu."),
    ),
    "link_not_kept:": lambda: (
        _("Máy không ghi được lên ổ đĩa của mình"),
        _("Xem ổ đĩa còn chỗ không, báo người quản trị máy. Máy tự thử lại."),
    ),
    "fault:": lambda: (
        _("Phần mềm gặp lỗi khi gửi hồ sơ này"),
        _("Máy tự thử lại. Nếu quá một ngày, báo người quản trị máy."),
    ),
}


def is_in_table(problem: str) -> bool:
    """Whether the table has words of its own for a problem key or type."""
    return problem in _EXACT or problem.startswith(("http-", *_BEGINNINGS))


def advice_for(problem: str, *, parked: bool) -> Advice:
    """The words for a problem key or type. A `parked` dossier is not tried again before staff say so.

    A portal may have reasons of its own: they are quoted as they are.
    """
    words, todo = _words(problem)
    return Advice(words, todo or (_ask_the_portal() if parked else _wait()))


def entry_advice(entry: OutboxEntry) -> Advice | None:
    """What stands in the way of this dossier, None when nothing does. Of one that is being withdrawn, `problem` is why
    the portal does not let it be."""
    if entry.withdrawal_asked_at is not None and entry.state is not State.WITHDRAWN:
        if entry.problem:
            return advice_for(entry.problem, parked=True)
        return Advice(_("Đang rút; cổng chưa xác nhận"), _("Máy tự báo cho cổng, không cần làm gì."))
    if not entry.problem:
        return None
    return advice_for(entry.problem, parked=entry.state is State.PARKED)


def condition_words(condition: QueueCondition) -> str:
    """What holds the queue, and what may be done: part of a sentence."""
    match condition:
        case QueueCondition.CLEAR:
            return _("đường truyền tốt")
        case QueueCondition.OFFLINE:
            return _("chưa kết nối được với cổng; máy tự thử lại")
        case QueueCondition.CAPTIVE:
            return _("mạng đang hiện trang đăng nhập thay cho cổng; hãy đăng nhập mạng")
        case QueueCondition.AUTH:
            return _("cổng không nhận máy này; hãy hỏi người quản lý cổng")
        case QueueCondition.CLONED:
            return _("máy này bị nhân bản (hai máy dùng chung một khóa); hãy đăng ký lại từng máy: kiosk enrol URL MÃ")
        case QueueCondition.CLOCK:
            return _("đồng hồ của máy sai; hãy chỉnh lại giờ")
        case QueueCondition.CERTIFICATE:
            return _("chứng thư của cổng không đúng hoặc hết hạn; hãy hỏi người quản lý cổng")
        case QueueCondition.UPDATE_NEEDED:
            return _("cổng cần phiên bản mới của phần mềm; hãy cập nhật")
        case QueueCondition.NOT_ENROLLED:
            return _("máy chưa đăng ký với cổng; hãy chạy: kiosk enrol URL MÃ")


def state_words(state: State) -> str:
    """Where a dossier is, in two or three words."""
    match state:
        case State.SEALED:
            return _("chờ gửi")
        case State.SENDING:
            return _("đang gửi")
        case State.COMMITTING:
            return _("chờ biên nhận")
        case State.RECEIPTED:
            return _("đã nộp")
        case State.DURABLE:
            return _("đã nộp, cổng đã sao lưu")
        case State.PARKED:
            return _("cần cán bộ xem")
        case State.WITHDRAWN:
            return _("đã rút")
        case State.SHREDDED:
            return _("đã xóa khỏi máy")


def _words(problem: str) -> tuple[str, str]:
    if problem in _EXACT:
        return _EXACT[problem]()
    for beginning, words in _BEGINNINGS.items():
        if problem.startswith(beginning):
            return words()
    if problem.startswith("http-"):
        return _("Cổng trả lời mã lỗi {code}").format(code=problem.removeprefix("http-")), ""
    return _("Cổng nêu lý do riêng: {reason}").format(reason=problem.removeprefix(_PREFIX)), ""


def _ask_the_portal() -> str:
    return _("Gọi người quản lý cổng, đọc mã phiếu và vướng mắc này. Khi họ xử lý xong thì gửi lại.")


def _wait() -> str:
    return _("Máy tự thử lại, không cần làm gì.")
