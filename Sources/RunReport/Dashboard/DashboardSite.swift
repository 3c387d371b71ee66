internal import Foundation
internal import RunStore

/// What the dashboard answers: its page, how runs stand, ticks that have been, and orders to hold a run or let it go on.
///
/// It knows no sockets. Runs are read when somebody asks and at most every 150 ms, however many ask.
public actor DashboardSite {
    /// A question of a browser.
    public struct Request: Sendable {
        let method: String
        let path: String
        let query: [String: String]

        /// A question; `path` without the query, both as they came.
        public init(method: String, path: String, query: [String: String]) {
            (self.method, self.path, self.query) = (method, path, query)
        }
    }

    /// An answer.
    public struct Response: Sendable, Equatable {
        /// Status of HTTP.
        public let status: Int
        /// Media type of the body.
        public let type: String
        /// What it says.
        public let body: String

        static func json(_ value: JSON) -> Response {
            Response(status: 200, type: "application/json", body: value.text)
        }

        static func problem(_ status: Int, _ words: String) -> Response {
            Response(status: status, type: "text/plain; charset=utf-8", body: words)
        }
    }

    private struct Run {
        let name: String
        var tap: RunTap
        let hold: HoldFile
        var last: (text: String, instant: SuspendingClock.Instant)?
    }

    /// What browsers are told they may do with the page.
    public static var policy: String { DashboardPage.policy }

    private static let freshness = Duration.milliseconds(150)
    private var runs: [Run]

    /// A site for runs by their folders, side by side in this order.
    public init(runs folders: [String]) {
        runs = folders.map {
            Run(name: URL(fileURLWithPath: $0).lastPathComponent, tap: RunTap(folder: $0), hold: HoldFile(inFolder: $0))
        }
    }

    /// Answers a question.
    public func answer(_ request: Request) -> Response {
        let parts = request.path.split(separator: "/").map(String.init)
        if parts.isEmpty || parts == ["index.html"] {
            guard request.method == "GET" else { return .problem(405, "GET shows the page") }
            return Response(
                status: 200, type: "text/html; charset=utf-8", body: DashboardPage.html(runs: runs.map(\.name)))
        }
        guard parts.count == 4, parts[0] == "api", parts[1] == "runs", let number = Int(parts[2]),
            runs.indices.contains(number)
        else { return .problem(404, "there is nothing of that name") }
        do {
            switch (request.method, parts[3]) {
            case ("GET", "about"): return .json(try runs[number].tap.description()?.json ?? .null)
            case ("GET", "view"): return try view(of: number)
            case ("GET", "frame"): return try frame(of: number, tick: request.query["tick"])
            case ("POST", let order): return try obey(order, number)
            default: return .problem(404, "there is nothing of that name")
            }
        } catch let error as RunStoreError {
            return .problem(500, error.description)
        } catch {
            return .problem(500, "the folder of the run cannot be used: \(error.localizedDescription)")
        }
    }

    private func view(of number: Int) throws -> Response {
        let now = SuspendingClock.now
        if let last = runs[number].last, now - last.instant < Self.freshness {
            return Response(status: 200, type: "application/json", body: last.text)
        }
        let text = try runs[number].tap.look().json.text
        runs[number].last = (text, now)
        return Response(status: 200, type: "application/json", body: text)
    }

    private func frame(of number: Int, tick text: String?) throws -> Response {
        guard let tick = text.flatMap({ Int($0) }), tick >= 0 else {
            return .problem(400, "tick must be the number of a tick, from 0")
        }
        return .json(try runs[number].tap.frame(atTick: tick)?.json ?? .null)
    }

    /// Holds a run, takes it a tick on, or lets it go on.
    private func obey(_ order: String, _ number: Int) throws -> Response {
        guard ["hold", "step", "release"].contains(order) else { return .problem(404, "there is nothing of that name") }
        let view = try runs[number].tap.look()
        switch order {
        case "release": try runs[number].hold.release()
        case _ where view.status.isOver: return .problem(409, "the run is not under way but \(view.status.rawValue)")
        case "step": try runs[number].hold.step(1, finished: view.ticks)
        default: try runs[number].hold.hold(afterTicks: 0)
        }
        runs[number].last = nil
        return .json(true)
    }
}
