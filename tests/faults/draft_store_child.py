"""A kiosk that keeps a draft, in a process of its own, so that a test can kill it while a page is being stored.

Run as `python tests/faults/draft_store_child.py FOLDER STATEMENT`: keeps a draft with one page and says "kept", then
keeps it with a second page and dies after STATEMENT, or right before the commit if that is empty.
"""

import sys
from pathlib import Path
from uuid import UUID

import apsw

from kiosk.drafts import PackedVisit
from kiosk.manifest import sha256_hex
from tests.faults.store_child import die, open_store, say
from tests.sample_dossiers import random_paper

REF = UUID(int=1)
NUMBER = "001058000123"
PAGES = (random_paper(1, 700_000), random_paper(2, 900_000))


def packed(count: int) -> PackedVisit:
    """The draft with so many pages; its state says how many."""
    pages = {sha256_hex(page): page for page in PAGES[:count]}
    return PackedVisit("2.000635", NUMBER, f"NGUYỄN VĂN MẪU, {count}".encode(), pages)


def main(folder: Path, statement: str) -> None:
    """See the module."""
    connections: list[apsw.Connection] = []
    apsw.connection_hooks.append(connections.append)
    with open_store(folder) as store:
        store.drafts.keep(REF, packed(1))
        say("kept")

        def finished(event: dict[str, object]) -> None:
            if str(event.get("sql", "")).startswith(statement):
                die()

        if statement:
            connections[-1].trace_v2(apsw.SQLITE_TRACE_PROFILE, finished)
        else:
            connections[-1].set_commit_hook(die)
        store.drafts.keep(REF, packed(2))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
