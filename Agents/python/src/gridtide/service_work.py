"""The work of a service node by tick: the core that strategies of the role share."""

from __future__ import annotations

from dataclasses import replace

from .answers import BidLine
from .setups import ServiceNodeSetup


class ServiceWork:
    """Reads the setting `demand`, requests per tick by class, and makes the honest lines of a bid."""

    def __init__(self, setup: ServiceNodeSetup) -> None:
        names = [kind.name for kind in setup.classes]
        demand = setup.parameters.section("demand")
        for name in demand:
            if name not in names:
                raise demand.error(name, "there is no workload class of that name", f"Use one of {', '.join(names)}.")
        self._ahead_ticks = setup.horizon_ticks - 1
        self._tick_count = setup.clock.tick_count
        self._works = [
            (setup.line(index, 0), demand.series(name, at_least=0)) for index, name in enumerate(names) if name in demand
        ]

    def lines(self, tick: int) -> list[BidLine]:
        """One line per class with demand, ascending by class, with all that arrives, true friction and delay.

        Under a horizon they say what arrives in its other ticks.
        """
        return [
            replace(
                line, requests=series[tick], arrived_requests=series[tick],
                forecast_requests=series.ahead(tick, self._ahead_ticks, self._tick_count),
            )
            for line, series in self._works
        ]
