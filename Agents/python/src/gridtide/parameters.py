"""Settings of a strategy, as the scenario states them."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Union, overload

from .errors import ParameterError

Value = Union[bool, float, str, "Series", "list[Any]", "Parameters"]


class Series(Sequence[float]):
    """One value per tick, or one value for all ticks."""

    __slots__ = ("_values",)

    def __init__(self, values: Sequence[float]) -> None:
        if not values:
            raise ValueError("a series has at least one value")
        self._values = tuple(values)

    @overload
    def __getitem__(self, tick: int) -> float: ...
    @overload
    def __getitem__(self, tick: slice) -> Sequence[float]: ...
    def __getitem__(self, tick: int | slice) -> float | Sequence[float]:
        if isinstance(tick, int) and len(self._values) == 1:
            return self._values[0]
        return self._values[tick]

    def ahead(self, tick: int, count: int, tick_count: int) -> list[float]:
        """The values of `count` ticks after a tick, and none past the end of the run."""
        return [self[later] for later in range(tick + 1, min(tick + 1 + count, tick_count))]

    def __len__(self) -> int:
        """Values stated: 1 for a series that is the same at every tick."""
        return len(self._values)

    def __repr__(self) -> str:
        return f"Series({list(self._values[:4])}{'...' if len(self) > 4 else ''})"


class _Required:
    """Stands for the default of a setting that has none."""


_REQUIRED: Any = _Required()


class Parameters(Mapping[str, Value]):
    """Named settings. Read each in `__init__` of the strategy, with the rule it must keep.

    A setting that breaks its rule, or that nobody reads, is refused with its path, so that `gridtide validate` shows a
    misspelt name. A default makes a setting optional.
    """

    def __init__(self, values: Mapping[str, Value], path: str = "") -> None:
        self._values = dict(values)
        self._path = path
        self._read: set[str] = set()

    def __getitem__(self, name: str) -> Value:
        value = self._values[name]
        self._read.add(name)
        return value

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __repr__(self) -> str:
        return f"Parameters({self._values!r})"

    def number(
        self, name: str, default: Any = _REQUIRED, *, at_least: float = -math.inf, at_most: float = math.inf,
        more_than: float = -math.inf,
    ) -> Any:
        """A finite number within its bounds; `default` where the scenario states none, which may be None."""
        value = self._value(name, default, float, "a number")
        if not isinstance(value, float) or name not in self:
            return value
        rules = [f"at least {at_least:g}"] * (at_least > -math.inf) + [f"more than {more_than:g}"] * (more_than > -math.inf)
        rules += [f"at most {at_most:g}"] * (at_most < math.inf)
        if not (math.isfinite(value) and at_least <= value <= at_most and value > more_than):
            raise self.error(name, f"{value:g} is not accepted", f"Give {' and '.join(rules) or 'a finite number'}.")
        return value

    def integer(self, name: str, default: Any = _REQUIRED, *, at_least: float = -math.inf, at_most: float = math.inf) -> Any:
        """A whole number within its bounds."""
        value = self.number(name, default, at_least=at_least, at_most=at_most)
        if not isinstance(value, float):
            return value
        if value != round(value):
            raise self.error(name, f"{value:g} is not a whole number", "Give a whole number.")
        return int(value)

    def boolean(self, name: str, default: Any = _REQUIRED) -> Any:
        """A yes or no."""
        return self._value(name, default, bool, "true or false")

    def text(self, name: str, default: Any = _REQUIRED, *, choices: Sequence[str] | None = None) -> Any:
        """A text; the contents of a file where the scenario says `{file: NAME}`."""
        value = self._value(name, default, str, "a text")
        if choices is not None and name in self and value not in choices:
            raise self.error(name, f"'{value}' is unknown", f"Choose one of {', '.join(choices)}.")
        return value

    def series(self, name: str, default: Any = _REQUIRED, *, at_least: float = -math.inf, at_most: float = math.inf) -> Any:
        """One value per tick: a number in the scenario, or `{file: NAME, column: NAME}`."""
        if isinstance(self._values.get(name), float):
            return Series([self.number(name, at_least=at_least, at_most=at_most)])
        value = self._value(name, default, Series, "a number, or {file: NAME, column: NAME}")
        if isinstance(value, (int, float)):
            return Series([float(value)])
        for tick, entry in enumerate(value if isinstance(value, Series) else ()):
            if not at_least <= entry <= at_most:
                raise self.error(name, f"{entry:g} at tick {tick} is not accepted", f"Give {at_least:g} to {at_most:g}.")
        return value

    def section(self, name: str) -> Parameters:
        """Named settings below a name; empty where the scenario states none."""
        value = self._value(name, Parameters({}, self._join(name)), Parameters, "a section of named settings")
        assert isinstance(value, Parameters)
        return value

    def sections(self, name: str) -> list[Parameters]:
        """A list of sections; empty where the scenario states none."""
        return self._list(name, Parameters, "a list of sections")

    def numbers(self, name: str) -> list[float]:
        """A list of numbers; empty where the scenario states none."""
        return self._list(name, float, "a list of numbers")

    def texts(self, name: str) -> list[str]:
        """A list of texts; empty where the scenario states none."""
        return self._list(name, str, "a list of texts")

    def error(self, name: str, problem: str, remedy: str) -> ParameterError:
        """What to raise for a setting that is wrong in a way no rule here tells."""
        return ParameterError(self._join(name), problem, remedy)

    def check_all_read(self) -> None:
        """Raises `ParameterError` for the first setting, in order of name, that was never read."""
        for name, value in self._values.items():
            if name not in self._read:
                known = ", ".join(sorted(self._read)) or "none"
                raise self.error(name, "the strategy has no such setting", f"It reads: {known}.")
            for entry in value if isinstance(value, list) else [value]:
                if isinstance(entry, Parameters):
                    entry.check_all_read()

    def _join(self, name: str) -> str:
        return f"{self._path}.{name}" if self._path else name

    def _value(self, name: str, default: Any, kind: type, noun: str) -> Any:
        self._read.add(name)
        if name not in self._values:
            if default is _REQUIRED:
                raise self.error(name, "it is missing", f"State {noun}.")
            return default
        value = self._values[name]
        if not isinstance(value, kind) or (kind is float and isinstance(value, bool)):
            raise self.error(name, f"{_describe(value)} stands where {noun} belongs", f"State {noun}.")
        return value

    def _list(self, name: str, kind: type, noun: str) -> list[Any]:
        values = self._value(name, [], list, noun)
        for index, value in enumerate(values):
            if not isinstance(value, kind):
                raise self.error(f"{name}[{index}]", f"{_describe(value)} does not belong into {noun}", f"State {noun}.")
        return list(values)


def _describe(value: Value) -> str:
    if isinstance(value, Parameters):
        return "a section"
    if isinstance(value, list):
        return "a list"
    if isinstance(value, Series):
        return "a series"
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:g}" if isinstance(value, float) else f"'{value}'"
