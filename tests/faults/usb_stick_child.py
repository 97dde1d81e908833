"""A kiosk that exports to a stick that is too small for its dossiers; prints what it saw, one line a thing.

Run as `python tests/faults/usb_stick_child.py STICK FOLDER`: STICK is a small disk of its own, FOLDER is not on it.
"""

import sys
from datetime import UTC, datetime
from pathlib import Path

from kiosk.keys import DemoKeys
from kiosk.store import Store
from sync.signing import Signer
from sync.usb_export import Exported, NotExported, export_to
from sync.usb_reading import NotWhole, find_exports, read_export
from tests.fakes import FakeClock
from tests.faults.store_child import say
from tests.sample_dossiers import IDENTITY, random_paper, sample_dossier

PAPER_BYTES = 2_000_000


def main(stick: Path, folder: Path) -> None:
    """Three dossiers, room for two: the rest fits when something was deleted from the stick."""
    keys = DemoKeys(folder / "keys")
    signer = Signer(IDENTITY.kiosk_id, keys.device_key())
    (stick / "holiday.jpg").write_bytes(bytes(2 * PAPER_BYTES))
    with Store.open(folder / "store", keys, FakeClock(), reserve_bytes=0) as store:
        for number in (1, 2, 3):
            store.seal(sample_dossier(number, random_paper(number, PAPER_BYTES)), IDENTITY)
        for _ in range(2):
            outcome = export_to(stick, store.exports, signer, datetime.now(UTC))
            match outcome:
                case Exported():
                    say("exported", outcome.count)
                    say("resumed", outcome.resumed)
                case NotExported(problem, count):
                    say(problem, count)
            [export] = find_exports(stick)
            read = read_export(export, lambda _kiosk_id: signer.device_key.public_key())
            say("whole", sum(not isinstance(each, NotWhole) for each in read.dossiers))
            say("left over", len(list(export.rglob("*.part"))))
            say("states", {entry.state.value for entry in store.entries()})
            (stick / "holiday.jpg").unlink(missing_ok=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
