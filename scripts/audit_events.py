"""Writes docs/audit-events.md from kiosk/audit.py: every kind of event with its meaning.

PYTHONPATH=. .venv/bin/python scripts/audit_events.py
"""

from pathlib import Path

from kiosk.audit import AuditEvent

TARGET = Path(__file__).resolve().parent.parent / "docs" / "audit-events.md"

HEAD = """\
<!-- Made by scripts/audit_events.py; change kiosk/audit.py and run it again. -->

# Audit events

What the kiosk keeps for ever about its own work, without personal data: a number, the kiosk's clock in microseconds
since 1970 UTC, the kind, the dossier's `client_ref` where there is one, the hash of the event before, and its own hash
(SHA-256 of `[seq, at, kind, client_ref, previous hash]` as JSON without spaces). The first event follows 64 zeros. The
database only ever adds events. The time of `dossier_durable` is the portal's, for days are counted from it. Each
dossier's manifest carries the hash of the event before its sealing to the portal, so that a chain that was rewritten no
longer agrees with what the portal has.

A kind's text is stored for ever: it is never changed and never used for another thing.

| kind | meaning |
|---|---|
"""


def document() -> str:
    """The whole file."""
    return HEAD + "".join(f"| `{kind.value}` | {kind.meaning} |\n" for kind in AuditEvent)


if __name__ == "__main__":
    TARGET.write_text(document(), encoding="utf-8")
