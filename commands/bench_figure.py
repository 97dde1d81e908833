"""What a measurement came to: the numbers, the one that counts, and the most that it may be."""

import math
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the bench. `judged` is the number that `target` limits (in `judged_as`), the others say how it came
    about; a figure without a target tells something and is always met."""

    name: str
    unit: str
    least: float
    middle: float
    most: float
    judged: float
    judged_as: str
    target: float | None = None
    details: Mapping[str, Any] = field(default_factory=dict)

    @property
    def met(self) -> bool:
        """Whether the target is met."""
        return self.target is None or self.judged <= self.target

    def judged_by(self, number: float, judged_as: str, target: float) -> Self:
        """The same figure with another number judged, a ratio for example."""
        return replace(self, judged=number, judged_as=judged_as, target=target)

    def with_details(self, **details: Any) -> Self:
        """The same figure with more to say."""
        return replace(self, details={**self.details, **details})


def figure_of(name: str, unit: str, numbers: Sequence[float]) -> Figure:
    """A figure that has no target yet."""
    most = max(numbers)
    return Figure(name, unit, min(numbers), statistics.median(numbers), most, most, "max")


def percentile(numbers: Sequence[float], share: float) -> float:
    """The smallest of the numbers below which at least `share` (0 to 1) of them lie, or at which (nearest rank)."""
    return sorted(numbers)[max(0, math.ceil(share * len(numbers)) - 1)]
