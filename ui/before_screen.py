"""Before you start: papers, fee, days, minutes and who decides, before anything is typed."""

from kiosk.catalog import Fact, Route, as_told
from kiosk.dates import format_day
from kiosk.fees import fee_lines, total_vnd
from kiosk.texts import _
from kiosk.visit import Event, Visit, WentOn
from ui.context import Context
from ui.fact_rows import FactRows
from ui.labels import Card, Label, Points
from ui.tokens import Role
from ui.visit_screen import VisitScreen


class BeforeScreen(VisitScreen):
    """Everything a person would otherwise be sent home for."""

    def __init__(self, context: Context, visit: Visit) -> None:
        super().__init__(context, visit)
        service = visit.chosen()
        self.heading = _("Trước khi bắt đầu")
        self.hint = _(service.name)
        self.next_label = _("Bắt đầu làm")
        self.add(FactRows(context.theme, self._rows()))
        if service.notes:
            self.add(Label(_("Cần biết thêm"), Role.STRONG), Points(context.theme, map(Fact.told, service.notes)))
        self.add(Label(self._legal_basis(), Role.SMALL))
        self.side = self._papers()
        self.finish()

    def _legal_basis(self) -> str:
        """The law, with the day when the facts were read."""
        service = self.visit.chosen()
        checked = format_day(min(fact.checked_on for fact in (service.processing_time, *service.legal_basis)))
        basis = "; ".join(_(fact.text) for fact in service.legal_basis[:3])
        return _("Căn cứ: {basis}. Kiểm tra ngày {day}.").format(basis=basis, day=checked)

    def _rows(self) -> tuple[tuple[str, str], ...]:
        service = self.visit.chosen()
        return (
            (_("Phí, lệ phí"), self._fee()),
            (_("Thời gian giải quyết"), service.processing_time.told()),
            (_("Nơi giải quyết"), service.authority.told()),
            (_("Làm trên máy này"), _("khoảng {minutes} phút").format(minutes=service.minutes_at_kiosk)),
            (_("Kết quả nhận được"), service.result.told()),
            (_("Cách nộp"), self._way()),
        )

    def _fee(self) -> str:
        lines = fee_lines(self.visit.chosen(), self.visit.answers, self.visit.route, self.today)
        if not lines:
            return _("Không thu")
        return "; ".join(as_told(line.reason, line.confidence) for line in lines)

    def _way(self) -> str:
        """Where the dossier goes, and where the fee, if there is one, is paid."""
        service, way = self.visit.chosen(), _route_sentence(self.visit.route)
        owed = total_vnd(fee_lines(service, self.visit.answers, self.visit.route, self.today))
        return f"{way} {service.payment.told()}." if owed else way

    def _papers(self) -> Card:
        """What to have at hand."""
        service = self.visit.chosen()
        papers = [_("Thẻ căn cước (hoặc căn cước công dân)")]
        always = (part for part in service.parts if part.required and part.when is None and not part.replaced_by_data)
        papers += [_(part.name) for part in always]
        if any(part.when is not None for part in service.parts):
            papers.append(_("Làm thay người khác thì có thể cần thêm giấy, máy sẽ hỏi từng bước"))
        box = Card(self.theme)
        box.column.addWidget(Label(_("Ông/bà cần có"), Role.STRONG))
        box.column.addWidget(Points(self.theme, papers))
        return box

    def next_event(self) -> Event:
        """Understood."""
        return WentOn()


def _route_sentence(route: Route) -> str:
    match route:
        case Route.DESK:
            return _("Hồ sơ gửi thẳng tới Bộ phận Một cửa.")
        case Route.ONLINE_BY_AGREEMENT:
            return _("Hồ sơ được nộp trực tuyến qua cổng dịch vụ công đã có thỏa thuận với nơi này.")
        case Route.PREPARE:
            return _("Máy giúp chuẩn bị và in giấy tờ. Việc nộp, ông/bà tự làm qua VNeID hoặc tại cơ quan.")
