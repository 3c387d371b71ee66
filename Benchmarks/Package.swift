// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

let internals = Target.Dependency.product(name: "GridtideInternals", package: "gridtide")

let package = Package(
    name: "gridtide-benchmarks",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "gridtide", path: "..")],
    targets: [
        .target(name: "Support", path: "support", swiftSettings: strict),
        .target(name: "ClpYardstick", path: "clp", linkerSettings: [.linkedLibrary("Clp")]),
        .executableTarget(
            name: "clearing", dependencies: ["ClpYardstick", "Support", internals], path: "clearing",
            swiftSettings: strict),
        .executableTarget(
            name: "horizon", dependencies: ["Support", internals], path: "horizon", swiftSettings: strict),
        .executableTarget(
            name: "opf", dependencies: ["Support", internals], path: "opf", swiftSettings: strict),
        .executableTarget(
            name: "recorder", dependencies: ["Support", internals], path: "recorder", swiftSettings: strict),
        .executableTarget(name: "exchange", dependencies: [internals], path: "exchange", swiftSettings: strict),
        .executableTarget(
            name: "exchange-reference", path: "c", cSettings: [.unsafeFlags(["-O2"])],
            linkerSettings: [.linkedLibrary("zmq")]),
    ]
)

// What it counts by is glibc's.
#if os(Linux)
    package.targets += [
        .target(name: "AllocationCounter", path: "counter"),
        .executableTarget(
            name: "allocations", dependencies: ["AllocationCounter", "Support", internals], path: "allocations",
            swiftSettings: strict),
    ]
#endif
