// swift-tools-version: 6.2
import PackageDescription

// Debian keeps zmq.h and sodium.h in /usr/include, and its libzmq.pc carries flags SwiftPM warns about on every
// build; Homebrew keeps them elsewhere and its .pc files are clean.
#if os(macOS)
    let zeroMQPackageConfig: String? = "libzmq"
    let sodiumPackageConfig: String? = "libsodium"
    let clpPackageConfig: String? = "clp"
#else
    let zeroMQPackageConfig: String? = nil
    let sodiumPackageConfig: String? = nil
    let clpPackageConfig: String? = nil
#endif

// CI treats warnings as errors; elsewhere a newer compiler's warnings stop nobody.
let warnings: [SwiftSetting] = Context.environment["CI"] == nil ? [] : [.treatAllWarnings(as: .error)]

let strict: [SwiftSetting] =
    warnings + [
        .swiftLanguageMode(.v6),
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
    ]

let protobuf = Target.Dependency.product(name: "SwiftProtobuf", package: "swift-protobuf")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let subprocess = Target.Dependency.product(name: "Subprocess", package: "swift-subprocess")

let package = Package(
    name: "gridtide",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "gridtide", targets: ["GridtideCommand"]),
        .executable(name: "gridtide-dashboard", targets: ["GridtideDashboard"]),
        .library(name: "Gridtide", targets: ["Gridtide"]),
        // For the packages Benchmarks and Tests/fuzz; plug-in authors need Gridtide alone.
        .library(
            name: "GridtideInternals",
            targets: [
                "CoSimulation", "InferencePlacement", "LinearProgram", "PowerGrid", "ReferenceAgents", "RunStore",
                "Scenarios", "ZeroMQTransport",
            ]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        // Without traits, whose order SwiftPM changes from build to build: it then compiles the library anew.
        .package(url: "https://github.com/apple/swift-protobuf", from: "1.39.0", traits: []),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2", traits: []),
        .package(url: "https://github.com/swhitty/FlyingFox", from: "0.27.1"),
    ],
    targets: [
        // Layer 0: system libraries.
        .systemLibrary(
            name: "CZeroMQ", pkgConfig: zeroMQPackageConfig,
            providers: [.apt(["libzmq3-dev"]), .brew(["zeromq"])]),
        .systemLibrary(
            name: "CSodium", pkgConfig: sodiumPackageConfig,
            providers: [.apt(["libsodium-dev"]), .brew(["libsodium"])]),
        .systemLibrary(
            name: "CClp", pkgConfig: clpPackageConfig,
            providers: [.apt(["coinor-libclp-dev"]), .brew(["clp"])]),
        .target(name: "CHighs"),

        // Layer 1: linear programs.
        .target(name: "LinearProgram", dependencies: ["CClp", "CHighs"], swiftSettings: strict),

        // Layer 2: the two domains, which do not know each other.
        .target(name: "PowerGrid", dependencies: ["LinearProgram"], swiftSettings: strict),
        .target(name: "InferencePlacement", dependencies: ["LinearProgram"], swiftSettings: strict),

        // Layer 3: agents, observations, coordinator, journal.
        .target(
            name: "CoSimulation", dependencies: ["CSodium", "InferencePlacement", protobuf],
            exclude: ["Wire/gridtide.proto"], swiftSettings: strict),

        // Layer 4: shells and stores.
        .target(name: "ZeroMQTransport", dependencies: ["CZeroMQ", "CoSimulation"], swiftSettings: strict),
        .target(name: "RunStore", dependencies: ["CoSimulation", "InferencePlacement", grdb], swiftSettings: strict),
        .target(
            name: "Scenarios", dependencies: ["CoSimulation", "InferencePlacement", "PowerGrid", yams],
            swiftSettings: strict),

        // Layer 5: analysis.
        .target(
            name: "RunAnalysis", dependencies: ["CoSimulation", "InferencePlacement", "RunStore"], swiftSettings: strict
        ),
        .target(
            name: "RunReport", dependencies: ["CoSimulation", "InferencePlacement", "RunAnalysis", "RunStore"],
            swiftSettings: strict),

        // What a plug-in author imports, and the reference strategies built on it.
        .target(
            name: "Gridtide", dependencies: ["CoSimulation", "InferencePlacement", "PowerGrid", "ZeroMQTransport"],
            swiftSettings: strict),
        .target(
            name: "ReferenceAgents", dependencies: ["CoSimulation", "InferencePlacement", "PowerGrid"], path: "Agents",
            exclude: ["README.md", "c", "python"], swiftSettings: strict),

        // Layer 6: the command.
        .executableTarget(
            name: "GridtideCommand",
            dependencies: [
                "CoSimulation", "Gridtide", "PowerGrid", "ReferenceAgents", "RunAnalysis", "RunReport", "RunStore",
                "Scenarios", "ZeroMQTransport",
                argumentParser, subprocess,
            ],
            swiftSettings: strict),

        // The dashboard's server: a program of its own, since what it links would slow the start of every agent's process.
        .executableTarget(
            name: "GridtideDashboard",
            dependencies: [
                "RunReport", argumentParser, .product(name: "FlyingFox", package: "FlyingFox"),
                .product(name: "FlyingSocks", package: "FlyingFox"),
            ],
            swiftSettings: strict),

        // One test target per module, and the sample agents that several of them run.
        .target(
            name: "TestKit", dependencies: ["CoSimulation", "InferencePlacement"], path: "Tests/TestKit",
            swiftSettings: strict),
        .testTarget(name: "LinearProgramTests", dependencies: ["LinearProgram"], swiftSettings: strict),
        .testTarget(name: "PowerGridTests", dependencies: ["LinearProgram", "PowerGrid"], swiftSettings: strict),
        .testTarget(
            name: "InferencePlacementTests", dependencies: ["InferencePlacement", "LinearProgram"],
            swiftSettings: strict),
        .testTarget(
            name: "CoSimulationTests",
            dependencies: ["CoSimulation", "InferencePlacement", "TestKit", protobuf],
            swiftSettings: strict),
        .testTarget(
            name: "ZeroMQTransportTests", dependencies: ["ZeroMQTransport", "CZeroMQ", "CoSimulation", "TestKit"],
            swiftSettings: strict),
        .testTarget(
            name: "RunStoreTests", dependencies: ["RunStore", "CoSimulation", "InferencePlacement"],
            swiftSettings: strict),
        .testTarget(
            name: "RunAnalysisTests", dependencies: ["RunAnalysis", "RunStore", "CoSimulation", "InferencePlacement"],
            swiftSettings: strict),
        .testTarget(
            name: "RunReportTests",
            dependencies: ["RunReport", "RunAnalysis", "RunStore", "CoSimulation", "InferencePlacement", "TestKit"],
            swiftSettings: strict),
        .testTarget(
            name: "ScenariosTests",
            dependencies: ["Scenarios", "CoSimulation", "InferencePlacement", "PowerGrid", "ReferenceAgents"],
            swiftSettings: strict),
        // Runs the real program, which it finds beside the test bundle.
        .testTarget(
            name: "GridtideCommandTests",
            dependencies: ["GridtideCommand", "CoSimulation", "ReferenceAgents", "Scenarios", "TestKit", yams],
            swiftSettings: strict),
        .testTarget(
            name: "ShippedScenariosTests",
            dependencies: ["CoSimulation", "InferencePlacement", "ReferenceAgents", "Scenarios", "TestKit"],
            swiftSettings: strict),
        .testTarget(
            name: "ReferenceAgentsTests",
            dependencies: ["ReferenceAgents", "CoSimulation", "InferencePlacement", "PowerGrid"], swiftSettings: strict),
    ]
)
