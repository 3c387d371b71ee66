"""Samples of one figure: median, quartiles, and ratios from pairs of one run."""

from __future__ import annotations

import statistics
from dataclasses import dataclass, field
from typing import Any

from . import load


def quartiles(values: list[float]) -> tuple[float, float]:
    """The first and third quartile, ends included."""
    if len(values) < 2:
        return values[0], values[0]
    first, _, third = statistics.quantiles(values, n=4, method="inclusive")
    return first, third


@dataclass
class Series:
    """One figure of one contender: who, what, unit, and a sample for each repeat (None where it failed)."""

    measure: str
    contender: str
    unit: str
    facts: dict[str, Any] = field(default_factory=dict)
    samples: list[float | None] = field(default_factory=list)
    other_cores: list[float] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)

    def add(self, value: float, other_cores: float = 0.0) -> None:
        """Adds the sample of the next repeat."""
        self.samples.append(value)
        self.other_cores.append(round(other_cores, 3))

    def fail(self, text: str) -> None:
        """Adds a repeat that failed."""
        self.samples.append(None)
        self.other_cores.append(0.0)
        self.failures.append(text)

    def document(self) -> dict[str, Any]:
        """The series as JSON holds it."""
        values = [value for value in self.samples if value is not None]
        result: dict[str, Any] = {
            "measure": self.measure, "contender": self.contender, "unit": self.unit, **self.facts,
            "samples": [value if value is None else _rounded(value) for value in self.samples],
        }
        if values:
            first, third = quartiles(values)
            result |= {"median": _rounded(statistics.median(values)), "quartiles": [_rounded(first), _rounded(third)]}
        if any(self.other_cores):
            result["otherCores"] = self.other_cores
            result["disturbed"] = sum(cores > load.DISTURBED for cores in self.other_cores)
        if self.failures:
            result["failures"] = self.failures
        return result


def paired_ratios(over: list[float | None], under: list[float | None]) -> list[float]:
    """The ratio of two contenders in each repeat that both finished: drift of the machine hits both and cancels."""
    return [a / b for a, b in zip(over, under) if a is not None and b]


def _rounded(value: float) -> float:
    """Six significant digits."""
    return float(f"{value:.6g}")
