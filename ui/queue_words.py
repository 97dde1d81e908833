"""What the staff read of a dossier in the queue: its code, its service, where it is, and what may be done."""

from kiosk.catalog import Catalog
from kiosk.dates import format_moment
from kiosk.ids import format_slip_code
from kiosk.outbox import OutboxEntry
from kiosk.problem_advice import condition_words, state_words
from kiosk.queue_alarm import alarm_words
from kiosk.staff_queue import ExportEnd, ExportResult, QueueNews
from kiosk.texts import _, sayable


def service_name(catalog: Catalog, code: str) -> str:
    """The service in the catalogue's words; its code where the catalogue has it no longer."""
    try:
        return _(catalog.service(code).name)
    except KeyError:
        return code


def standing_words(entry: OutboxEntry) -> str:
    """Where it is and since when it is here."""
    moment = format_moment(entry.sealed_at)
    return _("{state}, lưu lúc {moment}").format(state=_sentence(state_words(entry.state)), moment=moment)


def entry_facts(entry: OutboxEntry, service: str) -> tuple[tuple[str, str], ...]:
    """Everything about one dossier that names nobody."""
    facts = [
        (_("Mã phiếu"), format_slip_code(entry.slip_code)),
        (_("Thủ tục"), service),
        (_("Trạng thái"), _sentence(state_words(entry.state))),
        (_("Lưu lúc"), format_moment(entry.sealed_at)),
        (_("Lần thử"), str(entry.attempts)),
    ]
    if entry.next_try_at is not None:
        facts.append((_("Thử lại lúc"), format_moment(entry.next_try_at)))
    if entry.national_code:
        facts.append((_("Mã hồ sơ"), entry.national_code))
    return tuple(facts)


def news_lines(news: QueueNews) -> tuple[str, str]:
    """Counts, and what holds the queue."""
    tally = news.health.tally
    counts = _("{unsent} hồ sơ chưa gửi xong, {parked} cần cán bộ xem, {withdrawing} đang rút.").format(
        unsent=tally.unsent, parked=tally.parked, withdrawing=tally.withdrawing
    )
    return counts, _("Gửi hồ sơ: {state}.").format(state=condition_words(news.condition))


def alarm_lines(news: QueueNews) -> tuple[str, ...]:
    """A sentence for each alarm."""
    return tuple(alarm_words(alarm, news.health) for alarm in news.health.alarms)


def export_words(result: ExportResult) -> str:
    """How the copy to a stick ended, and what to do next."""
    said = _export_end(result)
    if result.damaged:
        said += " " + _("{count} hồ sơ không đọc được từ máy; báo người quản trị.").format(count=result.damaged)
    return said


def _export_end(result: ExportResult) -> str:
    match result.end:
        case ExportEnd.DONE:
            return _("Đã chép {count} hồ sơ. Rút USB ra và đưa cho người quản lý cổng.").format(count=result.count)
        case ExportEnd.NOTHING:
            return _("Không có hồ sơ nào cần chép.")
        case ExportEnd.STICK_FULL:
            return _("USB hết chỗ sau {count} hồ sơ. Cắm USB khác còn trống rồi chép lại.").format(count=result.count)
        case ExportEnd.READ_ONLY:
            return _("USB này không ghi được. Gạt nút khóa hoặc dùng USB khác.")
        case ExportEnd.STICK_GONE:
            return _("USB bị rút ra sau {count} hồ sơ. Cắm lại rồi chép tiếp.").format(count=result.count)
        case ExportEnd.BUSY:
            return _("USB này đang được chép ở một chỗ khác. Chờ một chút rồi thử lại.")
        case ExportEnd.STOPPED:
            return _("Đã dừng sau {count} hồ sơ. Chép lại thì máy làm tiếp từ đó.").format(count=result.count)
        case ExportEnd.STORE:
            return _("Kho hồ sơ của máy gặp lỗi nên chưa chép xong. Báo người quản trị máy.")


@sayable
def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]
