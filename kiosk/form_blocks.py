"""Blocks of pages that several forms share: found by name, and written out for one person of one form."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from kiosk.conditions import FACT_PREFIX
from kiosk.form import Field, RuleKind
from kiosk.form_rules import SAME_AS
from kiosk.typed_yaml import Section
from kiosk.yaml_text import Node, YamlProblem, YamlText, load_text

# How the screen calls who stands before it, and how papers call them.
_YOU, _REQUESTER = "ông/bà", "người yêu cầu"

_UNSURE = "unsure"  # keys that are laid over those beside it where the block's answers may be unknown
_CARD = "card."
_NAMES_A_FIELD = frozenset(
    {RuleKind.NOT_BEFORE_FIELD, RuleKind.NOT_AFTER_FIELD, RuleKind.DIFFERS_FROM, RuleKind.STARTS_AT_AGE}
)


class Blocks:
    """The files of blocks in some folders, each read once. A later folder's block goes before an earlier one's."""

    def __init__(self, *folders: Path) -> None:
        self._folders = folders
        self._read: dict[str, YamlText] = {}

    def load(self, name: str) -> YamlText | None:
        """The block of that name, or None where no folder has it. Raises YamlProblem for a file that is broken."""
        if name not in self._read:
            paths = [path for folder in reversed(self._folders) if (path := folder / f"{name}.yaml").is_file()]
            if not paths:
                return None
            self._read[name] = load_text(paths[0])
        return self._read[name]


@dataclass(frozen=True, slots=True)
class BlockUse:
    """One use of a block in a form.

    `prefix` begins its ids, `section` is the heading of its pages, `who` is how its questions call the person ("người
    mẹ") and `named` how its labels do. `role` is who the person is in the dossier ("owner"), "" for nobody; without
    `card` no answer is offered from the card; with `unknown` the answers may be unknown. `same_as` is the prefix of
    another person, whose answers are offered; the pages `without` are left out.
    """

    block: str
    prefix: str
    section: str
    who: str
    named: str
    role: str
    card: bool
    unknown: bool
    same_as: str
    without: tuple[str, ...]


def read_use(section: Section) -> BlockUse:
    """The use of a block in a form's list of pages; its conditions and the rules that it adds (`more_rules`) are left
    for the form's reader."""
    who = section.text("who")
    return BlockUse(
        block=section.text("block"),
        prefix=section.text("prefix"),
        section=section.text("section"),
        who=who,
        named=section.text("named", _REQUESTER if who == _YOU else who),
        role=section.text("role", ""),
        card=section.flag("card", default=False),
        unknown=section.flag("unknown", default=False),
        same_as=section.text("same_as", ""),
        without=section.texts("without"),
    )


def pages_of(
    use: BlockUse, entry: Section, file: YamlText, known: Mapping[str, Field], found: list[YamlProblem]
) -> Iterator[Section]:
    """The block's pages for this use, as if they stood in the form after the fields that are `known`. Mistakes of the
    block are told with its own lines, those of its use with the line of the `entry`."""
    root = file.root if isinstance(file.root, dict) else {}
    pages = root.get("pages")
    if not isinstance(pages, list) or set(root) != {"pages"}:
        found.append(YamlProblem(file.path, 1, "a block has 'pages' and nothing else"))
        return
    names = [page.get("id") for page in pages if isinstance(page, dict)]
    for index, name in enumerate(use.without):
        if name not in names:
            entry.problem(f"the block has no page {name!r}", "without", index)
    writing = _Writing(use, known)
    for index, page in enumerate(pages):
        if not isinstance(page, dict) or page.get("id") not in use.without:
            yield Section(file, found, writing.page(page), ("pages", index))
    if use.same_as and not writing.found_same:
        entry.follow_up(f"no field that begins with {use.same_as!r} is asked before this", "same_as")


class _Writing:
    """Writes out a block: ids with their prefix, texts with their person, and only what this use keeps."""

    def __init__(self, use: BlockUse, known: Mapping[str, Field]) -> None:
        self._use = use
        self._known = known
        self.found_same = False

    def page(self, node: Node) -> Node:
        """One page of the block."""
        written = self._node(node)
        return {**written, "section": self._use.section} if isinstance(written, dict) else written

    def _node(self, node: Node, *, column: bool = False) -> Node:
        if isinstance(node, str):
            return self._words(node)
        if isinstance(node, list):
            return [self._node(item, column=column) for item in node]
        over = node.get(_UNSURE) if self._use.unknown else None
        whole = {**node, **over} if isinstance(over, dict) else node
        written = {key: self._value(key, value, whole, column) for key, value in whole.items() if key != _UNSURE}
        if "type" in whole and not column:
            written["prefill"] = self._prefill(whole)
        return {key: value for key, value in written.items() if value is not None}

    def _value(self, key: str, value: Node, owner: Mapping[str, Node], column: bool) -> Node | None:
        if not isinstance(value, str):
            return self._node(value, column=column or key == "columns")
        match key:
            case "id":
                return value if column else self._id(value)
            case "field":
                return value if value.startswith(FACT_PREFIX) else self._id(value)
            case "argument" if owner.get("kind") in _NAMES_A_FIELD and not column:
                first, space, name = value.rpartition(" ")
                return first + space + self._id(name)
            case "role":
                return value.replace("{role}", self._use.role) if self._use.role else None
            case _:
                return self._words(value)

    def _prefill(self, field: Mapping[str, Node]) -> Node | None:
        """The same field of the other person, where that is asked; else what the block says."""
        same = f"{self._use.same_as}_{field.get('id')}"
        if self._use.same_as and same in self._known:
            self.found_same = True
            return SAME_AS + same
        own = field.get("prefill")
        if isinstance(own, str) and own.startswith(SAME_AS):
            return SAME_AS + self._id(own.removeprefix(SAME_AS))
        return own if self._use.card or not (isinstance(own, str) and own.startswith(_CARD)) else None

    def _id(self, name: str) -> str:
        return f"{self._use.prefix}_{name}"

    def _words(self, text: str) -> str:
        who = self._use.who
        words = {"{who}": who, "{Who}": who[:1].upper() + who[1:], "{named}": self._use.named}
        for place, word in words.items():
            text = text.replace(place, word)
        return text
