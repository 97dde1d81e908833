"""Every sentence that a person sees: marked, well formed, and there in English."""

import ast
import gettext
import io
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from kiosk.catalog_file import load_catalog, read_release
from kiosk.form_rules import display_text, screen_text
from kiosk.resources import resource_path
from kiosk.texts import _

ROOT = Path(__file__).parent.parent
PO = ROOT / "resources" / "locale" / "en" / "LC_MESSAGES" / "kiosk.po"
ASK = "run scripts/texts, write what is missing, run it again"

KEYWORDS = {"_": None, "marked": None}  # those of scripts/texts
QUOTED = re.compile("“([^”]+)”")
PLACEHOLDER = re.compile(r"{\w*}")
VIETNAMESE = re.compile("[à-ỹÀ-Ỹ₫]")

# Vietnamese in ui/ that is no sentence: what each is for.
NO_SENTENCES = {
    "look_choice.py": {"Aa Ễ"},  # a specimen of the letters
}
KEYBOARD = "key_layouts.py"  # its letters, and the names of tones with a wider space before the example


def extracted() -> dict[str, set[str]]:
    """Message id -> the files that use it, found as babel.cfg says."""
    with (ROOT / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)  # type: ignore[no-untyped-call]  # Babel has no type for it
    found: dict[str, set[str]] = {}
    for name, _line, message, _comments, _context in extract_from_dir(ROOT, methods, options, keywords=KEYWORDS):
        assert isinstance(message, str)
        found.setdefault(message, set()).add(name)
    return found


def read_english() -> Catalog:
    with PO.open("rb") as file:
        return read_po(file, abort_invalid=True)


TEXTS = extracted()
CATALOG = read_english()
ENGLISH = {str(message.id): str(message.string) for message in CATALOG if message.id}


def test_the_english_file_has_every_text_and_nothing_else() -> None:
    assert len(TEXTS) > 500
    assert sorted(TEXTS.keys() - ENGLISH.keys()) == [], ASK
    assert sorted(ENGLISH.keys() - TEXTS.keys()) == [], ASK
    assert [*CATALOG.obsolete] == [], ASK


def test_every_text_is_translated() -> None:
    assert [text for text, english in ENGLISH.items() if not english.strip()] == [], ASK
    assert [message.id for message in CATALOG if message.id and message.fuzzy] == [], ASK


def test_the_english_file_is_sorted() -> None:
    assert list(ENGLISH) == sorted(ENGLISH), ASK


def test_placeholders_agree() -> None:
    differ = {
        text: english
        for text, english in ENGLISH.items()
        if sorted(PLACEHOLDER.findall(text)) != sorted(PLACEHOLDER.findall(english))
    }
    assert differ == {}


def test_a_text_keeps_the_spaces_at_its_end() -> None:
    assert [text for text, english in ENGLISH.items() if text[-1:].isspace() != english[-1:].isspace()] == []


@pytest.mark.parametrize("text", sorted(text for text in TEXTS if "“" in text))
def test_what_a_text_quotes_is_a_label_in_both_languages(text: str) -> None:
    """Who is told to press “Quét” must find exactly that on the screen."""
    labels = [words for words in QUOTED.findall(text) if not PLACEHOLDER.fullmatch(words)]  # else the label is put in
    for words in labels:
        assert words in TEXTS
        assert f"“{ENGLISH[words]}”" in ENGLISH[text]


def test_texts_are_nfc_in_single_spaces_and_typographic_quotes() -> None:
    for texts in (TEXTS, ENGLISH.values()):
        wrong = [
            text
            for text in texts
            if text != unicodedata.normalize("NFC", text)
            or ('"' in text or text.count("“") != text.count("”"))
            or ("  " in text and not any(file.endswith(KEYBOARD) for file in TEXTS.get(text, ())))
        ]
        assert wrong == []


def test_the_file_compiles_and_gettext_finds_every_text() -> None:
    compiled = io.BytesIO()
    write_mo(compiled, CATALOG)
    compiled.seek(0)
    english = gettext.GNUTranslations(compiled)
    assert [text for text in TEXTS if english.gettext(text) != ENGLISH[text]] == []


@pytest.fixture
def in_english(tmp_path: Path) -> Iterator[None]:
    compiled = tmp_path / "en" / "LC_MESSAGES" / "kiosk.mo"
    compiled.parent.mkdir(parents=True)
    with compiled.open("wb") as file:
        write_mo(file, CATALOG)
    _.switch("en", tmp_path)
    yield
    _.switch("vi", tmp_path)


@pytest.mark.usefixtures("in_english")
def test_a_screen_speaks_english_and_what_is_filed_stays_vietnamese() -> None:
    form = load_catalog(resource_path("catalog"), read_release(resource_path())).service("2.000635").form
    assert screen_text(form.field("for_whom"), "self") == "My own"
    assert display_text(form.field("for_whom"), "self") == "Của chính tôi"
    assert screen_text(form.field("has_old_copy"), value=True) == "Yes"
    assert display_text(form.field("has_old_copy"), value=True) == "Có"
    assert screen_text(form.field("contact_phone"), "0912345678") == "0912345678"


@pytest.mark.usefixtures("in_english")
def test_the_name_of_a_people_is_not_the_key_for_capitals() -> None:
    form = load_catalog(resource_path("catalog"), read_release(resource_path())).service("2.000635").form
    assert _("Hoa") == "Caps"
    assert screen_text(form.field("subject_ethnic_group"), "04") == "Hoa"


def docstrings(tree: ast.AST) -> Iterator[ast.expr]:
    """Every string that stands alone: docstrings of modules, classes, functions and attributes."""
    yield from (node.value for node in ast.walk(tree) if isinstance(node, ast.Expr))


def marked(tree: ast.AST) -> Iterator[ast.expr]:
    """What is written inside `_(…)` or `marked(…)`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in KEYWORDS:
            yield from node.args


@pytest.mark.parametrize("path", sorted((ROOT / "ui").glob("*.py")), ids=lambda path: path.name)
def test_no_screen_shows_vietnamese_outside_the_texts(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    free = {id(node) for node in (*docstrings(tree), *marked(tree))}
    allowed = NO_SENTENCES.get(path.name, set())
    found = [
        f"{path.name}:{node.lineno} {node.value!r}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in free
        if VIETNAMESE.search(node.value) and node.value not in allowed
        if path.name != KEYBOARD or " " in node.value
    ]
    assert found == []


def test_the_lint_sees_what_it_should() -> None:
    tree = ast.parse('"""Tệp."""\nx = Label(f"Chờ {n}")\ny = _("Chờ")\n')
    free = {id(node) for node in (*docstrings(tree), *marked(tree))}
    strings = [node for node in ast.walk(tree) if isinstance(node, ast.Constant) and VIETNAMESE.search(str(node.value))]
    assert [node.value for node in strings if id(node) not in free] == ["Chờ "]
