"""How card texts are written, as a help for reading worn codes: which bytes follow which, and what fills the rest."""

from functools import cache

import numpy as np
from numpy.typing import NDArray

from kiosk.resources import resource_path

Floats = NDArray[np.float32]

SURENESS = 5.0  # logarithm of the odds that a softened sign of 1 is right
_MOST = 1.5  # softened signs beyond it say no more
_BYTE_MODE = np.array([-1, 1, -1, -1], np.float32)  # ISO/IEC 18004:2015, table 2; also 7.4.10: what fills a code up
_FILL = (0xEC, 0x11)
_LEAST_BYTES = 40  # a number, a name, two dates and their marks
_UNSEEN = 0.3  # counts given to each pair of bytes that no made-up card has, divided by 256
_SURE_LENGTH = 3.0  # logarithm of the odds over the next likely length


def likely_text(soft: Floats, version: int) -> Floats:
    """Softened signs of the text's codewords (n, 8), in the order of the text, made surer by what a card would say.

    It decides nothing: the codewords' checks do. Texts in another mode than bytes stay as they are.
    """
    odds: Floats = np.float32(SURENESS) * np.clip(soft, -_MOST, _MOST).ravel()
    start = 12 if version < 10 else 20
    capacity = (len(odds) - start) // 8
    if capacity <= _LEAST_BYTES or float(odds[:4] @ _BYTE_MODE) <= 0:
        return soft
    seen: Floats = odds[start : start + 8 * capacity].reshape(-1, 8) @ _bits().T / np.float32(2)
    scores = _length_scores(odds, seen, start)
    length = int(scores.argmax())
    sure = scores[length] - np.delete(scores, length).max() > _SURE_LENGTH
    likely = odds.copy()
    if sure:
        likely[:start] = SURENESS * _header(length, start)
        likely[start + 8 * length :] = SURENESS * _tail(len(odds) - start - 8 * length)
    likely[start : start + 8 * length] = _bit_odds(seen[:length]).ravel()
    return np.asarray(np.clip(likely / SURENESS, -_MOST, _MOST).reshape(-1, 8), np.float32)


def _length_scores(odds: Floats, seen: Floats, start: int) -> Floats:
    """How likely each length of the text is (a logarithm): by what the header says and by what fills the rest."""
    capacity = len(seen)
    lengths = np.arange(capacity + 1)
    counts = lengths[:, None] >> np.arange(start - 5, -1, -1) & 1
    header = (2 * counts - 1) @ odds[4:start]
    texts = np.concatenate([[0.0], np.cumsum(np.logaddexp.reduce(seen + np.log(_pairs().mean(axis=0)), axis=1))])
    nibbles = odds[start:].reshape(-1, 4)
    words = np.concatenate([nibbles[1::2], nibbles[2::2]], axis=1) @ _bits()[_FILL, :].T
    turns = np.stack([words[lengths[:-1], (lengths[:-1] + first) % 2] for first in (0, 1)], axis=1)
    fill = np.concatenate([turns[::-1].cumsum(axis=0)[::-1], np.zeros((1, 2))])[lengths, lengths % 2]
    scores = (header - nibbles[::2].sum(axis=1) + fill) / 2 + texts
    scores[:_LEAST_BYTES] = -np.inf
    return np.asarray(scores, np.float32)


def _bit_odds(seen: Floats) -> Floats:
    """(n, 8) logarithms of odds of each bit, from those of each byte alone (n, 256) and its neighbours."""
    here = np.exp(seen - seen.max(axis=1, keepdims=True)) + 1e-12
    pairs = _pairs()
    forth, back = np.empty_like(here), np.ones_like(here)
    before = pairs[ord("|")]  # what may follow it begins with a digit, as a number does
    for n in range(len(here)):
        forth[n] = before * here[n]
        forth[n] /= forth[n].sum()
        before = forth[n] @ pairs
    for n in range(len(here) - 2, -1, -1):
        back[n] = pairs @ (here[n + 1] * back[n + 1])
        back[n] /= back[n].sum()
    chances = forth * back
    chances /= chances.sum(axis=1, keepdims=True)
    ones = np.clip(chances @ (_bits() > 0), 1e-6, 1 - 1e-6)
    return np.asarray(np.log(ones / (1 - ones)), np.float32)


def _header(length: int, start: int) -> Floats:
    return np.concatenate([_BYTE_MODE, _signs(length, start - 4)])


def _tail(bits: int) -> Floats:
    """The end mark of four zeros, and the words that fill the code up."""
    fill = [bit for n in range(bits // 8) for bit in _signs(_FILL[n % 2], 8)]
    return np.array([-1.0] * 4 + fill, np.float32)


@cache
def _signs(number: int, bits: int) -> Floats:
    return np.array([1 if number >> bit & 1 else -1 for bit in range(bits - 1, -1, -1)], np.float32)


@cache
def _bits() -> Floats:
    """(256, 8) signs of each byte's bits, first bit first."""
    return np.array([_signs(number, 8) for number in range(256)], np.float32)


@cache
def _pairs() -> Floats:
    """(256, 256): how often each byte follows another, counted on made-up cards with the names of all communes."""
    lines = resource_path("areas/old_communes.tsv").read_text("utf-8").splitlines()[1:]
    places = [line.split("\t")[3] for line in lines]
    counts = np.full((256, 256), _UNSEEN / 256, np.float32)
    for n, place in enumerate(places):
        other, digits = places[n * 7 % len(places)], f"{n * 982451653 % 10**12:012d}"
        text = f"{digits}|{digits[: 9 * (n % 2)]}|{place.upper()} {other.upper()}|{digits[:8]}|{('Nam', 'Nữ')[n % 2]}|"
        written = np.frombuffer(f"{text}{place}, {other}|{digits[4:]}|".encode(), np.uint8)
        np.add.at(counts, (written[:-1], written[1:]), 1)
    return np.asarray(counts / counts.sum(axis=1, keepdims=True), np.float32)
