"""Writes small forms and blocks as files, and reads them back with every mistake."""

from pathlib import Path

from kiosk.codes import CodeList
from kiosk.form import Form
from kiosk.form_blocks import Blocks
from kiosk.form_file import read_form
from kiosk.yaml_text import YamlProblem

LISTS = {"colours": CodeList("s", "1", "x", {"1": "Đỏ", "2": "Xanh"})}
HEAD = "id: test\nversion: 1\npages:\n"


def page(name: str, field: str, more: str = "") -> str:
    """A page of five lines with one field of the same name, on the last of them."""
    head = f"  - id: {name}\n    section: P\n    title: Câu?\n"
    return f"{head}{more}    fields:\n      - {{ id: {name}, label: N, {field} }}\n"


A = page("a", 'type: choice, choices: [{ code: "1", label: Một }, { code: "2", label: Hai }]')
N = page("n", "type: number")
D = page("d", "type: date")
T = page("t", "type: text, unknown_label: Không rõ")


def read(folder: Path, *pages: str) -> tuple[Form, list[YamlProblem]]:
    """The form of these pages, with the blocks that stand beside it, and its mistakes."""
    path = folder / "form.yaml"
    path.write_text(HEAD + "".join(pages), encoding="utf-8")
    found: list[YamlProblem] = []
    return read_form(path, Blocks(folder / "_blocks"), LISTS, found, thorough=True), found


def when(condition: str) -> str:
    """The line of a page's condition."""
    return f"    when: {condition}\n"
