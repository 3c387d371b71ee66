"""Random numbers of one agent in one tick: the same in Python as in Swift, in any process."""

from __future__ import annotations

from enum import IntEnum

_MASK = 0xFFFF_FFFF_FFFF_FFFF
_GOLDEN = 0x9E37_79B9_7F4A_7C15


class Phase(IntEnum):
    """The parts of a tick in which agents are asked."""

    SIGNALLING = 1
    """Grid operators publish prices and emissions."""
    BIDDING = 2
    """Compute regions offer, service nodes bid."""
    DISPATCHING = 3
    """Grid operators dispatch what was placed."""
    QUOTING = 4
    """Grid operators say what trial loads would cost."""


class RandomStream:
    """SplitMix64 (Steele, Lea, Flood 2014) started from seed, agent, tick and phase.

    Draw every random number of a strategy from it: a run then has the same result again, whatever the process layout.
    """

    __slots__ = ("_state",)

    def __init__(self, seed: int, agent: int, tick: int, phase: Phase) -> None:
        state = seed & _MASK
        for coordinate in (agent, tick, int(phase)):
            state = _mix((state + _GOLDEN) & _MASK) ^ coordinate
        self._state = state

    def next(self) -> int:
        """The next 64 random bits."""
        self._state = (self._state + _GOLDEN) & _MASK
        return _mix(self._state)

    def uniform(self) -> float:
        """A number from 0 to below 1."""
        return (self.next() >> 11) * 2.0**-53

    def below(self, count: int) -> int:
        """A whole number from 0 to below `count`, which is at least 1 and far below 2^53."""
        if count < 1:
            raise ValueError(f"there is no whole number from 0 to below {count}")
        return int(self.uniform() * count)


def _mix(z: int) -> int:
    z = ((z ^ (z >> 30)) * 0xBF58_476D_1CE4_E5B9) & _MASK
    z = ((z ^ (z >> 27)) * 0x94D0_49BB_1331_11EB) & _MASK
    return z ^ (z >> 31)
