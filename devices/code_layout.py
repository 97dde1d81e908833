"""Which modules of a QR code are known before it is read, and where its codewords lie (ISO/IEC 18004:2015)."""

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from segno import consts

Signs = NDArray[np.int8]
Places = NDArray[np.intp]

FINDER = 3.5  # modules from a code's corner to the middle of its finder pattern
VERSIONS = range(2, 21)  # the text of a card needs 4 to 14; more costs nothing
LEVELS = "MLHQ"  # as the two bits of the format information number them (7.9.1)


@dataclass(frozen=True, slots=True)
class CodeLayout:
    """One version. `known` is +1 for a dark module, -1 for a light one, 0 where it depends on the text.

    `formats` are the two copies of the format information as (15, 2) rows and columns, last bit first; `codewords` the
    (codewords, 8, 2) rows and columns of each codeword's bits, first bit first; `rest` (up to 7, 2) is left over.
    """

    version: int
    known: Signs
    formats: tuple[Places, Places]
    codewords: Places
    rest: Places

    @property
    def size(self) -> int:
        """Modules on a side."""
        return 17 + 4 * self.version


@cache
def layout_of(version: int) -> CodeLayout:
    """The layout of a version (1 to 40)."""
    size = 17 + 4 * version
    known = np.zeros((size, size), np.int8)
    _draw_timing(known)
    for row, column in ((0, 0), (0, size - 7), (size - 7, 0)):
        _draw_finder(known, row, column)
    _draw_alignment(known, version)
    if version >= 7:
        _draw_version(known, version)
    known[size - 8, 8] = 1
    formats = _format_places(size)
    reserved = known != 0
    for places in formats:
        reserved[places[:, 0], places[:, 1]] = True
    order = _reading_order(size, reserved)
    whole = len(order) // 8 * 8
    return CodeLayout(version, known, formats, order[:whole].reshape(-1, 8, 2), order[whole:])


@cache
def mask_signs(mask: int, size: int) -> Signs:
    """-1 where the mask (0 to 7) turns a module over, else +1 (7.8.2)."""
    i, j = np.mgrid[0:size, 0:size]
    conditions = (
        (i + j) % 2,
        i % 2,
        j % 3,
        (i + j) % 3,
        (i // 2 + j // 3) % 2,
        i * j % 2 + i * j % 3,
        (i * j % 2 + i * j % 3) % 2,
        ((i + j) % 2 + i * j % 3) % 2,
    )
    return np.where(conditions[mask] == 0, -1, 1).astype(np.int8)


@cache
def format_signs() -> Signs:
    """(32, 15) format informations as printed, last bit first; the row is level << 3 | mask (Annex C)."""
    rows = [_with_remainder(number, 10, 0x537) ^ 0x5412 for number in range(32)]
    return np.array([[1 if row >> bit & 1 else -1 for bit in range(15)] for row in rows], np.int8)


@cache
def block_sizes(version: int, level: str) -> tuple[tuple[int, int], ...]:
    """(all codewords, codewords of the text) of each Reed-Solomon block (table 9), shorter blocks first."""
    table: Any = consts.ECC
    groups = table[version][consts.ERROR_MAPPING[level]]
    return tuple((group.num_total, group.num_data) for group in groups for _block in range(group.num_blocks))


def _with_remainder(number: int, bits: int, divisor: int) -> int:
    rest = number << bits
    while rest.bit_length() > bits:
        rest ^= divisor << (rest.bit_length() - bits - 1)
    return number << bits | rest


def _draw_timing(known: Signs) -> None:
    signs = np.where(np.arange(len(known)) % 2 == 0, 1, -1)
    known[6, :] = known[:, 6] = signs


def _draw_finder(known: Signs, row: int, column: int) -> None:
    """With its light border, as far as that lies in the code."""
    size = len(known)
    for i in range(max(row - 1, 0), min(row + 8, size)):
        for j in range(max(column - 1, 0), min(column + 8, size)):
            ring = max(abs(i - row - 3), abs(j - column - 3))
            known[i, j] = 1 if ring in (0, 1, 3) else -1


def _draw_alignment(known: Signs, version: int) -> None:
    places: tuple[int, ...] = consts.ALIGNMENT_POS[version - 2] if version > 1 else ()
    last = len(known) - 7
    for i in places:
        for j in places:
            if (i, j) not in ((6, 6), (6, last), (last, 6)):
                known[i - 2 : i + 3, j - 2 : j + 3] = 1
                known[i - 1 : i + 2, j - 1 : j + 2] = -1
                known[i, j] = 1


def _draw_version(known: Signs, version: int) -> None:
    number, size = _with_remainder(version, 12, 0x1F25), len(known)
    for bit in range(18):
        sign = 1 if number >> bit & 1 else -1
        known[bit // 3, size - 11 + bit % 3] = known[size - 11 + bit % 3, bit // 3] = sign


def _format_places(size: int) -> tuple[Places, Places]:
    down = [*range(6), 7, 8]
    first = [(row, 8) for row in down] + [(8, column) for column in (7, 5, 4, 3, 2, 1, 0)]
    second = [(8, size - 1 - bit) for bit in range(8)] + [(size - 7 + bit, 8) for bit in range(7)]
    return np.array(first, np.intp), np.array(second, np.intp)


def _reading_order(size: int, reserved: NDArray[np.bool_]) -> Places:
    """Two columns at a time from the right, up and down in turns, past the column of the timing pattern (7.7.3)."""
    order = []
    upwards = True
    for right in [*range(size - 1, 6, -2), 5, 3, 1]:
        for row in range(size - 1, -1, -1) if upwards else range(size):
            order += [(row, column) for column in (right, right - 1) if not reserved[row, column]]
        upwards = not upwards
    return np.array(order, np.intp)
