"""The hidden command `kiosk sane-worker`: the scanner's worker process."""

from devices import sane_worker


def run(argv: list[str]) -> int:
    """Serve one request on standard input and output; the process ends with it."""
    sane_worker.main()
