/// How much work could run away from home, and how much did: the nested meanings of relocatable inference demand (MODEL
/// 1.8), MWh of IT energy.
///
/// Economic <= feasible <= technical, and realised <= feasible, by construction. Realised <= economic holds for what
/// moved without loss; what moved at a loss is counted by itself and breaks it. A clearing that minimises 1.1 on the
/// signals of the book, without switching (1.6), moves nothing at a loss while every home has room for all the work that
/// could run there: whatever had moved at a loss would be better off at home. Full homes, switching, other objectives
/// and couplings that price anew can all move work at a loss.
public struct RelocatableDemand: Sendable, Equatable, Codable {
    /// All the work that was asked for.
    public var demandMWh = 0.0
    /// Work with a region other than home within its latency mask, whatever law and room say.
    public var technicalMWh = 0.0
    /// The most that could move under 1.2 to 1.4: masks, capacity, connection, energy and state locality. The other work
    /// gives way, unserved if need be.
    public var feasibleMWh = 0.0
    /// The most of it that could move where moving loses nothing (MODEL 1.10, a tie being no loss).
    public var economicMWh = 0.0
    /// Work that ran away from home.
    public var realisedMWh = 0.0
    /// The part of it that ran where break-even does not hold, nor a tie.
    public var realisedAtLossMWh = 0.0

    /// Nothing, to be added to.
    public init() {}

    /// Adds the demand of another tick.
    public static func += (sum: inout RelocatableDemand, other: RelocatableDemand) {
        sum.demandMWh += other.demandMWh
        sum.technicalMWh += other.technicalMWh
        sum.feasibleMWh += other.feasibleMWh
        sum.economicMWh += other.economicMWh
        sum.realisedMWh += other.realisedMWh
        sum.realisedAtLossMWh += other.realisedAtLossMWh
    }

    /// Whether realised <= economic <= feasible <= technical, within a millionth of the demand.
    public var isNested: Bool {
        let slack = 1e-6 * demandMWh
        return realisedMWh <= economicMWh + slack && economicMWh <= feasibleMWh + slack
            && feasibleMWh <= technicalMWh + slack
    }
}

/// A book with what decides which of its work can move: the question of MODEL 1.8 for one tick.
public struct RelocationQuestion: Sendable {
    /// The book; the options of each order are the regions within its masks.
    public let book: OrderBook
    /// Whether an order has a region other than home within its latency mask.
    public let isTechnical: [Bool]
    /// Whether it is no loss to move an order to an option (MODEL 1.10); home is none.
    public let isEconomic: [[Bool]]
    /// IT energy that ran, by order and option, MWh.
    public let placedMWh: [[Double]]

    /// A question from its parts.
    public init(book: OrderBook, isTechnical: [Bool], isEconomic: [[Bool]], placedMWh: [[Double]]) {
        self.book = book
        self.isTechnical = isTechnical
        self.isEconomic = isEconomic
        self.placedMWh = placedMWh
    }

    /// The demand of some orders as far as it takes no optimum.
    func certainDemand(of orders: [Int]) -> RelocatableDemand {
        var demand = RelocatableDemand()
        for index in orders {
            let order = book.orders[index]
            demand.demandMWh += order.energyMWh
            if isTechnical[index] { demand.technicalMWh += order.energyMWh }
            for option in order.line.options.indices where isAway(index, option) {
                demand.realisedMWh += placedMWh[index][option]
                if !isEconomic[index][option] { demand.realisedAtLossMWh += placedMWh[index][option] }
            }
        }
        return demand
    }

    /// Whether an option of an order is away from home.
    func isAway(_ order: Int, _ option: Int) -> Bool {
        book.orders[order].line.options[option].region != book.orders[order].home
    }
}

/// Answers the question for groups of orders, tick after tick: the most that can move is a linear program.
///
/// It is the program of the clearing with other costs: a MWh of the group that runs away from home is worth 1, all else
/// nothing. Only the optimum is unique, not what moves at it, so that each class and origin is a question of its own and
/// its answers do not add up to the system's.
public struct RelocationPotential: Sendable {
    private var house: ClearingHouse

    /// Before the first book. Throws `ClearingError` when no solver can be had.
    public init() throws(ClearingError) {
        do {
            house = try ClearingHouse(mechanism: Mechanism(.leastCost))
        } catch {
            throw ClearingError(unavailable: error)
        }
    }

    /// The relocatable demand of each of some groups of orders of a book, by their positions.
    ///
    /// Books must be alike as those of `ClearingHouse.clear` must. Throws `ClearingError` when the solver fails.
    public mutating func demands(of groups: [[Int]], in question: RelocationQuestion) throws(ClearingError)
        -> [RelocatableDemand]
    {
        var known: [[Int]: RelocatableDemand] = [:]
        var optima: [Placement] = []
        var demands: [RelocatableDemand] = []
        for orders in groups {
            if let same = known[orders] {
                demands.append(same)
                continue
            }
            var demand = question.certainDemand(of: orders)
            demand.feasibleMWh = try most(of: orders, in: question, &optima) { _, _ in true }
            demand.economicMWh = try most(of: orders, in: question, &optima) { question.isEconomic[$0][$1] }
            known[orders] = demand
            demands.append(demand)
        }
        return demands
    }

    /// The most energy of some orders that can run away from home where an option counts, MWh.
    ///
    /// Where an optimum found before for the same book moves all that may move, there is nothing to solve.
    private mutating func most(
        of orders: [Int], in question: RelocationQuestion, _ optima: inout [Placement],
        where counts: (Int, Int) -> Bool
    ) throws(ClearingError) -> Double {
        var book = question.book.costless
        var isCounted = book.orders.map { $0.line.options.map { _ in false } }
        var movableMWh = 0.0
        for index in orders {
            let line = book.orders[index].line
            for option in line.options.indices where question.isAway(index, option) && counts(index, option) {
                isCounted[index][option] = true
                book.orders[index].line.options[option].frictionUSDPerRequest = -line.energyKWhPerRequest / 1000
            }
            if isCounted[index].contains(true) { movableMWh += line.movableShare * book.orders[index].energyMWh }
        }
        guard movableMWh > 0 else { return 0 }
        for optimum in optima {
            let moved = optimum.awards.reduce(0) { isCounted[$1.order][$1.option] ? $0 + $1.energyMWh : $0 }
            if moved >= movableMWh * (1 - 1e-9) { return moved }
        }
        let optimum = try house.attempt(book).placement
        optima.append(optimum)
        return max(0, -optimum.objective)
    }
}

extension OrderBook {
    /// The book with no price on anything.
    fileprivate var costless: OrderBook {
        var book = self
        for region in book.supplies.indices {
            for block in book.supplies[region].blocks.indices {
                book.supplies[region].blocks[block].priceUSDPerMWh = 0
            }
        }
        for order in book.orders.indices {
            book.orders[order].line.valueUSDPerRequest = 0
            book.orders[order].line.switchingUSDPerRequest = 0
            for option in book.orders[order].line.options.indices {
                book.orders[order].line.options[option].frictionUSDPerRequest = 0
            }
        }
        return book
    }
}
