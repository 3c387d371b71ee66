internal import Foundation

/// What this program runs on, for people who read how long something took.
enum Machine {
    /// Processor, cores, memory and system, such as "AMD EPYC, 2 cores, 24 GB, Debian GNU/Linux 12".
    static let description: String = {
        let process = ProcessInfo.processInfo
        let memory = (Double(process.physicalMemory) / 1e9).rounded()
        let cores = process.activeProcessorCount
        let parts = [
            processor, "\(cores) core\(cores == 1 ? "" : "s")", "\(Int(memory)) GB",
            process.operatingSystemVersionString,
        ]
        return parts.compactMap(\.self).joined(separator: ", ")
    }()

    /// Name of the processor, nil where the system does not tell.
    private static var processor: String? {
        let text = try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)
        let line = text?.split(separator: "\n").first { $0.hasPrefix("model name") }
        return line?.split(separator: ":", maxSplits: 1).last.map { $0.trimmingCharacters(in: .whitespaces) }
    }
}
