"""Starts commands; nothing else. `kiosk NAME …` imports commands.NAME and calls its run(argv)."""

import importlib
import os
import sys

from kiosk import __version__

# The name of a command with what it does. Its module in commands/ has the same name, with _ for -.
COMMANDS = {
    "run": "open the kiosk [--demo] [--window] [--config FILE]",
    "tour": "play a whole visit through the real window: --out DIR [--service CODE] [--route ROUTE] [--offline]",
    "gallery": "draw the screens into pictures: --out DIR [--screen NAME] [--size WxH] [--text SIZE] [--lang vi|en]",
    "devices": "say which devices are there and how they are [--json] [--self-test]",
    "read-card": "read the code of ID cards in pictures: IMAGE...",
    "find-page": "find the sheet of paper in pictures: IMAGE...",
    "scan": "scan to a PDF: --out FILE.pdf [--device ID] [--source SOURCE], or --list the scanners",
    "queue": "the dossiers that wait: list | send | retry SLIP_CODE | withdraw SLIP_CODE | export FOLDER",
    "staff": "the PINs of the staff: add NAME | list | remove NAME",
    "helper": "the helpers' badges: add NAME --unit UNIT | list | revoke CODE | badge CODE",
    "store": "what this machine keeps: check that it is whole | set-aside a damaged one",
    "catalog": "check the services, or start a new one: check [DIR] | new CODE",
    "enrol": "make this machine known to a portal: URL CODE",
    "portal": "the reference portal [--host --port --database URL --files DIR] | user add | enrol-code | import FOLDER",
    "voice": "the texts to record for reading aloud, what is missing: script | check [--lang vi|en] [--service CODE]",
    "bench": "measure what matters and print it beside the machine's own figures [NAME...] [--json]",
}

# Child processes that the program starts of itself; a bundle has no other way in. Not for people, so not in the help.
WORKERS = ("card-worker", "file-worker", "page-reading-worker", "sane-worker", "typst-worker")

USAGE_ERROR = 2
INTERRUPTED = 130  # 128 + SIGINT, what a shell expects


def usage() -> str:
    """The help text: one line a command."""
    lines = [f"  {name:<10} {what}" for name, what in COMMANDS.items()]
    return "\n".join(["usage: kiosk COMMAND ...", "", *lines, "", "kiosk --version says which release this is."])


def main(argv: list[str] | None = None) -> int:
    """Run one command and return the exit code of the process; `argv` is without the program's name."""
    if getattr(sys, "frozen", False):
        # In a bundle every child process starts as this program; this call makes it a child instead of a second kiosk.
        importlib.import_module("multiprocessing").freeze_support()
    name, *rest = (sys.argv[1:] if argv is None else argv) or [""]
    if name in ("-h", "--help"):
        sys.stdout.write(usage() + "\n")
        return 0
    if name == "--version":
        sys.stdout.write(f"kiosk {__version__}\n")
        return 0
    if name not in COMMANDS and name not in WORKERS:
        problem = f"kiosk: there is no command {name!r}; `kiosk --help` lists them" if name else usage()
        sys.stderr.write(problem + "\n")
        return USAGE_ERROR
    # numpy reads it when it is loaded. Our matrices are small: more threads bring nothing, and spin while others wait.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    try:
        command = importlib.import_module("commands." + name.replace("-", "_"))
        code: int = command.run(rest)
    except KeyboardInterrupt:
        return INTERRUPTED
    return code


if __name__ == "__main__":
    sys.exit(main())
