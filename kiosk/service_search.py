"""Finds services by what people call them: accents, spaces and letters may be missing, wrong, or raw Telex keys."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from kiosk.catalog import Service
from kiosk.vietnamese import fold

EVERYDAY, OFFICIAL, FIELD = 1.0, 0.95, 0.6  # how much a name of that kind says about what is meant
ENOUGH = 0.55  # of the weight of the typed words has to be found in one name of a service
SOME = 0.3  # where no name has enough, this much of a whole sentence is something to offer
WORDS_MAX = 12  # of a longer sentence the beginning is looked for
NEAR = 0.75  # of the best one's score: what fits much worse than something else is not meant
OFTEN = 0.15  # what the most used service is worth beside how well a name fits

_UNFINISHED, _MISSPELT = 0.9, 0.7
_CODE = re.compile(r"[0-9][0-9.]*")
_TELEX = ((re.compile("dd"), "d"), (re.compile(r"([aeo])\1"), r"\1"), (re.compile(r"(?<=[aouw])w"), ""))


@dataclass(frozen=True, slots=True)
class Match:
    """A service that was found, and the name of it that fits what was typed."""

    service: Service
    name: str


@dataclass(frozen=True, slots=True)
class _Name:
    """One name of a service, as it is and folded."""

    service: Service
    text: str
    words: tuple[str, ...]
    joined: str
    weight: float
    first: bool


class ServiceSearch:
    """An index over the services; make it once for a catalogue. A search takes about a millisecond."""

    def __init__(self, services: Iterable[Service]) -> None:
        self._services = tuple(services)
        self._by_codes = {service.code: service for service in self._services}
        self._names = [name for service in self._services for name in _names(service)]
        spread = Counter(word for name in self._names for word in set(name.words))
        self._rarity = {word: math.log(1 + len(self._names) / count) for word, count in spread.items()}
        self._unknown = math.log(1 + len(self._names))
        self._vocabulary = sorted(spread)
        self._places: dict[str, list[int]] = {word: [] for word in spread}
        for place, name in enumerate(self._names):
            for word in dict.fromkeys(name.words):
                self._places[word].append(place)

    def find(self, typed: str, often_used: Sequence[str] = ()) -> tuple[Match, ...]:
        """The services that the text may mean, best first; nothing for an empty text. Of those that fit alike, the ones
        that are used often come first (their codes, most first)."""
        if by_code := self._by_code(typed):
            return tuple(Match(service, service.plain_name) for service in by_code)
        often = tuple(dict.fromkeys(often_used))
        wanted = {code: OFTEN * (1 - place / len(often)) for place, code in enumerate(often)}
        best: dict[str, tuple[float, Match]] = {}
        for reading in dict.fromkeys((fold(typed), _telex(typed))):
            for score, name in self._scores(reading):
                total = score + wanted.get(name.service.code, 0.0)
                if name.service.code not in best or total > best[name.service.code][0]:
                    best[name.service.code] = (total, Match(name.service, name.text))
        least = NEAR * max((score for score, _match in best.values()), default=0.0)
        near = {code: entry for code, entry in best.items() if entry[0] >= least}
        ordered = [match for _score, match in sorted(near.values(), key=lambda entry: entry[0], reverse=True)]
        return tuple(self._with_linked({match.service.code: match for match in ordered}))

    def _with_linked(self, found: Mapping[str, Match]) -> Iterable[Match]:
        """The matches, before each the linked service that is offered first for it, found or not."""
        told = set[str]()
        for match in found.values():
            linked = match.service.linked_first
            for code in (linked.code if linked else "", match.service.code):
                if code in self._by_codes and code not in told:
                    told.add(code)
                    service = self._by_codes[code]
                    yield found.get(code) or Match(service, service.plain_name)

    def _by_code(self, typed: str) -> tuple[Service, ...]:
        wanted = typed.strip()
        if not _CODE.fullmatch(wanted):
            return ()
        digits = wanted.replace(".", "")
        codes = ((service, (service.code, *service.aliases)) for service in self._services)
        return tuple(
            service for service, names in codes if any(name.replace(".", "").startswith(digits) for name in names)
        )

    def _scores(self, reading: str) -> Iterable[tuple[float, _Name]]:
        """Every name that has a good part of what was typed; where none has, those with the best part of it."""
        words = list(dict.fromkeys(reading.split()))[:WORDS_MAX]
        if not words:
            return
        covered, joined = self._covered(words), "".join(words)
        if len(joined) > 3:
            for place, name in enumerate(self._names):
                if joined in name.joined:
                    covered[place] = max(covered.get(place, 0.0), _UNFINISHED)
        least = ENOUGH if any(share >= ENOUGH for share in covered.values()) else SOME
        for place, share in covered.items():
            if share >= least:
                name = self._names[place]
                yield share * name.weight + self._closeness(name, words), name

    def _covered(self, words: list[str]) -> dict[int, float]:
        """For each name, by its place, the share of the typed words' weight that it has."""
        covered: dict[int, float] = {}
        whole = 0.0
        for index, word in enumerate(words):
            found = self._like(word, unfinished=index == len(words) - 1)
            weight = self._weight(found)
            whole += weight
            best: dict[int, float] = {}
            for other, likeness in found.items():
                for place in self._places[other]:
                    best[place] = max(best.get(place, 0.0), likeness)
            for place, likeness in best.items():
                covered[place] = covered.get(place, 0.0) + weight * likeness
        return {place: weight / whole for place, weight in covered.items()}

    def _like(self, word: str, *, unfinished: bool) -> Mapping[str, float]:
        """The words of the index that this one can be, each with how surely. A short word has to be right, a longer one
        may have one wrong letter, a long one two (transposed letters count once)."""
        wrong = 0 if len(word) < 3 else 1 if len(word) < 7 else 2
        near = process.extract(word, self._vocabulary, scorer=OSA.distance, score_cutoff=wrong, limit=None)
        found = {other: _MISSPELT if distance else 1.0 for other, distance, _index in near}
        if unfinished:
            for other in self._vocabulary:
                if other != word and other.startswith(word):
                    found[other] = max(found.get(other, 0.0), _UNFINISHED)
        return found

    def _weight(self, found: Mapping[str, float]) -> float:
        """Rare words say more than common ones such as "giấy"; a word that is nowhere says that much is not meant."""
        known = [self._rarity[word] for word, likeness in found.items() if likeness == 1.0]
        return max(known or [self._rarity[word] for word in found], default=self._unknown / 2)

    def _closeness(self, name: _Name, words: list[str]) -> float:
        """Of two names that hold all that was typed, the nearer has it in one piece, begins so, is shorter, or is what
        the service is called first of all."""
        place = name.joined.find("".join(words))
        shortness = min(1.0, len(words) / max(len(name.words), 1))
        return 0.1 * (place >= 0) + 0.03 * (place == 0) + 0.05 * shortness + 0.05 * name.first


