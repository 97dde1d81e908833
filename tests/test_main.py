"""Tests of main.py: what `kiosk` says and which command it starts."""

import ast
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

import main

ROOT = Path(__file__).parent.parent


class Command(ModuleType):
    """A command that remembers what it was given."""

    def __init__(self, code: int = 0, interrupted: bool = False) -> None:
        super().__init__("commands.read_card")
        self.code = code
        self.interrupted = interrupted
        self.argv: list[str] | None = None

    def run(self, argv: list[str]) -> int:
        self.argv = argv
        if self.interrupted:
            raise KeyboardInterrupt
        return self.code


def install(monkeypatch: pytest.MonkeyPatch, command: Command) -> None:
    monkeypatch.setitem(sys.modules, command.__name__, command)


def test_a_command_gets_its_arguments_and_gives_the_exit_code(monkeypatch: pytest.MonkeyPatch) -> None:
    command = Command(code=3)
    install(monkeypatch, command)
    assert main.main(["read-card", "a.png", "--help"]) == 3
    assert command.argv == ["a.png", "--help"]


def test_the_arguments_of_the_process_are_used_where_none_are_given(monkeypatch: pytest.MonkeyPatch) -> None:
    command = Command()
    install(monkeypatch, command)
    monkeypatch.setattr(sys, "argv", ["kiosk", "read-card", "b.png"])
    assert main.main() == 0
    assert command.argv == ["b.png"]


def test_ctrl_c_ends_with_130(monkeypatch: pytest.MonkeyPatch) -> None:
    install(monkeypatch, Command(interrupted=True))
    assert main.main(["read-card"]) == 130


@pytest.mark.parametrize("name", ["gui", "read_card", "__init__", "-x"])
def test_an_unknown_command_is_refused_in_one_line(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main.main([name]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err == f"kiosk: there is no command '{name}'; `kiosk --help` lists them\n"


def test_without_a_command_it_says_how_to_use_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert main.main([]) == 2
    assert capsys.readouterr().err == main.usage() + "\n"


def test_help_has_one_line_for_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert main.main(["--help"]) == 0
    listed = [line.split()[0] for line in capsys.readouterr().out.splitlines() if line.startswith("  ")]
    assert listed == list(main.COMMANDS)


def test_every_command_is_listed_and_every_listed_one_is_there() -> None:
    there = {path.stem for path in (ROOT / "commands").glob("*.py") if starts_a_command(path)}
    assert {name.replace("-", "_") for name in [*main.COMMANDS, *main.WORKERS]} == there


def starts_a_command(path: Path) -> bool:
    body = ast.parse(path.read_text(encoding="utf-8")).body
    functions = [node for node in body if isinstance(node, ast.FunctionDef)]
    return any(node.name == "run" and [a.arg for a in node.args.args] == ["argv"] for node in functions)


def test_help_and_version_load_nothing_heavy() -> None:
    script = "import sys, main; main.main(['--version']); main.main(['--help']); print(*sys.modules)"
    answer = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True
    )
    loaded = set(answer.stdout.splitlines()[-1].split())
    assert not loaded & {"PySide6", "numpy", "cv2", "pydantic", "requests", "multiprocessing", "commands", "gettext"}
