"""A made-up form with a table of periods, an e-mail address and a page where it ends."""

from dataclasses import replace

from kiosk.catalog import Service
from kiosk.form import (
    Choice,
    Compare,
    Field,
    FieldType,
    Form,
    Op,
    QuestionPage,
    Rule,
    RuleKind,
    Stop,
    TableRow,
)

NO_FUTURE = Rule(RuleKind.NOT_AFTER_TODAY, "", "Tháng này chưa tới.")
MONTH = Rule(RuleKind.MONTH_KNOWN, "", "Ông/bà gõ cả tháng và năm.")
NOT_BEFORE_START = Rule(RuleKind.NOT_BEFORE_FIELD, "start", "Tháng đi không thể trước tháng đến.")
GAPS = Rule(RuleKind.NO_GAPS, "", "Từ {start} đến {end} chưa có nơi ở nào.", ask=True)

RESIDENCES = Field(
    "residences",
    FieldType.TABLE,
    "Nơi cư trú",
    row_label="Nơi ở",
    rows_max=3,
    rules=(GAPS,),
    columns=(
        Field("start", FieldType.DATE, "Từ", rules=(MONTH, NO_FUTURE)),
        Field("end", FieldType.DATE, "Đến", unknown_label="Đến nay", rules=(MONTH, NO_FUTURE, NOT_BEFORE_START)),
        Field("place", FieldType.TEXT, "Ở đâu"),
        Field("work", FieldType.TEXT, "Làm gì", required=False),
    ),
)
KIND = Field("kind", FieldType.CHOICE, "Loại", choices=(Choice("yes", "Được"), Choice("no", "Chưa được")))
EMAIL = Field("email", FieldType.EMAIL, "Thư điện tử")

FORM = Form(
    "sample",
    "1",
    (
        QuestionPage("residences", "Cư trú", "Ông/bà đã ở những đâu?", "Ghi từ nơi cũ nhất.", (RESIDENCES,)),
        QuestionPage("email", "Liên hệ", "Thư điện tử của ông/bà?", "", (EMAIL,)),
        QuestionPage("kind", "Điều kiện", "Loại nào?", "", (KIND,)),
        QuestionPage(
            "too_young",
            "Điều kiện",
            "Chưa đủ tuổi",
            "",
            (),
            when=Compare("kind", Op.EQUALS, ("no",)),
            stop=Stop("Ông/bà xin giấy khai sinh trước đã.", "2.000635"),
        ),
    ),
)


def row(start: str, end: str, place: str) -> TableRow:
    """One period; "" for one that goes on."""
    cells = {"start": start, "end": end, "place": place}
    return TableRow({key: value for key, value in cells.items() if value})


def with_sample_form(service: Service) -> Service:
    """The service, asking this form."""
    return replace(service, form=FORM)
