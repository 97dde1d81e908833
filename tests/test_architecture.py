"""The rules of the code that a machine can check: sizes, names, imports, locked packages, licences."""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ["kiosk", "devices", "sync", "ui", "portal", "commands"]
SOURCES = sorted([ROOT / "main.py", *(path for name in [*PACKAGES, "scripts"] for path in (ROOT / name).rglob("*.py"))])
TESTS = sorted((ROOT / "tests").rglob("*.py"))
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
FLOW_CONTRACT = "The dossier moves one way"

MODULE_LINES = 300
FUNCTION_LINES = 40
PUBLIC_METHODS = 15
# Words that say nothing of what a thing is for. (A "helper" is a person at the desk here, and so a fine word.)
EMPTY_WORDS = {"manager", "handler", "util", "utils", "helpers", "misc", "common", "data", "info", "process"}


def where(path: Path, node: ast.AST | None = None) -> str:
    line = f":{node.lineno}" if isinstance(node, ast.stmt | ast.expr) else ""
    return f"{path.relative_to(ROOT)}{line}"


@cache
def nodes_of(path: Path) -> tuple[ast.AST, ...]:
    return tuple(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))


def nodes(paths: list[Path]) -> Iterator[tuple[Path, ast.AST]]:
    for path in paths:
        for node in nodes_of(path):
            yield path, node


def dotted(node: ast.AST) -> str:
    """`time.sleep` of that attribute, `.sleep` of what a call gives. (ast.unparse takes ten times as long.)"""
    if isinstance(node, ast.Name):
        return node.id
    return f"{dotted(node.value)}.{node.attr}" if isinstance(node, ast.Attribute) else ""


