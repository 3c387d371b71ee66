import Foundation
import Testing

@testable import ZeroMQTransport

/// docs/limits.md, on messages: at a limit they pass, one beyond they are refused.
@Suite struct LimitTests {
    @Test func theGreatestMessagePasses() throws {
        let star = try Star(.ipc, peers: ["a"])
        try star.greet()
        let most = Limits().maximumMessageBytes - Frame.headerBytes
        let error = #expect(throws: ZeroMQError.self) {
            try star.links[0].send(kind: 1, [UInt8](repeating: 7, count: most + 1))
        }
        #expect(error?.code == .messageTooLarge)
        try star.links[0].send(kind: 1, [UInt8](repeating: 7, count: most))
        #expect(try star.hub.receive(timeoutMilliseconds: 20_000) == .message(slot: 0, kind: 1))
        #expect(star.hub.withBody { $0.count } == most)
        try star.close()
    }

    @Test func theLongestNamePasses() throws {
        let name = String(repeating: "n", count: PeerTable.longestNameBytes)
        _ = try PeerTable([name])
        let error = #expect(throws: ZeroMQError.self) { _ = try PeerTable([name + "n"]) }
        #expect(error?.code == .invalidName)
    }
}
