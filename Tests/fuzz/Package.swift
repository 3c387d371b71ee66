// swift-tools-version: 6.2
import PackageDescription

// A package of its own, since only a whole build with the fuzzer's counters is of use to it; `fuzz.sh` builds and links it.
let package = Package(
    name: "gridtide-fuzz",
    platforms: [.macOS(.v15)],
    products: [.library(name: "FuzzTargets", type: .static, targets: ["FuzzTargets"])],
    dependencies: [.package(name: "gridtide", path: "../..")],
    targets: [
        .target(
            name: "FuzzTargets", dependencies: [.product(name: "GridtideInternals", package: "gridtide")],
            path: "Sources", swiftSettings: [.swiftLanguageMode(.v6)])
    ]
)