def names_used(paths: list[Path]) -> Iterator[tuple[str, str]]:
    """Every dotted name that the modules import or write out (`time.sleep`, `unittest.mock.Mock`), and where."""
    for path, node in nodes(paths):
        if isinstance(node, ast.Import):
            yield from ((alias.name, where(path, node)) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((f"{node.module}.{alias.name}", where(path, node)) for alias in node.names)
        elif isinstance(node, ast.Attribute | ast.Name):
            yield dotted(node), where(path, node)


def uses(paths: list[Path], pattern: str) -> list[str]:
    return [f"{place} {name}" for name, place in names_used(paths) if re.search(pattern, name)]


def in_packages(*packages: str) -> list[Path]:
    return [path for path in SOURCES if path.parent.name in packages]


def test_a_module_fits_in_300_lines() -> None:
    lengths = {where(path): len(path.read_text(encoding="utf-8").splitlines()) for path in SOURCES + TESTS}
    assert {name: length for name, length in lengths.items() if length > MODULE_LINES} == {}


def test_a_function_fits_in_40_lines() -> None:
    long = {
        f"{where(path, node)} {node.name}": length
        for path, node in nodes(SOURCES)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (length := (node.end_lineno or node.lineno) - node.lineno + 1) > FUNCTION_LINES
    }
    assert long == {}


def is_property(function: ast.FunctionDef) -> bool:
    decorators = {ast.unparse(decorator) for decorator in function.decorator_list}
    return bool(decorators & {"property", "cached_property", f"{function.name}.setter"})


def test_a_class_has_at_most_15_public_methods() -> None:
    wide = {}
    for path, node in nodes(SOURCES):
        if isinstance(node, ast.ClassDef):
            functions = [item for item in node.body if isinstance(item, ast.FunctionDef)]
            # A property is a value, not something to do.
            methods = {item.name for item in functions if not is_property(item)}
            # Our names are lower_case, so camelCase is an override that Qt asks for.
            public = {name for name in methods if not name.startswith("_") and name == name.lower()}
            if len(public) > PUBLIC_METHODS:
                wide[f"{where(path, node)} {node.name}"] = len(public)
    assert wide == {}


def test_the_first_line_of_a_module_says_its_purpose() -> None:
    silent = []
    for path in SOURCES + TESTS:
        tree = nodes_of(path)[0]
        assert isinstance(tree, ast.Module)
        if tree.body and not (ast.get_docstring(tree) and tree.body[0].lineno <= 2):  # 2: after a #! line
            silent.append(where(path))
    assert silent == []


def test_no_name_is_an_empty_word() -> None:
    empty = [where(path) for path in SOURCES + TESTS if EMPTY_WORDS & set(path.stem.lower().split("_"))]
    for path, node in nodes(SOURCES):
        if isinstance(node, ast.ClassDef):
            last_word = re.split("(?=[A-Z])", node.name)[-1].lower()
            empty += [f"{where(path, node)} {node.name}"] if last_word in EMPTY_WORDS else []
    assert empty == []


def test_there_are_two_levels_of_folders() -> None:
    assert [where(path) for path in SOURCES if len(path.relative_to(ROOT).parts) > 2] == []
    assert [where(path) for path in TESTS if len(path.relative_to(ROOT).parts) > 3] == []


def test_tests_neither_sleep_nor_imitate_our_own_code() -> None:
    assert uses(TESTS, r"^time\.sleep$|^qtbot\.wait$|\.qWait$|^qtbot\.stop$") == []
    assert uses(TESTS, r"^unittest\.mock|\b(Magic|Async)?Mock$") == []


def test_domain_and_screens_leave_network_processes_and_waiting_to_others() -> None:
    """What the import contracts cannot see: they know a library as a whole, not its parts."""
    outside = r"^urllib\.request|QtNetwork|QProcess|^os\.(system|popen|fork|exec\w+|spawn\w+)$|^time\.sleep$"
    assert uses(in_packages("kiosk", "ui"), outside) == []


def test_the_domain_asks_its_clock_for_the_time() -> None:
    asks_itself = (
        r"^(datetime\.)?datetime\.(now|utcnow|today)$|^(datetime\.)?date\.today$|^time\.(time|monotonic)(_ns)?$"
    )
    assert uses(in_packages("kiosk"), asks_itself) == []


def test_the_import_contracts_are_kept() -> None:
    lint = [
        sys.executable,
        "-c",
        "import sys; from importlinter.cli import lint_imports_command as run; sys.exit(run())",
    ]
    answer = subprocess.run([*lint, "--no-logo"], cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert answer.returncode == 0, answer.stdout + answer.stderr


def test_every_module_of_the_domain_has_its_place_in_the_flow() -> None:
    contracts = PYPROJECT["tool"]["importlinter"]["contracts"]
    flow = [contract for contract in contracts if contract["name"] == FLOW_CONTRACT]
    assert flow, f"pyproject.toml has no import contract named {FLOW_CONTRACT!r}"
    listed = {name.strip(" ()") for layer in flow[0]["layers"] for name in re.split(r"[|:]", layer)}
    assert {path.stem for path in in_packages("kiosk")} - {"__init__"} == listed


@pytest.mark.parametrize("lock", sorted(ROOT.glob("*.lock")), ids=lambda path: path.name)
def test_a_lock_has_a_hash_for_everything_and_no_address(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")
    assert re.findall(r".*(?:://|file:/|--index-url|--extra-index|--find-links|--trusted-host).*", text) == []
    pinned = re.findall(r"^[A-Za-z0-9_.-]+==.*", text, re.MULTILINE)
    assert pinned
    assert [line for line in pinned if not line.endswith("\\")] == []  # its hashes follow
    assert text.count("--hash=sha256:") >= len(pinned)


def names_in(requirements: list[str]) -> set[str]:
    bare = [re.split(r"[^A-Za-z0-9_.-]", requirement)[0] for requirement in requirements]
    return {re.sub(r"[-_.]+", "-", name).lower() for name in bare}


def test_the_locks_hold_what_pyproject_asks_for() -> None:
    project = PYPROJECT["project"]
    optional = project["optional-dependencies"]
    for lock, wanted in {
        "requirements.lock": project["dependencies"] + PYPROJECT["build-system"]["requires"],
        "requirements-dev.lock": project["dependencies"] + optional["dev"],
        "requirements-scanner.lock": optional["scanner"],
        "requirements-reading.lock": optional["reading"],
    }.items():
        text = (ROOT / lock).read_text(encoding="utf-8")
        locked = set(re.findall(r"^([a-z0-9-]+)==", text, re.MULTILINE))
        assert names_in(wanted) - locked == set(), f"{lock} is older than pyproject.toml: run make locks"


@pytest.mark.parametrize(
    ("folder", "kinds", "licence"),
    [("fonts", {".ttf", ".otf"}, "OFL.txt"), ("icons", {".svg", ".png"}, "LICENSE")],
)
def test_what_others_made_comes_with_its_licence(folder: str, kinds: set[str], licence: str) -> None:
    files = list((ROOT / "resources" / folder).iterdir())
    assert any(path.suffix in kinds for path in files)
    assert (ROOT / "resources" / folder / licence).stat().st_size > 0
