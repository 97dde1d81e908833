"""A form with everything that 2.000635 has no need of: a table of periods, a page that stops, computed answers."""

from collections.abc import Mapping

from kiosk.form import (
    AnswerValue,
    Choice,
    Compare,
    Computed,
    ComputedKind,
    Field,
    FieldType,
    Form,
    Not,
    Op,
    Privacy,
    QuestionPage,
    Rule,
    RuleKind,
    Stop,
    TableRow,
)

START = Field("start", FieldType.DATE, "Từ tháng", rules=(Rule(RuleKind.MONTH_KNOWN, "", "Cần có tháng."),))
END = Field(
    "end",
    FieldType.DATE,
    "Đến tháng",
    unknown_label="Đến nay",
    rules=(Rule(RuleKind.NOT_BEFORE_FIELD, "start", "Tháng đi không thể trước tháng đến."),),
)
PLACE = Field("place", FieldType.TEXT, "Nơi ở", rules=(Rule(RuleKind.MAX, "60", "Viết ngắn lại."),))
KIND = Field("kind", FieldType.CHOICE, "Loại", required=False, choices=(Choice("1", "Nhà"), Choice("2", "Trọ")))
HOMES = Field(
    "homes",
    FieldType.TABLE,
    "Các nơi đã ở",
    columns=(START, END, PLACE, KIND),
    row_label="Nơi ở",
    rows_max=4,
    privacy=Privacy.MASKED,
    rules=(
        Rule(RuleKind.STARTS_AT_AGE, "14 birth_date", "Từ {start} đến {end} ở đâu (trước)?", ask=True),
        Rule(RuleKind.NO_GAPS, "", "Từ {start} đến {end} ở đâu?", ask=True),
        Rule(RuleKind.NO_OVERLAPS, "", "Từ {start} đến {end} ở hai nơi?", ask=True),
        Rule(RuleKind.ENDS_TODAY, "", "Từ {start} đến nay ở đâu?", ask=True),
    ),
)
BIRTH = Field(
    "birth_date",
    FieldType.DATE,
    "Ngày sinh",
    rules=(
        Rule(RuleKind.NOT_AFTER_TODAY, "", "Xem lại."),
        Rule(RuleKind.MAX_AGE, "110", "Có đúng là hơn 110 tuổi không?", ask=True),
    ),
)
OLD_NAME = Field("old_name", FieldType.NAME, "Tên cũ", rules=(Rule(RuleKind.DIFFERS_FROM, "name", "Phải khác."),))
STOP = Stop("Từ đủ 18 tuổi. Ông/bà hỏi quầy.", "9.000001")
ADULT = Compare("age", Op.AT_LEAST, ("18",))

LIFE = Form(
    "life",
    "1",
    (
        QuestionPage("birth_date", "Ông/bà", "Sinh ngày nào?", "", (BIRTH,)),
        QuestionPage(
            "too_young",
            "Ông/bà",
            "Chưa đủ tuổi",
            "",
            (),
            Not(ADULT),
            STOP,
        ),
        QuestionPage("name", "Ông/bà", "Tên gì?", "", (Field("name", FieldType.NAME, "Tên"), OLD_NAME)),
        QuestionPage("homes", "Nơi ở", "Đã ở đâu?", "", (HOMES,)),
        QuestionPage("email", "Liên hệ", "Thư điện tử?", "", (Field("email", FieldType.EMAIL, "Thư", required=False),)),
    ),
    (
        Computed("age", ComputedKind.AGE_YEARS, "birth_date", "Tuổi"),
        Computed("days", ComputedKind.DAYS_SINCE, "birth_date", "Số ngày"),
        Computed("birth_words", ComputedKind.DATE_WORDS, "birth_date", "Ngày sinh bằng chữ"),
    ),
)
FIRST_HOME = TableRow({"start": "1972-03", "end": "2001-09", "place": "Thôn Mẫu"})
NOW_HOME = TableRow({"start": "2001-10", "place": "Phường Mẫu", "kind": "1"})
LONG_LIFE: Mapping[str, AnswerValue] = {
    "birth_date": "1958-03-27",
    "name": "NGUYỄN VĂN MẪU",
    "old_name": "NGUYỄN VĂN CŨ",
    "homes": (FIRST_HOME, NOW_HOME),
    "email": "mau@example.vn",
}
FACTS = {"route": "desk", "today": "2026-11-21", "province": "01"}
