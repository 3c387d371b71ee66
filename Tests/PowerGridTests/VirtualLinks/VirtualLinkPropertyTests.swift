import LinearProgram
import PowerGrid
import Testing

/// Properties of every clearing (MODEL 3.3), on 400 random markets.
@Suite("Virtual links: properties") struct VirtualLinkPropertyTests {
    @Test func balancesAndBoundsHold() throws {
        for sample in RandomMarket.all {
            let market = sample.market
            let clearing = try market.clear()
            let trace = "seed \(sample.seed)"
            for point in market.points {
                #expect(abs(clearing.recomputedImbalance(at: point)) < 1e-6, "\(trace)")
                let executed = clearing.recomputedExecution(at: point)
                #expect(isClose(executed, clearing.executedMW[point]), "\(trace)")
                #expect(executed > -1e-6 && executed < market.computingLimitMW(at: point) + 1e-6, "\(trace)")
            }
            for (line, flows) in zip(market.lines, clearing.flowMW) {
                #expect(flows.allSatisfy { abs($0) < line.capacityMW + 1e-6 }, "\(trace)")
            }
            for (supplier, output) in zip(market.suppliers, clearing.supplyMW) {
                #expect(zip(output, supplier.capacitiesMW).allSatisfy { $0 > -1e-6 && $0 < $1 + 1e-6 }, "\(trace)")
                let changes = zip(output, output.dropFirst()).map { abs($0 - $1) }
                #expect(changes.allSatisfy { $0 < supplier.rampMW + 1e-6 }, "\(trace)")
            }
            #expect(isClose(clearing.welfareUSD, clearing.recomputedWelfare), "\(trace)")
        }
    }

