"""Looks through the memory of running programs for texts that must not be there any more (Linux)."""

import re
from collections import Counter
from pathlib import Path

_STEP = 16 * 1024 * 1024


def family(pid: int) -> list[int]:
    """The program and all that it started, and those in turn."""
    found = [pid]
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text().split():
            found += family(int(child))
    return found


def found_in_memory(pids: list[int], wanted: dict[str, bytes]) -> Counter[str]:
    """How often each text stands in these programs' memory, in UTF-8 and in UTF-16, as Qt and Python write it too."""
    found: Counter[str] = Counter()
    patterns = {name: _pattern(text) for name, text in wanted.items()}
    for pid in pids:
        for block in _blocks(pid):
            for name, pattern in patterns.items():
                found[name] += len(pattern.findall(block))
    return +found


def _pattern(text: bytes) -> re.Pattern[bytes]:
    try:
        wide = text.decode().encode("utf-16-le")
    except UnicodeDecodeError:
        return re.compile(re.escape(text))
    return re.compile(re.escape(text) + b"|" + re.escape(wide))


def _blocks(pid: int) -> list[bytes]:
    blocks = []
    with Path(f"/proc/{pid}/mem").open("rb", 0) as memory:
        for line in Path(f"/proc/{pid}/maps").read_text().splitlines():
            span, rights, *_rest = line.split()
            if not rights.startswith("rw"):
                continue  # what is only read came from a file
            start, end = (int(each, 16) for each in span.split("-"))
            for at in range(start, end, _STEP):
                try:
                    memory.seek(at)
                    blocks.append(memory.read(min(_STEP, end - at)))
                except (OSError, ValueError, OverflowError):
                    continue  # a page of the kernel's own
    return blocks
