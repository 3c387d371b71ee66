/// What a report says of a run or a sweep, before it is laid out.
public struct Report: Sendable, Equatable {
    /// What a report is of.
    public enum Subject: String, Sendable {
        /// A run.
        case run
        /// A sweep.
        case sweep
    }

    /// What the report is of.
    public var subject: Subject
    /// Name of the scenario or sweep.
    public var title: String
    /// One line on what was run.
    public var subtitle: String
    /// What a reader must know first: that the run failed, or is not over.
    public var warnings: [String]
    /// What the run came to, most important first.
    public var findings: [Finding]
    /// Figures by question.
    public var sections: [Section]
    /// What was run: scenario or axes, seeds, digests, versions.
    public var facts: [Fact]

    /// All figures in order.
    public var figures: [Figure] { sections.flatMap(\.figures) }
}

/// A number that a reader should take away.
public struct Finding: Sendable, Equatable {
    /// What it is a number of.
    public var title: String
    /// The number with its unit, large.
    public var number: String
    /// The change against the baseline; empty without one.
    public var change: String
    /// A sentence with both values.
    public var sentence: String
    /// Whether the change is for the better; nil where that is not for us to say, or nothing changed.
    public var isBetter: Bool?
}

/// Something about the run.
public struct Fact: Sendable, Equatable {
    /// Its name.
    public var name: String
    /// What it is.
    public var value: String
}

/// Figures that answer one question.
public struct Section: Sendable, Equatable {
    /// Part of the address of the section in the page.
    public var id: String
    /// The question or topic.
    public var title: String
    /// What stands in place of figures there are no data for; empty otherwise.
    public var note: String
    /// The figures.
    public var figures: [Figure]
}

/// A figure with the table behind it.
public struct Figure: Sendable, Equatable {
    /// How its width follows that of the page.
    public enum Layout: String, Sendable {
        /// One diagram over the whole width.
        case wide
        /// As many small diagrams of one kind in a row as there is room for.
        case facets
        /// No diagram: the table alone.
        case table
    }

    /// Part of its address in the page, and the name of its files: small letters, digits and hyphens.
    public var id: String
    /// What is shown, with the quantity that it found.
    public var title: String
    /// How to read it.
    public var caption: String
    /// For those who cannot see it.
    public var description: String
    /// What was left out or thinned; empty where nothing was.
    public var note: String = ""
    /// How its width follows that of the page.
    public var layout: Layout = .wide
    /// Vega-Lite specification; its data named `rows` are those of the table. Nothing where the table stands alone.
    public var spec: JSON = .null
    /// The numbers.
    public var table: Table
    /// Further named data of the specification: shapes, never numbers of the run.
    public var shapes: [JSON.Member] = []
}
