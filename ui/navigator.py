"""Maps the visit's step to its screen, exhaustively; the only code that knows which screens there are."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from kiosk.catalog import Route
from kiosk.form import FieldType
from kiosk.next_place import needed_parts
from kiosk.print_names import is_declaration
from kiosk.private_pages import covered
from kiosk.receipt import Receipt
from kiosk.texts import _, joined
from kiosk.visit import Step, Visit
from kiosk.visit_slip import PreparedSlipMaker, SlipMaker
from ui.badge_screen import BadgeScreen
from ui.before_screen import BeforeScreen
from ui.capture_screen import CaptureScreen
from ui.card_again_screen import CardAgainScreen
from ui.card_screen import CardScreen
from ui.certain_screen import CertainScreen
from ui.choose_screen import ChooseScreen
from ui.confirm_screen import ConfirmScreen
from ui.consent_screen import ConsentScreen
from ui.context import Context
from ui.curtain_screen import CurtainScreen
from ui.done_screen import DoneScreen
from ui.file_screen import FileScreen
from ui.form_screen import FormScreen, shown_page
from ui.goodbye_screen import GoodbyeScreen
from ui.handover_screen import HandoverScreen
from ui.helper_consent_screen import HelperConsentScreen
from ui.helper_screen import HelperNameScreen, HelperScreen
from ui.home_screen import HomeScreen
from ui.originals_screen import OriginalsScreen
from ui.parts_screen import PartsScreen
from ui.prepare_screen import Prepared, PrepareScreen
from ui.review_screen import ReviewScreen
from ui.sealing import Sealed
from ui.sending_screen import SendingScreen
from ui.stop_screen import StopScreen
from ui.table_screen import TableScreen
from ui.visit_screen import VisitScreen


@dataclass(frozen=True, slots=True)
class Filed:
    """What the last two pages need of the dossier that was just sealed."""

    sealed: Sealed
    receipt: Receipt | None = None


def make_screen(context: Context, visit: Visit, made: Filed | Prepared | None) -> VisitScreen:
    """The screen for where the visit is; `made` is what it has come to, once it has."""
    step = visit.place.step
    screen = _done(context, visit, made) if step is Step.DONE else SCREENS[step](context, visit)
    screen.setObjectName(step.value)
    screen.progress = joined(" · ", (text for text in (_progress(visit), screen.progress) if text))
    return screen


def page_key(visit: Visit) -> tuple[object, ...]:
    """What decides which page is shown: also for which service and way, where one is offered in place of another."""
    return visit.place, visit.service, visit.route, covered(visit)


def _last_before_the_end(context: Context, visit: Visit) -> VisitScreen:
    return PrepareScreen(context, visit) if visit.route is Route.PREPARE else FileScreen(context, visit)


def _form_page(context: Context, visit: Visit) -> VisitScreen:
    """A page of questions, one with a table, the one where the form ends, or the curtain before a private one."""
    if covered(visit):
        return CurtainScreen(context, visit)
    page = shown_page(visit)
    if page.stop is not None:
        return StopScreen(context, visit)
    has_table = any(field.type is FieldType.TABLE for field in page.fields)
    return TableScreen(context, visit) if has_table else FormScreen(context, visit)


SCREENS: Mapping[Step, Callable[[Context, Visit], VisitScreen]] = MappingProxyType(
    {
        Step.HOME: HomeScreen,
        Step.CHOOSE: ChooseScreen,
        Step.BEFORE: BeforeScreen,
        Step.CONSENT: ConsentScreen,
        Step.HELPER: HelperScreen,
        Step.HELPER_NAME: HelperNameScreen,
        Step.HELPER_BADGE: BadgeScreen,
        Step.HELPER_CONSENT: HelperConsentScreen,
        Step.CARD: CardScreen,
        Step.CONFIRM: ConfirmScreen,
        Step.FORM: _form_page,
        Step.PARTS: PartsScreen,
        Step.CAPTURE: CaptureScreen,
        Step.ORIGINALS: OriginalsScreen,
        Step.REVIEW: ReviewScreen,
        Step.HANDOVER: HandoverScreen,
        Step.FILE: _last_before_the_end,
        Step.CARD_AGAIN: CardAgainScreen,
        Step.CERTAIN: CertainScreen,
        Step.SENDING: SendingScreen,
        Step.GOODBYE: GoodbyeScreen,
    }
)
"""Every step but the one that needs to be told what was made."""


def _done(context: Context, visit: Visit, made: Filed | Prepared | None) -> DoneScreen:
    match made:
        case Filed(sealed, receipt):
            return DoneScreen(context, visit, SlipMaker(visit, sealed.dossier, sealed.desk, context.calendar), receipt)
        case Prepared(ids, desk, pdf):
            return DoneScreen(context, visit, PreparedSlipMaker(visit, ids, desk), None, pdf)
        case None:
            raise LookupError("the last page needs what was sealed or prepared")


def header_texts(visit: Visit) -> tuple[str, str]:
    """What the header says is being done, and for which service, in everyday words."""
    if visit.service is None:
        return _("Điểm Truy Cập"), ""
    match visit.route:
        case _ if visit.service.information_only:
            doing = _("Xem hướng dẫn")
        case Route.DESK:
            doing = _("Nộp hồ sơ")
        case Route.ONLINE_BY_AGREEMENT:
            doing = _("Nộp hồ sơ trực tuyến")
        case Route.PREPARE:
            doing = _("Chuẩn bị hồ sơ")
    return doing, _(visit.service_name)


_FILING = (Step.HANDOVER, Step.FILE, Step.CARD_AGAIN, Step.CERTAIN, Step.SENDING)


def _progress(visit: Visit) -> str:
    """ "Bước 3 trong 7", in words; the first and the last pages are not steps, nor is what can only be read."""
    if visit.service is not None and visit.place.step is Step.BEFORE and visit.service.information_only:
        return ""
    declared = visit.service is None or is_declaration(visit.service)
    groups = (
        (_("Chọn thủ tục"), (Step.CHOOSE, Step.BEFORE)),
        (_("Đồng ý"), (Step.CONSENT, Step.HELPER, Step.HELPER_NAME, Step.HELPER_BADGE, Step.HELPER_CONSENT)),
        (_("Thẻ căn cước"), (Step.CARD, Step.CONFIRM)),
        (_("Điền tờ khai") if declared else _("Điền thông tin"), (Step.FORM,)),
        (_("Giấy tờ"), (Step.PARTS, Step.CAPTURE, Step.ORIGINALS)),
        (_("Xem lại"), (Step.REVIEW,)),
        (_("In giấy tờ") if visit.route is Route.PREPARE else _("Nộp"), _FILING),
    )
    later = (Step.REVIEW, *_FILING)
    without_papers = visit.place.step in later and not needed_parts(visit)
    shown = [group for group in groups if not (without_papers and Step.PARTS in group[1])]
    for number, (name, steps) in enumerate(shown, 1):
        if visit.place.step in steps:
            return _("Bước {number} trong {count} · {name}").format(number=number, count=len(shown), name=name)
    return ""
