"""The hidden command `kiosk page-reading-worker`: reads print on pages, where the extra "reading" is installed."""

from devices import page_reading_worker


def run(argv: list[str]) -> int:
    """Serve pages on standard input and output until the input ends."""
    return page_reading_worker.main()
