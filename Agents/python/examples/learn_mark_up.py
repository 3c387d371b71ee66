"""Learns the mark-up of a region by playing it: a table of what each mark-up brought at each price, epsilon-greedy.

    GRIDTIDE_PROGRAM=path/of/gridtide python3 learn_mark_up.py

Sixty episodes of a day take half a minute. What it finds: at a low price work comes from the dear neighbour as long as
the mark-up is below the difference; at a high price nothing sells.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy

from gridtide.gym import Array, MarkUpEnvironment

MARK_UPS_USD_PER_MWH = (0, 10, 20, 40, 60, 80)
PRICE_STEP_USD_PER_MWH = 25


class MarkUpTable:
    """Mean profit by price level and mark-up. A mark-up changes nothing but the profit of its tick: a bandit by price."""

    def __init__(self, action_count: int, random: numpy.random.Generator) -> None:
        self.action_count = action_count
        self.random = random
        self.mean: dict[int, list[float]] = {}
        self.count: dict[int, list[int]] = {}

    def level(self, seen: Array) -> int:
        """The price level in an observation of the environment."""
        return int(seen[0] * 100 // PRICE_STEP_USD_PER_MWH)

    def choose(self, seen: Array, epsilon: float) -> numpy.int64:
        """The best mark-up at this price so far; any, with the probability epsilon."""
        means = self.mean.get(self.level(seen))
        if means is None or self.random.random() < epsilon:
            return self.random.integers(self.action_count)
        return numpy.int64(numpy.argmax(means))

    def learn(self, seen: Array, action: numpy.int64, profit_usd: float) -> None:
        """Takes in what an action brought."""
        level = self.level(seen)
        means = self.mean.setdefault(level, [0.0] * self.action_count)
        counts = self.count.setdefault(level, [0] * self.action_count)
        counts[action] += 1
        means[action] += (profit_usd - means[action]) / counts[action]


def episode(environment: MarkUpEnvironment, table: MarkUpTable, epsilon: float, seed: int) -> float:
    """Plays a run to its end and returns its profit, $."""
    seen, _ = environment.reset(seed=seed)
    total_usd, is_over = 0.0, False
    while not is_over:
        action = table.choose(seen, epsilon)
        next_seen, profit, is_over, _, _ = environment.step(action)
        table.learn(seen, action, float(profit))
        total_usd += float(profit)
        seen = next_seen
    return total_usd


def main() -> None:
    """Learns, and says what learning brought."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--episodes", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    environment = MarkUpEnvironment(Path(__file__).with_name("learner.yaml"), "north-1", MARK_UPS_USD_PER_MWH)
    table = MarkUpTable(len(MARK_UPS_USD_PER_MWH), numpy.random.default_rng(options.seed))
    try:
        blind = numpy.mean([episode(environment, table, 1, seed) for seed in range(5)])
        for index in range(options.episodes):
            episode(environment, table, epsilon=0.5 * 0.95**index, seed=index)
        learned = episode(environment, table, 0, options.seed)
    finally:
        environment.close()
    print(f"profit per day: {blind:.0f} $ with mark-ups at random, {learned:.0f} $ after {options.episodes} episodes")
    for level, means in sorted(table.mean.items()):
        best = MARK_UPS_USD_PER_MWH[int(numpy.argmax(means))]
        print(f"at {level * PRICE_STEP_USD_PER_MWH} $/MWh and more: a mark-up of {best} $/MWh brought {max(means):.0f} $")


if __name__ == "__main__":
    main()
