import Foundation
import Testing

extension CommandTests {
    /// `gridtide compare` and `gridtide verify`: what they say of runs.
    @Suite struct ReadingTests {
        @Test func compareSpeaksThreeFormats() async throws {
            let sandbox = try Sandbox()
            let run = try await sandbox.gridtide("run", "Scenarios/two-region", "--in-process", "-q")
            let text = try await sandbox.gridtide("compare", "runs/two-region-1")
            #expect(text.status == 0 && run.output.hasPrefix(text.output), "run prints what compare prints")
            let json = try await sandbox.gridtide("compare", "runs/two-region-1", "--json")
            let effects = try #require(try json.output.asJSON()["effects"] as? [[String: Any]])
            #expect(effects.count > 100)
            let csv = try await sandbox.gridtide("compare", "runs/two-region-1", "--csv")
            let lines = csv.output.split(whereSeparator: \.isNewline)
            #expect(lines.first == "scope,name,quantity,unit,baseline,value,change,change_percent")
            #expect(lines.count == effects.count + 1)
            #expect(lines.allSatisfy { $0.split(separator: ",", omittingEmptySubsequences: false).count == 8 })
        }

        @Test func compareTakesAnotherRunAsBaseline() async throws {
            let sandbox = try Sandbox()
            _ = try await sandbox.run("--in-process", "--no-baseline")
            _ = try await sandbox.run("--in-process", "--no-baseline", "--set", "mechanism={objective: least-cost}")
            let alone = try await sandbox.gridtide("compare", "runs/two-region-1")
            #expect(alone.status == 0 && alone.notes.contains("no baseline"))
            let both = try await sandbox.gridtide(
                "compare", "runs/two-region-2", "--baseline", "runs/two-region-1", "-q")
            #expect(both.status == 0 && both.notes.isEmpty)
            _ = try await sandbox.run("--in-process", "--no-baseline", "--seed", "9")
            let other = try await sandbox.gridtide("compare", "runs/two-region-3", "--baseline", "runs/two-region-1")
            #expect(other.status != 0 && other.notes.contains("different scenarios or seeds"))
        }

        @Test func verifyFindsRunsGoodAndTheSame() async throws {
            let sandbox = try Sandbox()
            let digest = try await sandbox.run("--in-process", "--no-baseline")
            _ = try await sandbox.run()
            let one = try await sandbox.gridtide("verify", "runs/two-region-2")
            #expect(one.status == 0 && one.output.contains("24 ticks recomputed") && one.output.contains(digest))
            let two = try await sandbox.gridtide("verify", "runs/two-region-1", "runs/two-region-2")
            #expect(two.status == 0 && two.output.contains("same: digest \(digest)"))
            let home = try await sandbox.gridtide("verify", "runs/two-region-2/baseline")
            #expect(home.status == 0)
            let json = try await sandbox.gridtide("verify", "runs/two-region-1", "--json")
            #expect(try json.output.asJSON()["same"] as? Bool == true)
        }

        @Test func verifyNamesTheSettingThatDiffers() async throws {
            let sandbox = try Sandbox()
            _ = try await sandbox.run("--in-process", "--no-baseline")
            _ = try await sandbox.run("--in-process", "--no-baseline", "--seed", "2")
            let result = try await sandbox.gridtide("verify", "runs/two-region-1", "runs/two-region-2")
            #expect(result.status == 3)
            #expect(result.output.contains("seed is 1 in the first and 2 in the second"))
        }

