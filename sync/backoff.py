"""When to try again: pure arithmetic. The kiosk never gives up, so nothing here counts to an end."""

from random import Random

ITEM_BASE_S = 5.0
ITEM_CAP_S = 15 * 60.0
RETRY_AFTER_CAP_S = 60 * 60.0

_CONDITION_LOW_S = 5.0
_CONDITION_HIGH_S = 15.0
_CONDITION_CAP_S = 60.0
_CONDITION_PATIENT_TRIES = 20  # about three minutes in which the line's return is noticed within 15 s


def item_delay_s(attempts: int, rng: Random, retry_after_s: float | None = None) -> float:
    """Full jitter: anything from 0 to 5 s * 2^attempts, at most 15 min; never before the portal's own wish.

    Jitter over the whole range spreads forty kiosks best that lost the same portal at the same moment.
    `attempts` counts the tries before this one.
    """
    ceiling_s = min(ITEM_CAP_S, ITEM_BASE_S * 2.0 ** min(attempts, 16))
    return max(rng.uniform(0, ceiling_s), min(retry_after_s or 0.0, RETRY_AFTER_CAP_S))


def condition_delay_s(tries: int, rng: Random, retry_after_s: float | None = None) -> float:
    """How long a held queue waits before it looks again: 5 s to 15 s at first, later up to 60 s."""
    growth = 2.0 ** min(max(0, tries - _CONDITION_PATIENT_TRIES), 16)
    ceiling_s = min(_CONDITION_CAP_S, _CONDITION_HIGH_S * growth)
    return max(rng.uniform(_CONDITION_LOW_S, ceiling_s), min(retry_after_s or 0.0, RETRY_AFTER_CAP_S))
