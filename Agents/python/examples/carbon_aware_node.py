"""A service node with a carbon price of its own: where marginal emissions are higher than at home, friction is too."""

from dataclasses import replace

import gridtide


class CarbonAwareNode(gridtide.ServiceNode):
    """Settings: `demand`, and `internalCarbonPriceUSDPerTonne` (100)."""

    def __init__(self, setup: gridtide.ServiceNodeSetup) -> None:
        super().__init__(setup)
        self.work = gridtide.ServiceWork(setup)
        self.usd_per_kg = setup.parameters.number("internalCarbonPriceUSDPerTonne", 100, at_least=0) / 1000

    def bid(self, observation: gridtide.ServiceObservation) -> gridtide.WorkBid:
        emissions = [signal.marginal_emissions_kg_per_mwh for signal in observation.signals]
        home = self.setup.home

        def priced(line: gridtide.BidLine, option: gridtide.PlacementOption) -> gridtide.PlacementOption:
            added_kg = (emissions[option.region] - emissions[home]) * line.energy_kwh_per_request / 1000
            # Friction is never negative: saved carbon makes up for friction and no more.
            friction = max(0.0, option.friction_usd_per_request + self.usd_per_kg * added_kg)
            return option if option.region == home else replace(option, friction_usd_per_request=friction)

        lines = self.work.lines(observation.tick)
        return gridtide.WorkBid([replace(line, options=[priced(line, o) for o in line.options]) for line in lines])


if __name__ == "__main__":
    gridtide.run(CarbonAwareNode)
