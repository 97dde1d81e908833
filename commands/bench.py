"""`kiosk bench`: measures what matters, prints it beside the machine's own figures, and says what misses its target."""

import argparse
import importlib
import json
import os
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryFile

from commands.bench_figure import Figure
from commands.self_command import self_command

# Each is measured by commands/bench_NAME.py in a process of its own: what one leaves behind disturbs no other.
NAMES = (
    "start",
    "turn",
    "wipe",
    "press",
    "key",
    "seal",
    "draft",
    "queue",
    "loop",
    "preview",
    "memory",
    "catalog",
    "search",
    "declaration",
    "card",
    "mrz",
    "page",
    "clean",
    "files",
    "portal",
    "outage",
    "bundle",
    "sync",
    "drain",
)
MACHINE = "machine"
TIMEOUT_S = 400.0
MISSED = 1


def run(argv: list[str]) -> int:
    """0 when every target is met, 1 with the names of those that are missed, 2 for a wrong command line."""
    options = _parser().parse_args(argv)
    if options.paint:
        return _paint(options)
    if options.serve:
        return _serve(options.serve)
    if options.measure:
        return _measure(options.measure)
    machine = importlib.import_module("commands.bench_machine").describe()
    names = (MACHINE, *(options.names or NAMES))
    return report((figure for name in names for figure in _measured(name)), machine, as_json=options.json)


def report(figures: Iterable[Figure], machine: Mapping[str, str | int], *, as_json: bool) -> int:
    """Print each figure as it comes, or all as one object, and what is missed. The exit code."""
    if not as_json:
        print(", ".join(f"{name} {value}" for name, value in machine.items()))
        print(_row("figure", "unit", "min", "median", "max", "judged", "at most", ""))
    told = []
    for figure in figures:
        told.append(figure)
        if not as_json:
            print("\n".join(_lines(figure)), flush=True)
    missed = [figure.name for figure in told if not figure.met]
    if as_json:
        rows = [asdict(figure) | {"met": figure.met} for figure in told]
        print(json.dumps({"machine": machine, "figures": rows, "missed": missed}, ensure_ascii=False))
    else:
        print(f"kiosk bench: missed: {'; '.join(missed)}" if missed else "kiosk bench: every target is met")
    return MISSED if missed else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="kiosk bench", description=__doc__)
    parser.add_argument("names", nargs="*", choices=[[], *NAMES], metavar="NAME", help=", ".join(NAMES))
    parser.add_argument("--json", action="store_true", help="one object instead of a table")
    # How the bench starts itself.
    parser.add_argument("--measure", choices=(MACHINE, *NAMES), help=argparse.SUPPRESS)
    parser.add_argument("--paint", choices=("bare", "kiosk"), help=argparse.SUPPRESS)
    parser.add_argument("--config", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--serve", type=Path, help=argparse.SUPPRESS)
    return parser


def _paint(options: argparse.Namespace) -> int:
    first_paint = importlib.import_module("commands.bench_first_paint")
    first_paint.tell(first_paint.bare() if options.paint == "bare" else first_paint.kiosk(options.config))
    return 0


def _serve(folder: Path) -> int:
    code: int = importlib.import_module("commands.bench_sync_portal").serve(folder)
    return code


def _measure(name: str) -> int:
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    figures = importlib.import_module(f"commands.bench_{name}").measure()
    print(json.dumps([asdict(figure) for figure in figures], ensure_ascii=False))
    return 0


def _measured(name: str) -> list[Figure]:
    """The figures of one measurement; one that fails is a target missed. What it logs is shown only then."""
    command = (*self_command("bench"), "--measure", name)
    with TemporaryFile() as log:
        try:
            answer = subprocess.run(  # noqa: S603 - our own program
                command, stdout=subprocess.PIPE, stderr=log, text=True, timeout=TIMEOUT_S, check=True
            )
        except subprocess.SubprocessError as error:
            log.seek(0)
            print(log.read().decode(errors="replace"), f"kiosk bench: {error}", sep="\n", file=sys.stderr)
            return [Figure(f"{name}: not measured", "", 0.0, 0.0, 0.0, 1.0, "failures", 0.0)]
    return [Figure(**figure) for figure in json.loads(answer.stdout)]


def _lines(figure: Figure) -> list[str]:
    numbers = [f"{number:.2f}" for number in (figure.least, figure.middle, figure.most)]
    judged, target, verdict = "", "", ""
    if figure.target is not None:
        judged, target = f"{figure.judged:.2f} ({figure.judged_as})", f"{figure.target:g}"
        verdict = "ok" if figure.met else "MISSED"
    row = _row(figure.name, figure.unit, *numbers, judged, target, verdict)
    return [row, *(f"    {line}" for line in figure.details.get("lines", ()))]


def _row(*cells: str) -> str:
    widths = (44, -5, -9, -9, -9, 30, -8, 0)  # less than nothing: to the right
    padded = (cell.rjust(-width) if width < 0 else cell.ljust(width) for cell, width in zip(cells, widths, strict=True))
    return " ".join(padded).rstrip()
