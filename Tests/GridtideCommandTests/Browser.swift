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