        /// A journal whose chain is whole but whose tick 5 has a price nobody published: only recomputing finds it.
        @Test func verifyNamesTickAndFieldOfAForgery() async throws {
            let sandbox = try Sandbox()
            _ = try await sandbox.run("--in-process", "--no-baseline")
            try await Journal.forge(sandbox, "runs/two-region-1", as: "forged", tick: 5, replacing: 45, with: 46)
            let alone = try await sandbox.gridtide("verify", "forged")
            #expect(alone.status == 3, "\(alone.notes)")
            #expect(alone.output.contains("different: tick 5, clearing."), "\(alone.output)")
            let both = try await sandbox.gridtide("verify", "runs/two-region-1", "forged", "--json")
            #expect(both.status == 3)
            let verdict = try both.output.asJSON()
            #expect(verdict["tick"] as? Int == 5)
            #expect((verdict["field"] as? String)?.hasPrefix("signals[1]") == true, "\(verdict)")
            #expect((verdict["text"] as? String)?.contains("45.0 first, 46.0 second") == true, "\(verdict)")
        }

        @Test func verifyFindsDamage() async throws {
            let sandbox = try Sandbox()
            _ = try await sandbox.run("--in-process", "--no-baseline")
            let whole = try Data(contentsOf: URL(fileURLWithPath: sandbox.path("runs/two-region-1/journal")))
            let journal = URL(fileURLWithPath: sandbox.path("runs/two-region-1/journal"))
            var bytes = whole
            bytes[bytes.count / 2] ^= 1
            try bytes.write(to: journal)
            let flipped = try await sandbox.gridtide("verify", "runs/two-region-1")
            #expect(flipped.status != 0 && flipped.notes.contains("the frame at byte"), "\(flipped.notes)")
            try whole.dropLast(10).write(to: journal)
            let torn = try await sandbox.gridtide("verify", "runs/two-region-1")
            #expect(torn.status == 0 && torn.output.contains("ends after 23 of 24 ticks, in the middle of a record"))
            try Data("no journal".utf8).write(to: journal)
            let foreign = try await sandbox.gridtide("verify", "runs/two-region-1")
            #expect(foreign.status != 0 && foreign.notes.contains("does not begin as a journal does"))
        }

        @Test(arguments: ["compare", "verify"])
        func folderThatIsNoRunIsNamed(command: String) async throws {
            let sandbox = try Sandbox()
            let result = try await sandbox.gridtide(command, "Scenarios")
            #expect(result.status == 2)
            #expect(result.notes.contains("Scenarios holds no run"))
        }
    }
}

/// Journals that a test makes. The layout is that of docs/architecture.md, followed here without the program's code.
enum Journal {
    /// Copies the journal of a run with one number of one tick replaced and all digests made anew.
    static func forge(
        _ sandbox: Sandbox, _ run: String, as folder: String, tick: Int, replacing old: Double, with new: Double
    ) async throws {
        try FileManager.default.createDirectory(atPath: sandbox.path(folder), withIntermediateDirectories: false)
        try sandbox.write(script, to: "forge.py")
        let line = "python3 forge.py \(run)/journal \(folder)/journal \(tick) \(old) \(new)"
        let result = try await sandbox.shell(line)
        guard result.status == 0 else { throw TestSetupError("the journal cannot be forged: \(result.notes)") }
    }

    private static let script = """
        import hashlib, struct, sys
        source, target, tick, old, new = sys.argv[1], sys.argv[2], int(sys.argv[3]), float(sys.argv[4]), float(sys.argv[5])
        data = open(source, "rb").read()
        assert data[:16] == b"gridtide journal"
        out, at, index, digest = data[:16], 16, -1, b""
        while at < len(data):
            length, complement = struct.unpack_from("<II", data, at)
            assert length ^ complement == 0xFFFFFFFF
            payload = data[at + 8 : at + 8 + length]
            assert hashlib.sha256(digest + payload).digest() == data[at + 8 + length : at + 40 + length] or index >= tick
            if index == tick:
                assert struct.pack("<d", old) in payload
                payload = payload.replace(struct.pack("<d", old), struct.pack("<d", new), 1)
            digest = hashlib.sha256(digest + payload).digest()
            out += struct.pack("<II", len(payload), len(payload) ^ 0xFFFFFFFF) + payload + digest
            at, index = at + 40 + length, index + 1
        assert index > tick
        open(target, "wb").write(out)
        """
}
