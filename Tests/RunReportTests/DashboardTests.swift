import CoSimulation
import Foundation
import RunStore
import Testing

@testable import RunReport

/// The dashboard without its sockets: what it answers, and whom.
@Suite struct DashboardTests {
    private func ask(
        _ site: DashboardSite, _ path: String, _ method: String = "GET", query: [String: String] = [:]
    ) async -> DashboardSite.Response {
        await site.answer(DashboardSite.Request(method: method, path: path, query: query))
    }

    private func object(_ response: DashboardSite.Response) throws -> [String: Any] {
        try #require(response.status == 200, "\(response.body)")
        return try #require(JSONSerialization.jsonObject(with: Data(response.body.utf8)) as? [String: Any])
    }

    @Test func answersHowARunStands() async throws {
        let sample = try LiveSample()
        try sample.record(upTo: 4)
        let site = DashboardSite(runs: [sample.folder])
        let page = await ask(site, "/")
        #expect(page.status == 200 && page.type.hasPrefix("text/html") && page.body.contains("data-runs=\"[&quot;"))
        for foreign in ["http://", "https://", "src="] {
            let text = page.body.replacing("http://www.w3.org/2000/svg", with: "")
            #expect(!text.contains(foreign), "the page would fetch something: \(foreign)")
        }
        let about = try object(await ask(site, "/api/runs/0/about"))
        #expect(about["name"] as? String == "sample" && (about["agents"] as? [Any])?.count == 9)
        let map = try #require(about["map"] as? [String: Any])
        #expect((map["sites"] as? [Any])?.count == 3 && (map["land"] as? String)?.hasPrefix("M") == true)
        let view = try object(await ask(site, "/api/runs/0/view"))
        #expect(view["ticks"] as? Int == 4)
        let series = try #require((view["series"] as? [String: Any])?["load"] as? [String: Any])
        let drawn = try #require(series["mean"] as? [Double])
        let stored = try RunReader(path: sample.folder + "/run.sqlite").totals(ticks: 0..<4).map(\.loadMW)
        #expect(zip(drawn, stored).allSatisfy { abs($0 - $1) <= 5e-5 * abs($1) } && drawn.count == 4)
        let frame = try object(await ask(site, "/api/runs/0/frame", query: ["tick": "2"]))
        #expect(frame["tick"] as? Int == 2 && (frame["regions"] as? [Any])?.count == 3)
    }

    @Test func holdsAndReleases() async throws {
        let sample = try LiveSample()
        let site = DashboardSite(runs: [sample.folder])
        let hold = HoldFile(inFolder: sample.folder)
        #expect(await ask(site, "/api/runs/0/hold", "POST").status == 200 && hold.ticks == 0)
        try sample.record(upTo: 4)
        for ticks in [5, 6] {
            #expect(await ask(site, "/api/runs/0/step", "POST").status == 200)
            #expect(hold.ticks == ticks, "a step more, however quickly they come")
        }
        #expect(await ask(site, "/api/runs/0/release", "POST").status == 200 && hold.ticks == nil)
        #expect(await ask(site, "/api/runs/0/hold").status == 404, "looking changes nothing")
        try sample.finish(.failed, text: "over")
        for order in ["hold", "step"] {
            #expect(await ask(site, "/api/runs/0/\(order)", "POST").status == 409, "what is over cannot be held")
        }
        #expect(hold.ticks == nil)
    }

    @Test(
        arguments: [
            ("GET", "/api/runs/1/view", [:], 404), ("GET", "/api/runs/-1/view", [:], 404),
            ("GET", "/api/runs/x/view", [:], 404), ("GET", "/etc/passwd", [:], 404),
            ("GET", "/api/runs/0/../0/view", [:], 404),
            ("GET", "/api/runs/0/frame", [:], 400), ("GET", "/api/runs/0/frame", ["tick": "-1"], 400),
            ("GET", "/api/runs/0/frame", ["tick": "1e3"], 400), ("POST", "/api/runs/0/stop", [:], 404),
            ("POST", "/", [:], 405), ("PUT", "/api/runs/0/view", [:], 404),
        ] as [(String, String, [String: String], Int)])
    func refusesWhatMakesNoSense(method: String, path: String, query: [String: String], status: Int) async throws {
        let sample = try LiveSample()
        try sample.record(upTo: 1)
        let answer = await ask(DashboardSite(runs: [sample.folder]), path, method, query: query)
        #expect(answer.status == status, "\(answer)")
    }

    @Test func showsARunThatHasNotBegun() async throws {
        let folder = NSTemporaryDirectory() + "gridtide-none-\(UUID().uuidString)"
        let site = DashboardSite(runs: [folder])
        #expect(await ask(site, "/api/runs/0/about").body == "null")
        #expect(try object(await ask(site, "/api/runs/0/view"))["status"] as? String == "starting")
        #expect(await ask(site, "/api/runs/0/frame", query: ["tick": "0"]).body == "null")
    }

    @Test func saysWhatIsWrongWithADatabase() async throws {
        let folder = NSTemporaryDirectory() + "gridtide-bad-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try Data("not a database, but long enough to be looked at".utf8).write(
            to: URL(fileURLWithPath: folder + "/run.sqlite"))
        let answer = await ask(DashboardSite(runs: [folder]), "/api/runs/0/view")
        #expect(answer.status == 500 && answer.body.contains("run.sqlite"), "\(answer)")
    }

    @Test func letsInWhoMayComeIn() {
        let look = DashboardSite.Request(method: "GET", path: "/", query: [:])
        let order = DashboardSite.Request(method: "POST", path: "/api/runs/0/hold", query: [:])
        let withToken = DashboardSite.Request(method: "GET", path: "/", query: ["token": "secret"])
        let here = DashboardAccess(host: "127.0.0.1", port: 8080, token: nil)
        let open = DashboardAccess(host: "10.0.0.7", port: 8080, token: "secret")
        func status(
            _ access: DashboardAccess, _ request: DashboardSite.Request, _ headers: [String: String]
        ) -> Int? {
            access.refusal(of: request) { headers[$0] }?.status
        }
        for host in ["127.0.0.1:8080", "localhost:8080", "LOCALHOST:8080"] {
            #expect(status(here, look, ["Host": host]) == nil, "\(host)")
        }
        for host in ["evil.example:8080", "127.0.0.1:80", "127.0.0.1", ""] {
            #expect(status(here, look, ["Host": host]) == 403, "\(host)")
        }
        #expect(status(here, look, [:]) == 403)
        #expect(status(here, order, ["Host": "localhost:8080"]) == 403, "a form of another site")
        #expect(status(here, order, ["Host": "localhost:8080", "X-Gridtide": "1"]) == nil)
        #expect(status(open, look, ["Host": "10.0.0.7:8080"]) == 401)
        #expect(status(open, withToken, ["Host": "grid.example:8080"]) == nil, "the token is enough")
        #expect(status(open, look, ["Authorization": "Bearer secret"]) == nil)
        for wrong in ["Bearer secre", "Bearer secrets", "Bearer ", "Bearer Secret"] {
            #expect(status(open, look, ["Authorization": wrong]) == 401, "\(wrong)")
        }
    }
}
