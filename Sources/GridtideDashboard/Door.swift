internal import FlyingFox
internal import Foundation
internal import RunReport

/// Takes requests over HTTP to the site, if they may pass.
actor Door: HTTPHandler {
    private let host: String
    private let token: String?
    private let site: DashboardSite
    private var access: DashboardAccess?

    init(host: String, token: String?, site: DashboardSite) {
        (self.host, self.token, self.site) = (host, token, site)
    }

    /// Lets requests in, once it is known where the server listens.
    func open(port: UInt16) {
        access = DashboardAccess(host: host, port: port, token: token)
    }

    func handleRequest(_ request: HTTPRequest) async throws -> HTTPResponse {
        let question = DashboardSite.Request(
            method: request.method.rawValue, path: request.path,
            query: Dictionary(request.query.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first }))
        guard let access else { return HTTPResponse(statusCode: .serviceUnavailable) }
        let refusal = access.refusal(of: question) { request.headers[HTTPHeader($0)] }
        if let refusal { return Self.response(refusal) }
        return Self.response(await site.answer(question))
    }

    private static func response(_ answer: DashboardSite.Response) -> HTTPResponse {
        HTTPResponse(
            statusCode: HTTPStatusCode(answer.status, phrase: ""),
            headers: [
                .contentType: answer.type, HTTPHeader("Cache-Control"): "no-store",
                HTTPHeader("Content-Security-Policy"): DashboardSite.policy,
                HTTPHeader("X-Content-Type-Options"): "nosniff", HTTPHeader("Referrer-Policy"): "no-referrer",
            ], body: Data(answer.body.utf8))
    }
}
