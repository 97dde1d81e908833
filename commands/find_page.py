"""`kiosk find-page IMAGE...`: where the sheet of paper is in each picture, one JSON object a line."""

import argparse
import json
import sys
import time
from pathlib import Path
from typing import Any

from devices.page_finder import find_page
from devices.pictures import read_picture, to_frame


def run(argv: list[str]) -> int:
    """Print {"file", "corners", "problems", "ms"} for each picture; 1 if one could not be opened, else 0."""
    parser = argparse.ArgumentParser(prog="kiosk find-page", description="find the sheet of paper in pictures")
    parser.add_argument("images", nargs="+", metavar="IMAGE")
    answers = [_answer(file) for file in parser.parse_args(argv).images]
    return 1 if any("unreadable" in answer["problems"] for answer in answers) else 0


def _answer(file: str) -> dict[str, Any]:
    """Print one line and return it. `ms` is the time from the decoded frame."""
    picture = read_picture(Path(file))
    if picture is None:
        print(f"kiosk find-page: {file} is no picture that can be read", file=sys.stderr)
        answer: dict[str, Any] = {"file": file, "corners": None, "problems": ["unreadable"], "ms": 0.0}
    else:
        frame = to_frame(picture)
        start_s = time.perf_counter()
        found = find_page(frame)
        ms = round((time.perf_counter() - start_s) * 1000, 1)
        corners = None if found.corners is None else [[round(x, 1), round(y, 1)] for x, y in found.corners]
        answer = {"file": file, "corners": corners, "problems": list(found.problems), "ms": ms}
    print(json.dumps(answer, ensure_ascii=False), flush=True)
    return answer
