"""Reads a form's file: its pages in their order, those of shared blocks and those that stop, and what is computed."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from kiosk.codes import CodeList
from kiosk.computed import as_field
from kiosk.condition_file import read_condition
from kiosk.field_file import Before, is_id, read_field, read_id
from kiosk.form import AllOf, Computed, ComputedKind, Condition, Field, FieldType, Form, QuestionPage, Stop
from kiosk.form_blocks import Blocks, pages_of, read_use
from kiosk.reachability import dead_conditions
from kiosk.rule_file import read_rules
from kiosk.typed_yaml import Section
from kiosk.yaml_text import YamlProblem, load_text


def read_form(
    path: Path, blocks: Blocks, code_lists: Mapping[str, CodeList], found: list[YamlProblem], *, thorough: bool
) -> Form:
    """The form of the file, with the blocks that it names. Mistakes are added to `found`, and the form is of use only
    when there are none. `thorough` looks also for what no answers lead to, which takes longer than reading."""
    before = len(found)
    try:
        file = load_text(path)
    except YamlProblem as problem:
        found.append(problem)
        return Form("", "", ())
    reader = _Reader(blocks, code_lists, found)
    form = reader.form(Section(file, found, file.root))
    if thorough and len(found) == before:
        for page_id, reason in dead_conditions(form):
            reader.places[page_id].problem(reason, "when")
    return form


class _Reader:
    """One pass over a form. `_known` grows on the way, for a condition may ask only what was answered before."""

    def __init__(self, blocks: Blocks, code_lists: Mapping[str, CodeList], found: list[YamlProblem]) -> None:
        self._blocks = blocks
        self._code_lists = code_lists
        self._found = found
        self._known: dict[str, Field] = {}
        self._computed: tuple[Computed, ...] = ()
        self._together: dict[str, tuple[str, str]] = {}  # page ids to the field that stands before it, and their title
        self.places: dict[str, Section] = {}  # page ids to where the form's own file has them

    def form(self, root: Section) -> Form:
        """The whole form."""
        form_id, version = root.text("id"), root.text("version")
        computed = [(section, _computed(section)) for section in root.sections("computed")]
        self._computed = tuple(one for _section, one in computed)
        pages: list[QuestionPage] = []
        for section in root.sections("pages", at_least=1):
            pages += self._block(section) if section.has("block") else [self._page(section, section)]
        for section, one in computed:
            if one.id not in self._known:
                section.follow_up(f"{one.of!r} is no date field of this form", "of")
        root.close()
        return Form(form_id, version, tuple(self._joined(pages)), self._computed)

    def _joined(self, pages: list[QuestionPage]) -> Iterator[QuestionPage]:
        """The pages, those with `together` put on the page before them where that asks for the field that they name,
        and for the same people."""
        before: QuestionPage | None = None
        for page in pages:
            field_id, title = self._together.get(page.id, ("", ""))
            asked = [field.id for field in before.fields] if before is not None else []
            if before is not None and title and before.when == page.when and asked[-1:] == [field_id]:
                before = replace(before, title=title, fields=(*before.fields, *page.fields))
                continue
            if before is not None:
                yield before
            before = page
        if before is not None:
            yield before

    def _block(self, entry: Section) -> list[QuestionPage]:
        use = read_use(entry)
        when = read_condition(entry, "when", self._known)
        same_when = read_condition(entry, "same_when", self._known)
        more_rules = {f"{use.prefix}_{part.text('field')}": part for part in entry.sections("more_rules")}
        entry.close()
        if use.prefix and not is_id(use.prefix):
            entry.problem(f"{use.prefix!r} is no prefix: needs small letters, digits and '_', a letter first", "prefix")
            return []
        if same_when is not None and not use.same_as:
            entry.problem("'same_when' needs 'same_as'", "same_when")
        try:
            file = self._blocks.load(use.block)
        except YamlProblem as problem:
            self._found.append(problem)
            return []
        if file is None:
            entry.problem(f"there is no block {use.block!r}", "block")
            return []
        pages = pages_of(use, entry, file, dict(self._known), self._found)
        read = [self._page(section, entry, when, same_when, more_rules) for section in pages]
        for part in more_rules.values():
            part.problem("the block asks for no such field here", "field")
        return read

    def _page(
        self,
        section: Section,
        place: Section,
        more: Condition | None = None,
        same_when: Condition | None = None,
        more_rules: dict[str, Section] | None = None,
    ) -> QuestionPage:
        """A page; `place` is where the form's own file names it, `more` and `same_when` are the conditions there.
        `more_rules` are those that this form adds to its fields; each is taken out when its field was read."""
        page_id = read_id(section)
        if page_id in self.places:
            place.problem(f"the page {page_id!r} stands here twice", "id" if place is section else "prefix")
        self.places[page_id] = place
        heading, title, hint = section.text("section"), section.text("title"), section.text("hint", "")
        own = read_condition(section, "when", self._known)
        when = AllOf((more, own)) if more is not None and own is not None else more or own
        if section.has("together"):
            part = section.section("together")
            self._together[page_id] = (part.text("field"), part.text("title"))
            part.close()
        stop = self._stop(section, when) if section.has("stop") else None
        fields = () if stop is not None else self._fields(section, same_when, more_rules or {})
        section.close()
        return QuestionPage(page_id, heading, title, hint, fields, when, stop)

    def _stop(self, section: Section, when: Condition | None) -> Stop:
        if when is None:
            section.follow_up("a page that stops needs a 'when': without one nobody comes further", "stop")
        if section.has("fields"):
            section.problem("a page that stops has no fields", "fields")
            section.sections("fields")
        part = section.section("stop")
        stop = Stop(part.text("text"), part.text("instead", ""))
        part.close()
        return stop

    def _fields(
        self, section: Section, same_when: Condition | None, more_rules: dict[str, Section]
    ) -> tuple[Field, ...]:
        earlier = dict(self._known)
        fields = []
        for part in section.sections("fields", at_least=1):
            field = read_field(part, self._code_lists, Before(earlier, self._known), same_when)
            if (more := more_rules.pop(field.id, None)) is not None:
                field = replace(field, rules=(*field.rules, *read_rules(more, field.type, self._known)))
                more.close()
            self._known[field.id] = field
            fields.append(field)
        dates = {field.id for field in fields if field.type is FieldType.DATE}
        for one in self._computed:
            if one.of in dates and one.id in self._known:
                section.problem(f"the field {one.id!r} stands here twice: it is computed, too", "fields")
            elif one.of in dates:
                self._known[one.id] = as_field(one)
        return tuple(fields)


def _computed(section: Section) -> Computed:
    kind = section.one_of("kind", ComputedKind, decides=True)
    computed = Computed(read_id(section), kind, section.text("of"), section.text("label"))
    section.close()
    return computed
