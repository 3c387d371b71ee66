import Glibc

/// A benchmark program: figures on standard output, errors on standard error.
public enum Program {
    /// Runs what a program does with its arguments; whatever it throws ends the program with status 2.
    public static func run(_ name: String, _ body: ([String]) throws -> Void) {
        do {
            try body(Array(CommandLine.arguments.dropFirst()))
        } catch {
            let line = Array("\(name): \(error)\n".utf8)
            _ = write(2, line, line.count)
            exit(2)
        }
    }

    /// Prints one result as a line of JSON: a name, and lists of samples by measure.
    public static func report(_ name: String, _ samples: [(measure: String, values: [Double])]) {
        let fields = samples.map { "\"\($0.measure)\": [\($0.values.map { "\($0)" }.joined(separator: ", "))]" }
        print("{\"name\": \"\(name)\", \(fields.joined(separator: ", "))}")
        // Some results take minutes, and whoever waits wants to see the lines as they come.
        fflush(nil)
    }
}
