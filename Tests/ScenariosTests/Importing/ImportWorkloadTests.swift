import CoSimulation
import InferencePlacement
import Scenarios
import Testing

@Suite("Imported requests and energy")
struct ImportWorkloadTests {
    private let byRequest = """
        TIMESTAMP,ContextTokens,GeneratedTokens
        2024-05-10 00:00:01.009930+00:00,100,10
        2024-05-10 00:02:59.9999999+00:00,300,30
        2024-05-10 02:00:30+02:00,200,20

        """
    private let byMinute = """
        minute,requests,context_tokens,generated_tokens
        0,2,300,30
        1,0,0,0
        2,1,300,30

        """

    private func sample(_ text: String) -> ImportSample {
        var sample = ImportSample()
        sample.traces = [TraceSource(className: "conversation", file: SourceFile(name: "trace.csv", text: text))]
        return sample
    }

    @Test("are the same from a trace by request, in any order and with any fraction, and by minute")
    func traces() throws {
        #expect(try sample(byRequest).build().files[2] == (try sample(byMinute).build().files[2]))
    }

    @Test("count a minute without a row as one without requests")
    func emptyMinutes() throws {
        #expect(
            try sample(byMinute.replacing("1,0,0,0\n", with: "")).build().files[2]
                == (try sample(byMinute).build().files[2]))
    }

    @Test("become a class named by its file, or by the user")
    func names() throws {
        var sample = ImportSample()
        let text = byMinute
        sample.traces = ["x/AzureLLMInferenceTrace_code.csv", "azure2023_conv_per_minute.csv", "My trace (new).csv"].map
        {
            TraceSource(file: SourceFile(name: $0, text: text))
        }
        sample.traces.append(TraceSource(className: "chat", file: SourceFile(name: "conv.csv", text: text)))
        #expect(try sample.build().classes == ["code", "conversation", "my-trace-new", "chat"])
        #expect(try sample.load().classes.map(\.latencyBudgetMilliseconds) == [1500, 300, 1500, 300])
    }

    @Test("take energy from the median row of the model and accelerator asked for")
    func energy() throws {
        func chosen(_ model: String?, _ accelerator: String?) throws -> Substring? {
            var sample = ImportSample()
            sample.options.model = model
            sample.options.accelerator = accelerator
            let text = try sample.build().files[4].text.replacing("\n ", with: "")
            return text.split(separator: "\n").first { $0.hasPrefix("- Energy and throughput") }
        }
        #expect(
            try chosen(nil, nil)?.contains(
                "Small on H100 x1, at most 8 requests at a time (line 2, the median by energy per token of 3 rows)")
                == true)
        #expect(
            try chosen("small-1b", nil)?.contains(
                "line 3, the median by energy per token of 2 rows with --model small-1b): 0.25 J") == true)
        #expect(try chosen(nil, "b200")?.contains("2000 output tokens per second and accelerator") == true)
        #expect(try chosen("LARGE", nil)?.contains("Large on B200 x4") == true)
        #expect(try chosen("LARGE", nil)?.contains("100 output tokens per second and accelerator") == true)
    }

    @Test("take round numbers for energy where there is no sample")
    func standard() throws {
        var sample = ImportSample()
        sample.energy = nil
        #expect(try sample.build().files[4].text.contains("0.25 J of accelerator energy per output token"))
        #expect(try !sample.build().files[4].text.contains("ml.energy"))
    }
}
