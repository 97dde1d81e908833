"""Files in layers: whole values replace each other, and every value keeps its file and line."""

from pathlib import Path

import pytest

from kiosk.yaml_layers import YamlLayers
from kiosk.yaml_text import YamlProblem, load_text


def layers(folder: Path, *contents: str) -> YamlLayers:
    paths = [folder / f"{number}.yaml" for number in range(len(contents))]
    for path, content in zip(paths, contents, strict=True):
        path.write_text(content)
    return YamlLayers(tuple(map(load_text, paths)))


def test_a_value_of_the_first_level_is_replaced_whole(tmp_path: Path) -> None:
    found = layers(tmp_path, "a: {x: 1, y: 2}\nb: 3\n", "\na: {x: 4}\nc: 5\n")
    assert found.root == {"a": {"x": "4"}, "b": "3", "c": "5"}


def test_a_problem_has_the_place_of_the_value(tmp_path: Path) -> None:
    found = layers(tmp_path, "a: {x: 1}\nb: 3\n", "\na: {x: 4}\n")
    assert str(found.problem(("a", "x"), "no")) == f"{tmp_path / '1.yaml'}:2: no"
    assert str(found.problem(("b",), "no")) == f"{tmp_path / '0.yaml'}:2: no"
    assert str(found.problem((), "no")) == f"{tmp_path / '0.yaml'}:1: no"
    assert str(found.problem(("missing",), "no")) == f"{tmp_path / '0.yaml'}:1: no"
    assert found.layer(("a", "x")).path == tmp_path / "1.yaml"


def test_every_layer_has_keys(tmp_path: Path) -> None:
    with pytest.raises(YamlProblem, match=r"1\.yaml:1: needs keys and values"):
        _ = layers(tmp_path, "a: 1\n", "- b\n").root
