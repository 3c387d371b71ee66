import Foundation
import Testing

/// A real browser without a window, and what it makes of a page.
struct Browser {
    private let path: String

    /// The browser of this machine, nil where there is none.
    static let here: Browser? = {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin").split(separator: ":")
        for name in ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"] {
            for folder in folders where FileManager.default.isExecutableFile(atPath: "\(folder)/\(name)") {
                return Browser(path: "\(folder)/\(name)")
            }
        }
        return nil
    }()

    /// What a person finds who opens a report at two sizes, in light and dark, walks through it by keyboard and clicks every
    /// button; see Tests/browser/report.py. What was saved and pictures are in the folder `look` of the sandbox.
    func visit(_ file: String, in sandbox: Sandbox) async throws -> Visit {
        let script = Program.repository.appendingPathComponent("Tests/browser/report.py").path
        let person = try RunningProgram(
            "/usr/bin/env", ["python3", script, path, file, sandbox.path("look")], in: sandbox.folder,
            environment: sandbox.environment)
        let result = try await person.result(within: .seconds(240))
        try #require(result.status == 0, "\(result.notes)")
        return try JSONDecoder().decode(Visit.self, from: Data(result.output.utf8))
    }

    /// What was found.
    struct Visit: Decodable {
        /// The page at a size in a scheme.
        struct View: Decodable {
            let name: String
            let drawn: Int
            let errors: String
            let excess: Int
            let cut: [String]
            let background: String
        }

        /// An element that the keyboard reached.
        struct Stop: Decodable {
            let name: String
            let tag: String
            let outline: Bool
            let inside: Bool
        }

        /// The way through the page by Tab, and what Enter did to the first table.
        struct Keys: Decodable {
            let reached: [Stop]
            let opened: Bool
            let table: String
        }

        /// A file that a button saved.
        struct File: Decodable {
            let figure: String
            let kind: String
            let bytes: Int
            let marks: Int?
            let variables: Int?
            let dark: Int?
            let ground: Bool?
        }

        let views: [View]
        let keys: Keys
        let files: [File]
        let requests: [String]
        let messages: [String]
    }

    /// The document after its scripts have run, from a file and without a network.
    func document(of file: String, in sandbox: Sandbox) async throws -> String {
        try await document(at: "file://\(file)", in: sandbox)
    }

    /// The document at an address after its scripts have run for a while.
    func document(at address: String, in sandbox: Sandbox) async throws -> String {
        let browser = try RunningProgram(
            path,
            [
                "--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
                "--user-data-dir=\(sandbox.path("browser"))", "--window-size=1280,900",
                "--virtual-time-budget=20000", "--dump-dom", address,
            ], in: sandbox.folder, environment: sandbox.environment)
        let result = try await browser.result(within: .seconds(90))
        try #require(result.status == 0, "\(result.notes)")
        return result.output
    }
}
