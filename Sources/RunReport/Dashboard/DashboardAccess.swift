internal import Foundation

/// Who may use the dashboard: on this host whoever can reach the loopback address; else whoever has the token.
///
/// A page of another site must not reach it through the browser: the host that was asked must be the dashboard's own, and
/// orders need a header that no other site can send.
public struct DashboardAccess: Sendable {
    private let hosts: Set<String>
    private let token: String?

    /// Access to a dashboard that listens at a host and port; without a token only names of the loopback address are
    /// answered.
    public init(host: String, port: UInt16, token: String?) {
        hosts = Set([host, "127.0.0.1", "localhost", "[::1]"].map { "\($0):\(port)".lowercased() })
        self.token = token
    }

    /// Why a request is refused; nil where it is not.
    ///
    /// - Parameters:
    ///   - header: the value of a header of the request by its name.
    public func refusal(of request: DashboardSite.Request, header: (String) -> String?) -> DashboardSite.Response? {
        if let token {
            let given = header("Authorization").map { $0.replacingOccurrences(of: "Bearer ", with: "") }
            // The page itself comes by a link that carries the token.
            guard Self.isEqual(given ?? request.query["token"] ?? "", token) else {
                return .problem(
                    401, "this dashboard wants its token: open it by the link that 'gridtide watch' printed")
            }
        } else if !hosts.contains(header("Host")?.lowercased() ?? "") {
            return .problem(403, "this dashboard answers on this host only")
        }
        if request.method != "GET", header("X-Gridtide") == nil {
            return .problem(403, "orders come from the dashboard's own page")
        }
        return nil
    }

    /// Compares without telling by its time where two texts differ.
    private static func isEqual(_ one: String, _ other: String) -> Bool {
        let (one, other) = (Array(one.utf8), Array(other.utf8))
        guard one.count == other.count else { return false }
        return zip(one, other).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
