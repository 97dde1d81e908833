"""Finds the texts of the catalogue that a citizen sees, for Babel (babel.cfg): the same message ids as those in code.

What only staff read (sources, reasons of a route or level) stays Vietnamese, and so do the names in code lists.
"""

from collections.abc import Collection, Iterator, Mapping
from typing import BinaryIO

import yaml

# Paths inside service.yaml and form.yaml; "*" stands for every entry of a list.
SHOWN = (
    "name",
    "everyday_names.*",
    "authority.text",
    "processing_time.text",
    "payment.text",
    "result.text",
    "declaration_pledge",
    "legal_basis.*.text",
    "notes.*.text",
    "fees.*.name",
    "fees.*.reason",
    "parts.*.name",
    "parts.*.hint",
    "pages.*.section",
    "pages.*.title",
    "pages.*.hint",
    "pages.*.fields.*.label",
    "pages.*.fields.*.hint",
    "pages.*.fields.*.unknown_label",
    "pages.*.fields.*.choices.*.label",
    "pages.*.fields.*.choices.*.hint",
    "pages.*.fields.*.rules.*.message",
)


def extract(
    file: BinaryIO, keywords: Collection[str], comment_tags: Collection[str], options: Mapping[str, str]
) -> Iterator[tuple[int, None, str, list[str]]]:
    """(line, None, text, no comments) of every shown text, as Babel wants it of an extractor."""
    root = yaml.compose(file, yaml.SafeLoader)
    for path in SHOWN:
        for scalar in _scalars(root, path.split(".")):
            yield scalar.start_mark.line + 1, None, scalar.value, []


def _scalars(node: yaml.Node | None, path: list[str]) -> Iterator[yaml.ScalarNode]:
    if not path:
        if isinstance(node, yaml.ScalarNode) and node.value:
            yield node
        return
    step, *rest = path
    if isinstance(node, yaml.SequenceNode) and step == "*":
        for entry in node.value:
            yield from _scalars(entry, rest)
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == step:
                yield from _scalars(value, rest)
