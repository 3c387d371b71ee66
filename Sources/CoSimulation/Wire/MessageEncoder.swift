/// Writes the bodies of frames, one after the other, into memory that it keeps.
///
/// For what travels in every tick it asks for no memory once it has written something as large, provided that a body is let
/// go of before the next one is written.
public struct MessageEncoder: Sendable {
    private var encoder = CanonicalEncoder()

    /// Before the first message.
    public init() {}

    /// The body of the frame of a message.
    public mutating func body(of message: Message) -> [UInt8] {
        switch message {
        case .hello(let hello): hello.encoded()
        case .welcome(let welcome): welcome.encoded()
        case .refusal(let refusal): refusal.encoded()
        case .failure(let text, let setting): FailureText(text: text, setting: setting).encoded()
        case .stop: []
        case .ask(let ask): body { ask.write(into: &$0) }
        case .reply(let reply): body { reply.write(into: &$0) }
        case .record(let tick): body { tick.write(into: &$0) }
        case .receipt(let nextTick): body { ReceiptTick(nextTick: nextTick).write(into: &$0) }
        }
    }

    /// The bytes of what is written, in the memory of the last.
    mutating func body(_ write: (inout CanonicalEncoder) -> Void) -> [UInt8] {
        encoder.clear()
        write(&encoder)
        return encoder.bytes
    }
}
