"""Lays YAML files over each other: a key of an upper file replaces that of those below, and keeps its own line."""

from dataclasses import dataclass
from functools import cached_property

from kiosk.yaml_text import Node, NodePath, YamlProblem, YamlText


@dataclass(frozen=True)
class YamlLayers:
    """One or more files of one mapping each, the lowest first. Only whole values of the first level are replaced: what
    an upper file says of a key can be read in that file alone."""

    files: tuple[YamlText, ...]

    @cached_property
    def root(self) -> Node:
        """The keys of all files together. Raises YamlProblem for a file that holds no keys and values."""
        keys: dict[str, Node] = {}
        for file in self.files:
            if not isinstance(file.root, dict):
                raise file.problem((), "needs keys and values")
            keys |= file.root
        return keys

    def layer(self, at: NodePath) -> YamlText:
        """The file that the value at `at` is from; the lowest for what no file has."""
        for file in reversed(self.files):
            if at and isinstance(file.root, dict) and at[0] in file.root:
                return file
        return self.files[0]

    def problem(self, at: NodePath, reason: str) -> YamlProblem:
        """An error about the value at `at`, with the file that the value is from."""
        return self.layer(at).problem(at, reason)