def in_order(services: Iterable[Service]) -> tuple[Service, ...]:
    """The services as they are read in a list: linked ones first, and what can only be read about at the end."""
    return linked_first(sorted(services, key=lambda service: service.information_only))


def linked_first(services: Iterable[Service]) -> tuple[Service, ...]:
    """The same services, a linked one, which does the work of several, right before those it is offered first for."""
    by_code = {service.code: service for service in services}
    ordered: dict[str, Service] = {}
    for service in by_code.values():
        linked = by_code.get(service.linked_first.code) if service.linked_first else None
        for each in (linked, service):
            if each is not None:
                ordered.setdefault(each.code, each)
    return tuple(ordered.values())


def most_wanted(services: Sequence[Service], often_used: Sequence[str]) -> tuple[Service, ...]:
    """All services, those first that are begun here most (their codes, most first), then those of life's events."""
    place = {code: index for index, code in enumerate(dict.fromkeys(often_used))}
    rank = {service.code: (place.get(service.code, len(place)), not service.life_events) for service in services}
    return in_order(sorted(services, key=lambda service: rank[service.code]))


def _names(service: Service) -> Iterable[_Name]:
    texts = [(text, EVERYDAY) for text in service.everyday_names]
    texts += [(text, OFFICIAL) for text in (service.name, *service.aliases) if not _CODE.fullmatch(text)]
    texts.append((service.field.name, FIELD))
    for text, weight in texts:
        words = fold(text).split()
        yield _Name(service, text, tuple(words), "".join(words), weight, text == service.everyday_names[0])


def _telex(typed: str) -> str:
    """What the keys of Telex were meant to write, folded: who types without an input method gets "ddawng kys" for
    "đăng ký". A tone key stands after its vowel or at the end of the word."""
    text = fold(typed)
    for pattern, plain in _TELEX:
        text = pattern.sub(plain, text)
    return " ".join(re.sub(r"(?<=[aeiouy])[sfrxj](?=[a-z]*$)", "", word) for word in text.split())
