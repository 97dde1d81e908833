"""Which letters make a Vietnamese syllable, and which may still become one: onsets, rimes, and words beside them."""

from functools import cache

from kiosk.tones import Tone, split_tone

PLAIN = {"ă": "a", "â": "a", "ê": "e", "ô": "o", "ơ": "o", "ư": "u", "đ": "d"}
"""The letter that each shaped letter is typed from."""

ONSETS = (
    "", "b", "c", "ch", "d", "đ", "g", "gh", "gi", "h", "k", "kh", "l", "m", "n", "ng", "ngh", "nh", "p", "ph", "qu",
    "r", "s", "t", "th", "tr", "v", "x",
)  # fmt: skip

# Every rime of written Vietnamese, those of loan words and of sounds ("xoong", "tuýp", "ngoao") among them.
_RIMES = """
    a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et ê êch êm ên ênh êp êt êu
    i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu
    o oc oi om on ong op ot oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăp oăt oe oem oen oeng
    oeo oet ooc oong ô ôc ôi ôm ôn ông ôp ôt ơ ơc ơi ơm ơn ơng ơp ơt
    u ua uc ui um un ung up ut uân uâng uât uây uê uêch uên uênh uêt uơ uôc uôi uôm uôn uông uôp uôt
    uy uya uych uyên uyêt uyn uynh uyp uyt uyu
    ư ưa ưc ưi ưm ưn ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu
    y ych yn ynh yt yêm yên yêng yêt yêu
"""
RIMES = tuple(_RIMES.split())

OPEN_UO = ("h", "th", "kh")
"""The onsets of an open "uơ" (thuở, huơ): elsewhere it is on its way to "ươ"."""

# Words that have the letters of the Vietnamese keyboard and break the rules of the Vietnamese syllable: names of the
# Central Highlands, and of places in the official lists of communes, districts and provinces (resources/areas), such as
# Bắc Kạn. Who types "Niee" or "DDawsk" means them.
_HIGHLAND_WORDS = """
    niê mlô byă kpă blô êban ênuôl êya hđơk adrơng ađrơng kbuôr kriêng kriê ksơr kđoh hđruê rơ rơo rcơm kơ să
    srũk păng yơng krơng krông đăk đắk lăk lắk păk pắk kơho mơ mơnông mnông xơđăng wơn hđing đơk kniê avương
    bhăng bhốk blà blứ broăi búk bă băh choáh chrôh cuôr djrăng dliê drênh drót drô drông drăm drăng drơng drắk
    dêr dêê dăh dơk grăng hbông hlốp hrú jlơi jút jơ kbô kdăm khăl khươl klông kmút kmăl knuếc knốp knớ krái
    krêl króa krăi kuêh kuăng kà kót kô kôi kôn kông kơi kạn kần lêê mlăh mrơn môl măih nguơn ngọk nuôl piơr plô
    plông pnôn prông pék púch púk păh păl pơnan pơơ pưh pốk rcăm rsươm rtô rvê rốk sró srônh sôr sơmei sắk tíh
    tóh tôr tẻh vàl xiêr yiêng yông yă zuôih zà êbur êwi êê đak đakrông đal đamb đar đing đir đrắk
"""
HIGHLAND_WORDS = tuple(_HIGHLAND_WORDS.split())

HIGHLAND_LETTERS = frozenset("ƀčĕĭñŏŭ\u0306")
"""Letters and the mark that the languages of the Central Highlands have and Vietnamese has not."""

_STOPS = ("c", "ch", "p", "t", "k")
_STOP_TONES = (Tone.SAC, Tone.NANG)
_VOWELS = "aăâeêioôơuưy"
_BEFORE_FRONT = {"k": True, "gh": True, "ngh": True, "c": False, "g": False, "ng": False}
_LONGEST_FIRST = sorted(ONSETS, key=len, reverse=True)


def plain(letters: str) -> str:
    """The letters without shapes: "đươc" gives "duoc"."""
    return "".join(PLAIN.get(letter, letter) for letter in letters)


def may_become_syllable(letters: str) -> bool:
    """Whether letters (lower case, without tones) begin a syllable, if some of them are yet to be shaped: "duo", "đươ".
    The shapes that they have already stay."""
    if letters in _word_beginnings():
        return True
    for onset in _LONGEST_FIRST:
        rest = letters[len(onset) :]
        if not _may_be(letters[: len(onset)], onset):
            continue
        if rest in _rime_beginnings() and _go_together(onset, rest):
            return True
    return any(_may_be(letters, onset[: len(letters)]) for onset in ONSETS)


def is_syllable(letters: str, tone: Tone | None) -> bool:
    """Whether letters (lower case, without tones) and a tone are a whole syllable."""
    if letters in _words():
        return True
    for onset in _LONGEST_FIRST:
        rime = letters[len(onset) :]
        if letters.startswith(onset) and rime in _RIME_SET and _go_together(onset, rime):
            return allows(letters, tone) and (rime != "uơ" or onset in OPEN_UO)
    return letters == "gi"


def allows(letters: str, tone: Tone | None) -> bool:
    """Whether the end of the letters allows the tone: a stop wants sắc or nặng."""
    return not ends_in_stop(letters) or tone in _STOP_TONES


def ends_in_stop(letters: str) -> bool:
    """Whether a vowel is followed by c, ch, p, t or k."""
    return bool(set(letters) & set(_VOWELS)) and letters.endswith(_STOPS) and letters not in ONSETS


def _go_together(onset: str, rime: str) -> bool:
    """Spelling: k, gh and ngh stand before e, ê, i and y; c, g and ng before all others; gi is no onset before i."""
    front = rime[:1] in ("e", "ê", "i", "y")
    if onset == "gi":
        return rime[:1] not in ("", "i", "y") or rime == ""
    if onset == "g" and rime[:1] == "i":
        return True  # gì, gìn
    if onset == "qu":
        return rime[:1] not in ("u", "ư")
    if rime and onset in _BEFORE_FRONT:
        return front == _BEFORE_FRONT[onset]
    return True


def _may_be(typed: str, wanted: str) -> bool:
    """Whether the letters are the wanted ones, of which some are yet to be shaped."""
    return len(typed) == len(wanted) and all(
        one == other or one == PLAIN.get(other) for one, other in zip(typed, wanted, strict=True)
    )


def _variants(letters: str) -> set[str]:
    """The letters, and all ways to leave some of them unshaped."""
    found = {""}
    for letter in letters:
        found = {begun + way for begun in found for way in {letter, PLAIN.get(letter, letter)}}
    return found


def _beginnings(wholes: tuple[str, ...]) -> frozenset[str]:
    return frozenset(variant[:end] for each in wholes for variant in _variants(each) for end in range(len(each) + 1))


_RIME_SET = frozenset(RIMES)


@cache
def _rime_beginnings() -> frozenset[str]:
    return _beginnings(RIMES)


@cache
def _words() -> frozenset[str]:
    return frozenset("".join(split_tone(letter)[0] for letter in word) for word in HIGHLAND_WORDS)


@cache
def _word_beginnings() -> frozenset[str]:
    return _beginnings(tuple(_words()))
