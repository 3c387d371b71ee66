import Foundation
import Testing

extension CommandTests {
    /// Runs that are watched: held and let go on, shown in a terminal and in a browser.
    @Suite struct WatchTests {
        /// Waits until a condition holds. Throws when it does not come to hold.
        private func wait(
            _ what: String, within limit: Duration = .seconds(30), until holds: () async throws -> Bool
        ) async throws {
            let deadline = ContinuousClock.now + limit
            while try await !holds() {
                guard ContinuousClock.now < deadline else { throw TestSetupError("this did not happen: \(what)") }
                try await Task.sleep(for: .milliseconds(20))
            }
        }

        private func top(_ sandbox: Sandbox, _ run: String) async throws -> String {
            let result = try await sandbox.gridtide("top", run, "--once")
            try #require(result.status == 0, "\(result.notes)")
            return result.output
        }

        @Test(arguments: ["--processes=per-agent", "--in-process"])
        func aHeldRunComesOutTheSame(layout: String) async throws {
            let sandbox = try Sandbox()
            try sandbox.write(LongRun.scenario, to: "long.yaml")
            let ticks = ["--set", "clock.ticks=1500"]
            let quiet = try await sandbox.run(["--in-process", "--no-baseline"] + ticks, as: "long.yaml")
            let run = "runs/long-2"
            let program = try sandbox.start(["run", "long.yaml", "--no-baseline", layout] + ticks)
            try await wait("the run has a folder") { sandbox.names(in: run).contains("journal") }
            try sandbox.write("5", to: "\(run)/hold")
            var (text, held) = ("", 0)
            try await wait("it is held, and what is finished is stored") {
                let now = try await top(sandbox, run)
                defer { text = now }
                held = now.firstMatch(of: /(\d+)\/1500/).flatMap { Int($0.1) } ?? 0
                return now.contains("held") && held >= 5 && now == text
            }
            #expect(try await sandbox.gridtide("hold", run, "--step", "3").status == 0)
            try await wait("three ticks are done") { try await top(sandbox, run).contains("\(held + 3)/1500") }
            #expect(try await sandbox.gridtide("hold", run, "--off").status == 0)
            let result = try await program.result()
            #expect(result.status == 0, "\(result.notes)")
            #expect(result.output.value(of: "digest") == quiet)
            #expect(result.notes.contains("--off' lets it go on"), "\(result.notes)")
            #expect(try await sandbox.gridtide("verify", run).status == 0)
            #expect(try await top(sandbox, run).contains("finished"))
        }

        @Test func saysWhatIsWrong() async throws {
            let sandbox = try Sandbox()
            _ = try await sandbox.run("--in-process", "--no-baseline")
            for (arguments, status, words) in [
                (["hold", "runs"], 2, "holds no run"), (["top", "runs"], 2, "holds no run"),
                (["watch", "runs"], 2, "holds no run"),
                (["watch"], 64, "run"),
                (["hold", "runs/two-region-1"], 2, "finished"),
                (["hold", "runs/two-region-1", "--step", "2"], 2, "finished"),
                (["hold", "runs/two-region-1", "--step", "0"], 64, "from 1"),
                (["hold", "runs/two-region-1", "--step", "1", "--off"], 64, "exclude each other"),
                (["watch", "runs/two-region-1", "--port", "70000"], 64, "--port"),
                (["watch", "runs/two-region-1", "--host", "nowhere"], 74, "nowhere"),
            ] as [([String], Int32, String)] {
                let result = try await sandbox.start(arguments).result()
                #expect(result.status == status && result.notes.contains(words), "\(arguments): \(result)")
            }
        }

        /// Asks a dashboard as curl does.
        private func ask(_ address: String, _ arguments: String..., in sandbox: Sandbox) async throws -> String {
            let words = arguments.map { "'\($0)'" }.joined(separator: " ")
            return try await sandbox.shell("python3 ask.py '\(address)' \(words)").output
        }

        private static let ask = """
            import sys, urllib.request, urllib.error
            headers = dict(word.split(": ", 1) for word in sys.argv[3:])
            request = urllib.request.Request(sys.argv[1], method=sys.argv[2] if len(sys.argv) > 2 else "GET", headers=headers)
            try:
                answer = urllib.request.urlopen(request, timeout=20)
            except urllib.error.HTTPError as error:
                answer = error
            print(answer.status, answer.headers.get("Content-Security-Policy", "none")[:18], answer.read().decode())
            """

