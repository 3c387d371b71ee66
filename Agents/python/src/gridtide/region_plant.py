"""What a compute region can run by tick: the core that strategies of the role share."""

from __future__ import annotations

from .answers import CapacityOffer, OfferBlock, OfferOutlook, Source
from .setups import ComputeRegionSetup


class RegionPlant:
    """Reads `accelerators`, `connectionMW`, `pue` (1.2) and `onSiteRenewableMW` (0), each a number or a series."""

    def __init__(self, setup: ComputeRegionSetup) -> None:
        settings = setup.parameters
        if len(setup.resources) != 1:
            raise settings.error("accelerators", f"it states one of {len(setup.resources)} resources", "Use one resource.")
        self._accelerators = settings.series("accelerators", at_least=0)
        self._connection_mw = settings.series("connectionMW", at_least=0)
        self._pue = settings.series("pue", 1.2, at_least=1)
        self._on_site_mw = settings.series("onSiteRenewableMW", 0, at_least=0)
        self._has_on_site = len(self._on_site_mw) > 1 or self._on_site_mw[0] > 0
        self._ahead_ticks = setup.horizon_ticks - 1
        self._clock = setup.clock

    def offer(self, tick: int, mark_up_usd_per_mwh: float, share: float = 1) -> CapacityOffer:
        """An offer of a share of the plant at one mark-up, on-site power first."""
        connection_mw = self._connection_mw[tick] * share
        blocks = [OfferBlock(connection_mw, mark_up_usd_per_mwh)]
        if self._has_on_site:
            blocks.insert(0, OfferBlock(self._on_site_mw[tick], mark_up_usd_per_mwh, Source.ON_SITE))
        return CapacityOffer(
            capacity_accelerator_seconds=(self._accelerators[tick] * self._clock.tick_seconds * share,),
            connection_mw=connection_mw, pue=self._pue[tick], blocks=blocks,
            outlook=tuple(self._outlook(ahead) for ahead in range(tick + 1, self._end(tick))),
        )

    def _end(self, tick: int) -> int:
        return min(tick + 1 + max(0, self._ahead_ticks), self._clock.tick_count)

    def _outlook(self, tick: int) -> OfferOutlook:
        return OfferOutlook(self._connection_mw[tick], self._pue[tick], self._on_site_mw[tick])
