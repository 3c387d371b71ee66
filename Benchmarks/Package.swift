// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

let package = Package(
    name: "gridtide-benchmarks",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "gridtide", path: "..")],
    targets: [
        .executableTarget(
            name: "clearing",
            dependencies: ["ClpYardstick", .product(name: "GridtideInternals", package: "gridtide")],
            path: "clearing",
            swiftSettings: strict),
        .target(name: "ClpYardstick", path: "clp", linkerSettings: [.linkedLibrary("Clp")]),
        .executableTarget(
            name: "horizon", dependencies: [.product(name: "GridtideInternals", package: "gridtide")],
            path: "horizon",
            swiftSettings: strict),
        .executableTarget(
            name: "exchange", dependencies: [.product(name: "GridtideInternals", package: "gridtide")],
            path: "exchange",
            swiftSettings: strict),
        .executableTarget(
            name: "exchange-reference", path: "c", cSettings: [.unsafeFlags(["-O2"])],
            linkerSettings: [.linkedLibrary("zmq")]),
    ]
)
