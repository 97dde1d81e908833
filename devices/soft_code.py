"""From softened signs of a code's modules to a clean code: format, mask, and codewords mended block by block."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from devices.card_prior import SURENESS, likely_text
from devices.code_layout import LEVELS, CodeLayout, block_sizes, format_signs, mask_signs
from devices.reed_solomon import mend

Floats = NDArray[np.float32]
Signs = NDArray[np.int8]

_SPARE_CHECKS = 3  # with unsure codewords left out: noise passes one block in 16 million
_LEAST_LIKELY = 0.6  # of the likeliest format's score
_CERTAIN = 1.5  # of a softened sign: the block's checks agree
_UNSURE_SHARES = (0.0, 0.25, 0.5, 0.75, 1.0)


@dataclass(frozen=True, slots=True)
class Mended:
    """`signs` (n, n) has 0 where no block could be mended, `likely` (n, n) softened signs there; `whole` says that all
    blocks could be."""

    signs: Signs
    likely: Floats
    whole: bool
    blocks: int


@dataclass(frozen=True, slots=True)
class Format:
    """What the format information says. `mirrored` is for a code seen in a mirror: rows are columns then."""

    level: str
    mask: int
    mirrored: bool


def likely_formats(layout: CodeLayout, soft: Floats, least: float = 0.0) -> list[Format]:
    """By both copies of the format information, likeliest first, at most two. `least` is the likeness asked for (0 to
    1): codes that can be read begin at 0.6, what is no code ends at 0.45 (290 grids of made-up cards)."""
    scores = np.zeros((2, 32))
    for mirrored in (0, 1):
        turned = np.clip(soft.T if mirrored else soft, -1, 1)
        for places in layout.formats:
            scores[mirrored] += format_signs() @ turned[places[:, 0], places[:, 1]]
    likely = np.argsort(-scores.ravel())[:2]
    likely = likely[scores.ravel()[likely] > max(_LEAST_LIKELY * scores.max(), 30 * least)]
    return [Format(LEVELS[number >> 3 & 3], int(number & 7), bool(number >> 5)) for number in likely]


def mended(layout: CodeLayout, soft: Floats, form: Format) -> Mended:
    """All blocks that can be mended; their modules and the known ones are sure then."""
    flips = mask_signs(form.mask, layout.size)
    plain = (soft.T if form.mirrored else soft) * flips
    words = _Words(layout, form.level, plain[layout.codewords[..., 0], layout.codewords[..., 1]])
    words.mend()
    while not words.whole:
        before = words.found
        words.expect_a_card()
        words.mend()
        if words.found == before:
            break
    signs = _in_place(layout, form, words.certain)
    likely = _in_place(layout, form, words.likely)
    return Mended(signs.astype(np.int8), likely, words.whole, words.found)


def _in_place(layout: CodeLayout, form: Format, bits: Floats) -> Floats:
    """(n, n) signs as printed of the codewords' (words, 8) bits, and of all that is known with the format."""
    signs = layout.known.astype(np.float32)
    signs[layout.codewords[..., 0], layout.codewords[..., 1]] = bits
    signs[layout.rest[:, 0], layout.rest[:, 1]] = -1
    signs *= np.where(layout.known != 0, 1, mask_signs(form.mask, layout.size))
    for places in layout.formats:
        signs[places[:, 0], places[:, 1]] = format_signs()[LEVELS.index(form.level) << 3 | form.mask]
    return signs.T if form.mirrored else signs


class _Words:
    """The codewords of one code, as softened signs of their bits, while its blocks are mended one by one."""

    def __init__(self, layout: CodeLayout, level: str, bits: Floats) -> None:
        self._version = layout.version
        self._blocks = _blocks(layout.version, level)
        self._order = np.concatenate([places[: len(places) - checks] for places, checks in self._blocks])
        self._seen = bits
        self.likely = bits
        self._good = np.zeros(len(bits), bool)
        self.found = 0

    @property
    def whole(self) -> bool:
        """Whether all blocks are mended."""
        return self.found == len(self._blocks)

    @property
    def certain(self) -> Floats:
        """The signs of the mended blocks' bits, 0 for the others."""
        return np.where(self._good[:, None], np.sign(self._seen), 0)

    def mend(self) -> None:
        """Every block that can be mended now."""
        for places, checks in self._blocks:
            if self._good[places[0]]:
                continue
            bits = self.likely[places]
            # How likely all eight bits are right, as a sum that grows with each unsure one.
            doubt = np.logaddexp(0, -SURENESS * np.abs(bits)).sum(axis=1)
            word = _mended_block(np.packbits(bits > 0, axis=1)[:, 0], doubt, checks)
            if word is not None:
                self._seen[places] = np.where(np.unpackbits(word[:, None], axis=1) > 0, _CERTAIN, -_CERTAIN)
                self._good[places] = True
                self.found += 1

    def expect_a_card(self) -> None:
        """Make the bits of the text surer by what cards say; mended blocks stay as they are."""
        self.likely = self._seen.copy()
        self.likely[self._order] = likely_text(self._seen[self._order], self._version)


def _mended_block(word: NDArray[np.uint8], doubt: NDArray[np.floating], checks: int) -> NDArray[np.uint8] | None:
    """First as it is, then without more and more of its most doubtful codewords."""
    order = np.argsort(-doubt)
    for share in _UNSURE_SHARES:
        unsure = [int(place) for place in order[: int(share * (checks - _SPARE_CHECKS))]]
        result = mend(word, checks, unsure, _SPARE_CHECKS if unsure else 2)
        if result is not None:
            return result
    return None


@lru_cache(maxsize=64)
def _blocks(version: int, level: str) -> list[tuple[NDArray[np.intp], int]]:
    """Which codewords, in the order they are read, make up each block, and how many of them are checks (7.6)."""
    sizes = block_sizes(version, level)
    places: list[list[int]] = [[] for _block in sizes]
    count = 0
    for turn in range(max(text for _whole, text in sizes)):
        for block, (_whole, text) in enumerate(sizes):
            if turn < text:
                places[block].append(count)
                count += 1
    checks = sizes[0][0] - sizes[0][1]
    for _turn in range(checks):
        for block in range(len(sizes)):
            places[block].append(count)
            count += 1
    return [(np.array(block, np.intp), checks) for block in places]
