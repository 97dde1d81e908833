"""The name of a stranger's file, made harmless for the eye. What comes out is never used to find a file."""

import unicodedata

# Two lines of a row on the screen.
LONGEST = 80
_TAIL = 20  # the end, with the ".pdf", is what tells two long names apart
_MARKS = 2  # upon one letter: Vietnamese ones have none left after NFC
_UNKNOWN = "\N{REPLACEMENT CHARACTER}"


def harmless_name(name: str) -> str:
    """One line of at most `LONGEST` characters in NFC, never empty: no control or format characters (those turn the
    order of letters around), no bytes that are no text, no towers of marks. It says what the name said, not how."""
    shown: list[str] = []
    marks = 0
    for character in unicodedata.normalize("NFC", name):
        kind = unicodedata.category(character)
        marks = marks + 1 if kind.startswith("M") else 0
        if kind == "Cf" or marks > _MARKS:
            continue
        if kind.startswith("C"):  # control, half of a pair, private, not assigned
            shown.append(_UNKNOWN)
        else:
            shown.append(" " if kind.startswith("Z") else character)
    line = unicodedata.normalize("NFC", " ".join("".join(shown).split()))
    if len(line) > LONGEST:
        line = f"{line[: LONGEST - _TAIL - 1]}…{line[-_TAIL:]}"
    return line or _UNKNOWN
