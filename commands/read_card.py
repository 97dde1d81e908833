"""`kiosk read-card IMAGE...`: the code of an identity card in each picture, one JSON object a line."""

import argparse
import json
import sys
import time
from pathlib import Path
from typing import Any

from devices.card_reader import CardReader
from devices.pictures import read_picture, to_frame
from kiosk.card import CardRead, parse_card
from kiosk.ports import CodeReader


def run(argv: list[str]) -> int:
    """Print {"file", "text", "card", "ms"} for each picture; 1 if one could not be opened, else 0."""
    parser = argparse.ArgumentParser(prog="kiosk read-card", description="read the code of ID cards in pictures")
    parser.add_argument("images", nargs="+", metavar="IMAGE")
    reader = CardReader()
    opened = [_read(file, reader) for file in parser.parse_args(argv).images]
    return 0 if all(opened) else 1


def _read(file: str, reader: CodeReader) -> bool:
    """Print one line; whether the picture could be opened. `ms` is the time from the decoded frame."""
    picture = read_picture(Path(file))
    text, ms = None, 0.0
    if picture is None:
        print(f"kiosk read-card: {file} is no picture that can be read", file=sys.stderr)
    else:
        frame = to_frame(picture)
        start_s = time.perf_counter()
        text = reader.read(frame)
        ms = round((time.perf_counter() - start_s) * 1000, 1)
    card = parse_card(text) if text else None
    fields = _fields(card) if isinstance(card, CardRead) else None
    print(json.dumps({"file": file, "text": text, "card": fields, "ms": ms}, ensure_ascii=False), flush=True)
    return picture is not None


def _fields(card: CardRead) -> dict[str, Any]:
    """The card as plain JSON; dates are ISO 8601, as exact as the card has them."""
    return {
        "number": card.number,
        "old_number": card.old_number,
        "name": card.name,
        "birth_date": card.birth_date.iso(),
        "sex": card.sex,
        "address": card.address,
        "issued_on": card.issued_on and card.issued_on.isoformat(),
        "extras": list(card.extras),
        "layout": card.layout.value,
    }
