internal import Synchronization

/// Takes orders for a coordinator's service from any thread, and wakes it.
public final class OrderBox: Sendable {
    private let orders = Mutex<[CoordinatorService.Order]>([])
    private let waker: Waker

    init(waker: Waker) {
        self.waker = waker
    }

    /// Gives an order.
    public func give(_ order: CoordinatorService.Order) {
        orders.withLock { $0.append(order) }
        waker.wake()
    }

    /// The orders given since the last call.
    func take() -> [CoordinatorService.Order] {
        orders.withLock { orders in
            defer { orders = [] }
            return orders
        }
    }
}
