internal import Foundation

/// The files a scenario may read: those below one folder, or texts in memory. Nothing outside can be reached.
public struct ScenarioFolder: Sendable {
    private enum Backing: Sendable {
        case directory(String)
        case memory([String: [UInt8]])
    }

    private let backing: Backing

    /// A folder on disk.
    public static func directory(_ path: String) -> ScenarioFolder {
        ScenarioFolder(backing: .directory(path))
    }

    /// Texts in memory by file name, such as those a test or a journal holds.
    public static func memory(_ files: [String: String]) -> ScenarioFolder {
        ScenarioFolder(backing: .memory(files.mapValues { Array($0.utf8) }))
    }

    /// Bytes in memory by file name.
    public static func memory(bytes files: [String: [UInt8]]) -> ScenarioFolder {
        ScenarioFolder(backing: .memory(files))
    }

    /// The bytes of a file, refused when it lies outside, is no ordinary file or passes the limit.
    func bytes(of name: String, limit: Int) throws(FileProblem) -> [UInt8] {
        try checkName(name)
        switch backing {
        case .memory(let files):
            guard let bytes = files[name] else { throw FileProblem.absent(name, among: Array(files.keys)) }
            guard bytes.count <= limit else { throw FileProblem.tooLarge(name, limit: limit) }
            return bytes
        case .directory(let root):
            return try read(name, below: root, limit: limit)
        }
    }

    private func checkName(_ name: String) throws(FileProblem) {
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        let isPlain = !name.isEmpty && !name.hasPrefix("/") && !name.contains("\0") && !name.contains("\\")
        guard isPlain, parts.allSatisfy({ !$0.isEmpty && $0 != ".." }) else {
            throw FileProblem(
                code: .outsideFolder, problem: "`\(Excerpt.brief(name))` is not a file within the scenario folder.",
                remedy: "Put the file into the folder and name it relative to it, such as `data/demand.csv`.")
        }
    }

    private func read(_ name: String, below root: String, limit: Int) throws(FileProblem) -> [UInt8] {
        let rootPath = URL(fileURLWithPath: root).resolvingSymlinksInPath().path
        let path = URL(fileURLWithPath: root + "/" + name).resolvingSymlinksInPath().path
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        guard let attributes else {
            let present = (try? FileManager.default.contentsOfDirectory(atPath: rootPath)) ?? []
            throw FileProblem.absent(name, among: present)
        }
        guard path.hasPrefix(rootPath == "/" ? "/" : rootPath + "/") else {
            throw FileProblem(
                code: .outsideFolder,
                problem: "`\(Excerpt.brief(name))` is a link that leads out of the scenario folder.",
                remedy: "Copy the file into the folder.")
        }
        guard attributes[.type] as? FileAttributeType == .typeRegular else {
            throw FileProblem(
                code: .unreadableFile, problem: "`\(Excerpt.brief(name))` is not an ordinary file.",
                remedy: "Name a text file.")
        }
        guard let handle = FileHandle(forReadingAtPath: path) else {
            throw FileProblem(
                code: .unreadableFile, problem: "`\(Excerpt.brief(name))` cannot be opened.",
                remedy: "Check that you may read it.")
        }
        defer { try? handle.close() }
        guard let data = try? handle.read(upToCount: limit + 1) ?? Data() else {
            throw FileProblem(
                code: .unreadableFile, problem: "`\(Excerpt.brief(name))` cannot be read.", remedy: "Check the disk.")
        }
        guard data.count <= limit else { throw FileProblem.tooLarge(name, limit: limit) }
        return Array(data)
    }
}

/// Why a file cannot be used.
struct FileProblem: Error {
    let code: ScenarioFault.Code
    let problem: String
    let remedy: String

    static func absent(_ name: String, among present: [String]) -> FileProblem {
        FileProblem(
            code: .unreadableFile, problem: "there is no file `\(Excerpt.brief(name))` in the scenario folder.",
            remedy: Suggestion.question(name, among: present) ?? "Put it there, or correct the name.")
    }

    static func tooLarge(_ name: String, limit: Int) -> FileProblem {
        FileProblem(
            code: .tooLarge, problem: "`\(Excerpt.brief(name))` has more than \(limit) bytes.",
            remedy: "Keep only the rows and columns the scenario needs.")
    }
}
