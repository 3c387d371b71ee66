"""A service node that takes prices as they are: it bids all its work with true friction for every allowed region."""

import gridtide


class PriceTakingNode(gridtide.ServiceNode):
    """Setting: `demand`, requests per tick by class."""

    def __init__(self, setup: gridtide.ServiceNodeSetup) -> None:
        super().__init__(setup)
        self.work = gridtide.ServiceWork(setup)

    def bid(self, observation: gridtide.ServiceObservation) -> gridtide.WorkBid:
        return gridtide.WorkBid(self.work.lines(observation.tick))


if __name__ == "__main__":
    gridtide.run(PriceTakingNode)
