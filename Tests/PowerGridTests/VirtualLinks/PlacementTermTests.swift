import PowerGrid
import Testing

/// Virtual links from the terms of inference placement (MODEL 1, 3.3).
@Suite("Virtual links: placement terms") struct PlacementTermTests {
    /// 2 Wh a request, 10 million requests an hour, a tenth pinned, 0.01 cent each: 20 MW of IT at home.
    private static func term(isAllowed: Bool = true, requests: Double = 1e7) -> PlacementTerm {
        PlacementTerm(
            energyKWhPerRequest: 0.002, requestsPerTick: requests, relocatableShare: 0.9, isAllowed: isAllowed,
            frictionUSDPerRequest: 0.0001)
    }

    @Test func capAndBidFollowTheFormulas() {
        #expect(isClose(Self.term().capacityMW(senderPUE: 1.25, tickHours: 1), 22.5))
        #expect(isClose(Self.term().capacityMW(senderPUE: 1.25, tickHours: 0.25), 90))
        #expect(isClose(Self.term().bidUSDPerMWh(senderPUE: 1.25), 40))
        #expect(Self.term(isAllowed: false).capacityMW(senderPUE: 1.25, tickHours: 1) == 0)
    }

    @Test func onlyClassesThatMayMoveHaveLinks() {
        let links = VirtualLink.links(
            from: MarketPoint(bus: 0), to: MarketPoint(bus: 1),
            terms: [Self.term(isAllowed: false), Self.term(), Self.term(requests: 0)], senderPUE: 1.25)
        #expect(
            links == [
                VirtualLink(
                    from: MarketPoint(bus: 0), to: MarketPoint(bus: 1),
                    bidUSDPerMWh: Self.term().bidUSDPerMWh(senderPUE: 1.25),
                    capacityMW: Self.term().capacityMW(senderPUE: 1.25, tickHours: 1))
            ])
    }

    /// (1.10): a class moves if e (η_home π_home − η_region π_region) exceeds its friction, and the share that may.
    @Test(arguments: [(30.0, true), (47.9, true), (48.1, false), (70, false)])
    func breakEvenIsThatOfPlacement(remotePrice: Double, moves: Bool) throws {
        let (homePrice, homePUE, remotePUE) = (80.0, 1.25, 1.25 * 40 / 48)
        let friction = Self.term().frictionUSDPerRequest
        let saving = Self.term().energyKWhPerRequest * (homePUE * homePrice - remotePUE * remotePrice) / 1000
        #expect((saving > friction) == moves)
        let links = VirtualLink.links(
            from: MarketPoint(bus: 0), to: MarketPoint(bus: 1), terms: [Self.term()], senderPUE: homePUE)
        let clearing = try VirtualLinkMarket(
            busCount: 2,
            suppliers: [
                MarketSupplier(bus: 0, bidsUSDPerMWh: [homePrice], capacitiesMW: [100]),
                MarketSupplier(bus: 1, bidsUSDPerMWh: [remotePrice], capacitiesMW: [100]),
            ],
            loads: [MarketLoad(bus: 0, bidsUSDPerMWh: [1000], capacitiesMW: [25])],
            sites: [
                ComputingSite(bus: 0, limitsMW: [.infinity], pue: [homePUE]),
                ComputingSite(bus: 1, limitsMW: [.infinity], pue: [remotePUE]),
            ], links: links
        ).clear()
        #expect(isClose(clearing.shiftMW, [moves ? 22.5 : 0]))
        if moves { #expect(isClose(clearing.welfareUSD, 25 * 1000 - 25 * homePrice + (saving - friction) * 0.9e7)) }
    }
}
