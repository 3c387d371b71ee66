/// A compensated sum (Neumaier): its error does not grow with the number of terms, so that the order of rows and the
/// version of SQLite do not show in any total.
struct Sum {
    private var total = 0.0
    private var compensation = 0.0

    /// Adds a term.
    mutating func add(_ term: Double) {
        let next = total + term
        compensation += abs(total) >= abs(term) ? (total - next) + term : (term - next) + total
        total = next
    }

    /// The sum.
    var value: Double { total + compensation }
}

/// A mean of numbers that count alike.
struct MeanMeter {
    private var sum = Sum()
    private var count = 0

    /// Adds a number.
    mutating func add(_ number: Double) {
        sum.add(number)
        count += 1
    }

    /// The mean; nil of nothing.
    var mean: Double? { count > 0 ? sum.value / Double(count) : nil }
}
