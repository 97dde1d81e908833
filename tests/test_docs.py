"""The documents say what is so: links and files exist, commands and settings are those of the code."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from pydantic import BaseModel

from kiosk.config import DeviceSettings, Settings
from kiosk.filing import NotReady
from main import COMMANDS
from scripts import audit_events, services_table
from ui.sentences import not_ready_sentence

ROOT = Path(__file__).parent.parent
ADRS = ROOT / "docs" / "adr"
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ADRS.glob("*.md")])
README_LINES = 150
PICTURE_WIDTH_PX, PICTURE_BYTES = 1200, 150_000

LINK = re.compile(r"]\(([^)#\s]+)")
FILE = re.compile(r"`((?:kiosk|ui|sync|devices|portal|commands|scripts|tests|resources|docs)/[\w./*-]*)`")
COMMAND = re.compile(r"^\W*(?:\S*/)?kiosk ([a-z][a-z-]*)", re.MULTILINE)
TARGETS = re.compile(r"make ([a-z]+)`|^    make ([a-z]+)", re.MULTILINE)


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def code_in(text: str) -> str:
    """What is written as code: between backticks, in fences, in indented blocks."""
    fences = re.findall(r"```.*?```", text, re.DOTALL)
    inline = re.findall(r"`[^`\n]+`", text)
    indented = re.findall(r"^(?: {4}| {7}).*$", text, re.MULTILINE)
    return "\n".join([*fences, *inline, *indented])


documents = pytest.mark.parametrize("path", DOCUMENTS, ids=name_of)


@documents
def test_links_lead_to_files(path: Path) -> None:
    links = [link for link in LINK.findall(text_of(path)) if not link.startswith("https://")]
    assert [link for link in links if not (path.parent / link).exists()] == []


@documents
def test_files_that_are_named_exist(path: Path) -> None:
    named = [name for name in FILE.findall(text_of(path)) if not name.startswith("resources/catalog/CODE")]
    assert [name for name in named if not any(ROOT.glob(name.rstrip("/")))] == []


@documents
def test_commands_and_targets_that_are_named_exist(path: Path) -> None:
    code = code_in(text_of(path))
    assert set(COMMAND.findall(code)) <= COMMANDS.keys()
    targets = set(re.findall(r"^([a-z]+):.*## ", text_of(ROOT / "Makefile"), re.MULTILINE))
    assert {first or second for first, second in TARGETS.findall(text_of(path))} <= targets


@documents
def test_lines_are_short_enough_to_read(path: Path) -> None:
    """Tables and links cannot be broken; sentences can."""
    lines = text_of(path).splitlines()
    assert [line for line in lines if len(line) > 125 and not line.lstrip().startswith(("|", "- [", "#"))] == []


def test_the_readme_names_every_command_and_stays_short() -> None:
    text = text_of(ROOT / "README.md")
    assert [name for name in COMMANDS if f"kiosk {name}" not in text] == []
    assert len(text.splitlines()) <= README_LINES


def test_the_readmes_show_pictures_that_a_page_can_carry() -> None:
    pictures = sorted((ROOT / "docs" / "pictures").glob("*.png"))
    shown = "".join(text_of(ROOT / name) for name in ("README.md", "README.vi.md"))
    assert [path.name for path in pictures if f"docs/pictures/{path.name}" not in shown] == []
    for path in pictures:
        with Image.open(path) as picture:
            assert picture.width <= PICTURE_WIDTH_PX
        assert path.stat().st_size <= PICTURE_BYTES, path.name


def entries(section: type[BaseModel], prefix: str = "") -> Iterator[str]:
    for name, field in section.model_fields.items():
        kind = field.annotation
        if isinstance(kind, type) and issubclass(kind, BaseModel) and kind is not DeviceSettings:
            yield from entries(kind, f"{prefix}{name}.")
        else:
            yield prefix + name


def test_operations_explains_every_entry_of_the_settings() -> None:
    rows = [line for line in text_of(ROOT / "docs" / "operations.md").splitlines() if line.startswith("| `")]
    explained = " ".join(row.split("|")[1] for row in rows)
    assert [entry for entry in entries(Settings) if f"`{entry}`" not in explained] == []


def test_operations_explains_every_page_of_a_kiosk_that_is_out_of_service() -> None:
    text = text_of(ROOT / "docs" / "operations.md")
    assert [reason for reason in NotReady if f'"{not_ready_sentence(reason)[1]}"' not in text] == []


def test_the_audit_events_are_those_of_the_code() -> None:
    assert text_of(audit_events.TARGET) == audit_events.document(), "run scripts/audit_events.py"


def test_the_services_are_those_of_the_catalogue() -> None:
    assert text_of(services_table.TARGET) == services_table.document(), "run scripts/services_table.py"


def test_decisions_are_numbered_without_a_gap_and_listed() -> None:
    pages = sorted(path for path in ADRS.glob("0*.md"))
    assert [path.name[:4] for path in pages] == [f"{number:04}" for number in range(1, len(pages) + 1)]
    listed = text_of(ADRS / "README.md")
    for path in pages:
        text = text_of(path)
        assert f"]({path.name})" in listed
        assert text.startswith(f"# {path.name[:4]} ")
        assert re.findall(r"^\*\*(\w+)\.\*\*", text, re.MULTILINE) == ["Context", "Decision", "Consequences"]


def test_third_parties_are_named_where_their_files_are() -> None:
    text = text_of(ROOT / "THIRD_PARTY.md")
    licences = {name_of(path) for path in (ROOT / "resources").rglob("*") if re.search("LICEN|OFL", path.name)}
    assert licences
    assert {licence for licence in licences if licence not in text} == set()
