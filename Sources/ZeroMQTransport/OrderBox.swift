internal import Synchronization

/// Takes orders for a coordinator's service from any thread, and wakes it.
public final class OrderBox: Sendable {
    private let orders = Mutex<[CoordinatorService.Order]>([])
    private let wake: @Sendable () -> Void

    /// An empty box; `wake` is called after each order.
    init(wake: @escaping @Sendable () -> Void) {
        self.wake = wake
    }

    /// Gives an order.
    public func give(_ order: CoordinatorService.Order) {
        orders.withLock { $0.append(order) }
        wake()
    }

    /// The orders given since the last call.
    func take() -> [CoordinatorService.Order] {
        orders.withLock { orders in
            defer { orders = [] }
            return orders
        }
    }
}
