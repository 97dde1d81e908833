"""The hidden command `kiosk file-worker`: the process that opens files from a stick and draws them anew."""

from devices import file_worker


def run(argv: list[str]) -> int:
    """Serve one file on standard input and output; the process ends with it."""
    file_worker.main()