    @Test func moneyAddsUpAndNobodyLoses() throws {
        for sample in RandomMarket.all {
            let clearing = try sample.market.clear()
            let money = clearing.settlement
            let trace = "seed \(sample.seed)"
            #expect(
                isClose(
                    money.totalLoadPaymentUSD,
                    money.totalSupplierIncomeUSD + money.totalLineIncomeUSD + money.totalLinkIncomeUSD), "\(trace)")
            #expect(
                isClose(
                    money.loadComputingPaymentUSD.reduce(0, +),
                    money.linkComputingIncomeUSD.reduce(0, +) + money.siteIncomeUSD.reduce(0, +)), "\(trace)")
            let profits = [money.loadProfitUSD, money.supplierProfitUSD, money.linkProfitUSD, money.siteIncomeUSD]
            #expect(profits.joined().allSatisfy { $0 > -1e-6 }, "\(trace)")
            #expect(money.lineProfitUSD.reduce(0, +) > -1e-6, "\(trace)")
        }
    }

    @Test func computingHasAPriceOnlyAtFullSitesAndEmptySenders() throws {
        var (full, empty) = (0, 0)
        for sample in RandomMarket.all {
            let clearing = try sample.market.clear()
            let senders = sample.market.links.map(\.sender)
            for point in sample.market.points {
                let price = clearing.computingPriceUSDPerMWh[point]
                if price > 0 {
                    #expect(isClose(clearing.executedMW[point], sample.market.computingLimitMW(at: point)))
                    full += 1
                } else if price < 0 {
                    #expect(isClose(clearing.executedMW[point], 0) && senders.contains(point), "seed \(sample.seed)")
                    empty += 1
                }
            }
        }
        #expect(full > 30 && empty > 30, "prices that are always zero test nothing")
    }

    /// The certificate of optimality, by means of its own: the allocation is feasible (above), and at the prices nobody
    /// could earn more by any other choice within their limits.
    @Test func nobodyCouldDoBetterAtThePrices() throws {
        for sample in RandomMarket.all {
            let clearing = try sample.market.clear()
            let money = clearing.settlement
            let trace = "seed \(sample.seed)"
            for index in sample.market.loads.indices {
                #expect(isClose(clearing.bestProfit(ofLoad: index), money.loadProfitUSD[index]), "\(trace)")
            }
            for index in sample.market.links.indices {
                #expect(isClose(clearing.bestProfit(ofLink: index), money.linkProfitUSD[index]), "\(trace)")
            }
            for index in sample.market.sites.indices {
                #expect(isClose(clearing.bestProfit(ofSite: index), money.siteIncomeUSD[index]), "\(trace)")
            }
            for index in sample.market.suppliers.indices {
                let best = try clearing.bestProfit(ofSupplier: index)
                #expect(isClose(best, money.supplierProfitUSD[index]), "\(trace)")
            }
            #expect(isClose(try clearing.bestProfitOfNetwork(), money.lineProfitUSD.reduce(0, +)), "\(trace)")
        }
    }

    @Test func moreLinkCapacityNeverLowersWelfare() throws {
        var gains = 0
        for sample in RandomMarket.all where !sample.market.links.isEmpty {
            let index = Int(sample.seed) % sample.market.links.count
            let capacity = sample.market.links[index].capacityMW
            let before = try sample.market.clear().welfareUSD
            for greater in [capacity + 0.5, 2 * capacity + 3, .infinity] {
                let after = try sample.market.with(capacityMW: greater, ofLink: index).clear().welfareUSD
                #expect(after > before - 1e-6 * max(1, abs(before)), "seed \(sample.seed)")
                if after > before + 1e-6 { gains += 1 }
            }
        }
        #expect(gains > 30, "capacity that never matters tests nothing")
    }

    @Test func linksWithoutCapacityAreNoLinks() throws {
        for sample in RandomMarket.all {
            let closed = sample.market.links.map {
                VirtualLink(from: $0.sender, to: $0.receiver, bidUSDPerMWh: $0.bidUSDPerMWh, capacityMW: 0)
            }
            let without = try sample.market.with(links: []).clear()
            let with = try sample.market.with(links: closed).clear()
            #expect(isClose(with.welfareUSD, without.welfareUSD), "seed \(sample.seed)")
            #expect(with.shiftMW.allSatisfy { $0 == 0 })
        }
    }

    @Test func priceIntervalIsTheDerivativeOfWelfare() throws {
        let step = 1e-4
        var wide = 0
        for sample in RandomMarket.all {
            let clearing = try sample.market.clear()
            let interval = try clearing.priceInterval(at: sample.point)
            let urgent = VirtualLinkMarket.urgentUSDPerMWh
            let more = try sample.market.with(powerMW: step, at: sample.point).clear().welfareUSD
            let less = try sample.market.with(powerMW: -step, at: sample.point).clear().welfareUSD
            let right = urgent - (more - clearing.welfareUSD) / step
            let left = (less - clearing.welfareUSD) / step - urgent
            let trace = "seed \(sample.seed): \(left)...\(right), \(interval)"
            #expect(isClose(right, min(urgent, interval.upperBound), 1e-5), "\(trace)")
            #expect(isClose(left, max(-urgent, interval.lowerBound), 1e-5), "\(trace)")
            let price = clearing.priceUSDPerMWh[sample.point]
            #expect(price > interval.lowerBound - 1e-6 && price < interval.upperBound + 1e-6, "\(trace), \(price)")
            if interval.upperBound > interval.lowerBound + 1e-3 { wide += 1 }
        }
        #expect(wide > 30, "prices that are always unique test nothing")
    }

    @Test func relocationConservesEnergyOfComputingNotOfFacilities() throws {
        var changed = 0
        for sample in RandomMarket.all {
            let market = sample.market
            let clearing = try market.clear()
            var (bought, executed, boughtIT, executedIT) = (0.0, 0.0, 0.0, 0.0)
            for point in market.points {
                let here = zip(market.loads, clearing.demandMW).filter { $0.0.bus == point.bus }
                let demand = here.reduce(0) { $0 + $1.1[point.period] }
                bought += demand
                executed += clearing.executedMW[point]
                boughtIT += demand / market.pue(at: point)
                executedIT += clearing.executedMW[point] / market.pue(at: point)
            }
            #expect(isClose(boughtIT, executedIT), "seed \(sample.seed)")
            if !isClose(bought, executed) { changed += 1 }
        }
        #expect(changed > 30, "facility energy that never changes tests nothing")
    }

    /// In a mesh power takes every path, also one from a dear bus to a cheap one.
    @Test func aLineOfAMeshMayLose() throws {
        let losers = try RandomMarket.all.filter { sample in
            try sample.market.clear().settlement.lineProfitUSD.contains { $0 < -1e-3 }
        }
        #expect(!losers.isEmpty, "the sum over lines is checked because single ones lose")
    }

    @Test("Both backends find the same welfare", .enabled(if: (try? HighsLibrary.load()) != nil, "HiGHS not found"))
    func bothBackendsFindTheSameWelfare() throws {
        for sample in RandomMarket.all.prefix(100) {
            let clp = try sample.market.clear(backend: .clp).welfareUSD
            #expect(isClose(clp, try sample.market.clear(backend: .highs).welfareUSD), "seed \(sample.seed)")
        }
    }

    @Test func sameMarketSameBits() throws {
        for sample in RandomMarket.all.prefix(100) {
            let (first, second) = (try sample.market.clear(), try sample.market.clear())
            #expect(first.settlement == second.settlement && first.priceUSDPerMWh == second.priceUSDPerMWh)
            #expect(first.shiftMW == second.shiftMW && first.flowMW == second.flowMW)
        }
    }
}