        @Test func servesADashboard() async throws {
            let sandbox = try Sandbox()
            try sandbox.write(Self.ask, to: "ask.py")
            _ = try await sandbox.run("--in-process", "--no-baseline")
            let server = try sandbox.start(["watch", "runs/two-region-1"])
            try await wait("it says where it is") { server.outputSoFar.contains("http://127.0.0.1:") }
            let address = server.outputSoFar.trimmingCharacters(in: .whitespacesAndNewlines)
            let view = try await ask(address + "api/runs/0/view", in: sandbox)
            #expect(view.hasPrefix("200 default-src 'none'") && view.contains("\"status\":\"finished\""), "\(view)")
            #expect(try await ask(address, in: sandbox).contains("<title>Gridtide</title>"))
            #expect(try await ask(address, "GET", "Host: evil.example", in: sandbox).hasPrefix("403"))
            #expect(try await ask(address + "api/runs/0/hold", "POST", in: sandbox).hasPrefix("403"))
            #expect(!sandbox.names(in: "runs/two-region-1").contains("hold"), "a refused order holds nothing")
            server.send(SIGINT)
            #expect(try await server.result(within: .seconds(10)).signal == SIGINT)
        }

        @Test func wantsATokenWhereOthersCanReachIt() async throws {
            let sandbox = try Sandbox()
            try sandbox.write(Self.ask, to: "ask.py")
            _ = try await sandbox.run("--in-process", "--no-baseline")
            let server = try sandbox.start(["watch", "runs/two-region-1", "--host", "0.0.0.0"])
            defer { server.end() }
            try await wait("it says where it is") { server.outputSoFar.contains("?token=") }
            let link = server.outputSoFar.trimmingCharacters(in: .whitespacesAndNewlines)
                .replacing("0.0.0.0", with: "127.0.0.1")
            let parts = link.split(separator: "?token=")
            #expect(parts[1].count == 32)
            #expect(try await ask(link, in: sandbox).hasPrefix("200"))
            #expect(try await ask("\(parts[0])", in: sandbox).hasPrefix("401"))
            let view = "\(parts[0])api/runs/0/view"
            #expect(try await ask(view, "GET", "Authorization: Bearer \(parts[1])", in: sandbox).hasPrefix("200"))
            #expect(try await ask(view, "GET", "Authorization: Bearer 0", in: sandbox).hasPrefix("401"))
        }

        @Test func aRunIsWatchedWhileItGoesOn() async throws {
            let sandbox = try Sandbox()
            let program = try sandbox.start(["run", "Scenarios/two-region", "--no-baseline", "--watch"])
            let result = try await program.result()
            #expect(result.status == 0 && result.notes.contains("watch it at http://127.0.0.1:"), "\(result.notes)")
            let left = ProcessTable.all().filter { $0.words.contains { $0.contains(sandbox.folder.path) } }
            #expect(left.isEmpty, "the dashboard ends with its run: \(left)")
        }

        /// A browser shows a run under way: charts and map have marks, nothing goes wrong, numbers are the database's.
        @Test func drawsInABrowser() async throws {
            guard let browser = Browser.here else {
                return print("skipped, since there is no chromium: the dashboard in a browser")
            }
            let sandbox = try Sandbox()
            _ = try await sandbox.run("--in-process", "--no-baseline")
            let server = try sandbox.start(["watch", "runs/two-region-1"])
            defer { server.end() }
            try await wait("it says where it is") { server.outputSoFar.contains("http://") }
            let address = server.outputSoFar.trimmingCharacters(in: .whitespacesAndNewlines)
            let document = try await browser.document(at: address, in: sandbox)
            let head = try #require(document.firstMatch(of: /<html[^>]*>/)).0
            #expect(!head.contains("data-errors"), "\(head)")
            let lines = document.matches(of: /class="line" d="M[^"]{20,}"/)
            #expect(lines.count >= 4, "every chart has a line: \(lines.count)")
            #expect(document.matches(of: /<circle class="region"/).count == 2)
            let text = try await top(sandbox, "runs/two-region-1")
            let load = try #require(text.firstMatch(of: /draw of compute +([0-9.,]+) MW/)).1.replacing(",", with: "")
            let chart = try #require(document.firstMatch(of: /<h2>Draw of compute<\/h2>.*?class="value">([0-9.,]+) MW/))
            let drawn = chart.1
            let (one, other) = (Double(load) ?? .nan, Double(drawn.replacing(",", with: "")) ?? .nan)
            #expect(abs(one - other) <= 1e-3 * abs(one), "\(load) in the terminal, \(drawn) in the browser")
        }

        /// The short form of `Tests/browser/dashboard.py`, which says itself that it was skipped where there is no browser.
        @Test func isUsedInABrowser() async throws {
            let sandbox = try Sandbox()
            let script = Program.repository.appendingPathComponent("Tests/browser/dashboard.py").path
            let result = try await sandbox.shell(
                "python3 \(script) --short --program \(try Program.path())", within: .seconds(300))
            #expect(result.status == 0, "\(result.notes)\(result.output)")
        }
    }
}
