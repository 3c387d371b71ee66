"""A compute region that learns its mark-up: epsilon-greedy over a few mark-ups, by the profit each brought."""

import gridtide


class LearningRegion(gridtide.ComputeRegion):
    """Settings: those of `RegionPlant`, `markUpsUSDPerMWh` to choose from, and `epsilon` (0.1), the share of trials."""

    def __init__(self, setup: gridtide.ComputeRegionSetup) -> None:
        super().__init__(setup)
        self.plant = gridtide.RegionPlant(setup)
        self.mark_ups = setup.parameters.numbers("markUpsUSDPerMWh") or [0.0, 5.0, 10.0, 20.0, 40.0]
        self.epsilon = setup.parameters.number("epsilon", 0.1, at_least=0, at_most=1)
        self.trials = [0] * len(self.mark_ups)
        self.profit_usd = [0.0] * len(self.mark_ups)
        self.choice = 0

    def offer(self, observation: gridtide.RegionObservation) -> gridtide.CapacityOffer:
        if observation.last is not None:
            profit = observation.last.revenue_usd - observation.last.cost_usd
            self.trials[self.choice] += 1
            # The mean of what the choice brought, step by step.
            self.profit_usd[self.choice] += (profit - self.profit_usd[self.choice]) / self.trials[self.choice]
        self.choice = self.choose(observation.random)
        return self.plant.offer(observation.tick, self.mark_ups[self.choice])

    def choose(self, random: gridtide.RandomStream) -> int:
        """What was never tried comes first, then the best so far, now and then any."""
        if 0 in self.trials:
            return self.trials.index(0)
        if random.uniform() < self.epsilon:
            return random.below(len(self.mark_ups))
        return max(range(len(self.mark_ups)), key=lambda index: self.profit_usd[index])


if __name__ == "__main__":
    gridtide.run(LearningRegion)
