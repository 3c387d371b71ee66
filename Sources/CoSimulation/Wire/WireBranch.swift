internal import Foundation

extension Branch: WireCodable {
    var wire: WireBranch {
        var message = WireBranch()
        message.tick = UInt32(tick)
        message.digest = Data(digest.bytes)
        message.parent = parent.wire
        return message
    }

    init(wire: WireBranch) throws(WireError) {
        guard let digest = Digest(bytes: wire.digest) else { throw WireError("a branch comes with no digest") }
        self.init(tick: Int(wire.tick), parent: try Experiment(wire: wire.parent), digest: digest)
    }
}
