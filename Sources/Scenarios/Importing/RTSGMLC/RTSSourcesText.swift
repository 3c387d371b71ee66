internal import CoSimulation
internal import PowerGrid

/// The text of `SOURCES.txt` for the RTS-GMLC system: what was read and assumed, and NREL's notice as a whole.
struct RTSSourcesText {
    let content: RTSContent

    private var options: RTSImportOptions { content.options }

    /// The whole text.
    var text: String {
        let parts: [(String, [String])] = [
            ("FILES READ", files), ("MET AND CHANGED", SourcesText.list(content.system.notices.map(\.description))),
            ("ASSUMED", SourcesText.list(assumptions)), ("ATTRIBUTION", SourcesText.list(attribution)),
            ("NOTICE OF THE PUBLISHER", [content.notice]),
        ]
        let head = ["Sources of the scenario \(content.name), written by `gridtide import` \(Software.version)."]
        return (head + parts.flatMap { title, lines in ["", title] + lines }).joined(separator: "\n") + "\n"
    }

    /// What `network.m` says of itself.
    var networkComments: [String] {
        [
            "Made by `gridtide import rts-gmlc` from NREL's RTS-GMLC. SOURCES.txt has NREL's notice, which stays with "
                + "all copies.",
            options.keepsMinimum
                ? "Costs in $/h as published." : "Pmin is 0, and costs are without no-load costs.",
        ]
    }

    private var files: [String] {
        let source = content.source
        let tables = [source.buses, source.branches, source.generators, source.dcBranches, source.storage, source.load]
        return (tables + source.available + source.fixed).map { file in
            "\(file.name)\n    \(file.bytes.count) bytes, sha256 \(Digest(of: file.bytes))"
        }
    }

    /// What stands in the scenario and in no file, a sentence each.
    var assumptions: [String] {
        let number = Excerpt.number
        let shares = RTSClass.all.map { "\($0.name) \(Rounded.text($0.share * 100, decimals: 0)) %" }
        return commitment + [
            "Hydro and rooftop PV make exactly their series; wind and PV make up to theirs. Storage and solar thermal "
                + "power are out of service, reserves are not held, and nothing fails.",
            options.keepsRamps
                ? "Units keep their ramp limits between ticks." : "Ramp limits do not hold; --ramps keeps them.",
            "Hours are those of the data, which state no time zone; they are written as UTC.",
            "Emission rates are those of full output, one for each unit.",
            "Each service node has \(number(options.meanITMW)) MW of IT load on average "
                + "(\(shares.joined(separator: ", "))), times 1 + \(number(options.dailySwing)) "
                + "cos(2 pi (hour - \(number(options.peakHour))) / 24). Regions have \(number(options.capacityFactor)) times the peak of their home load and a PUE of "
                + "\(number(options.pue)); an accelerator with its host draws \(number(RTSClass.acceleratorKW)) kW.",
            "Round trips are great circles between the buses (MODEL 1).",
        ]
    }

    private var commitment: [String] {
        guard !options.keepsMinimum else {
            return [
                "No unit commitment: every thermal unit is on in every hour, at its PMin at least, and pays its "
                    + "no-load cost; what nobody takes is turned away."
            ]
        }
        let network = content.system.network
        let noLoad = network.generators.indices.reduce(0) { $0 + (network.noLoadUSDPerHour($1) ?? 0) }
        return [
            "No unit commitment: thermal units run down to zero, at the slope of the first piece of their cost, and "
                + "start for nothing. No-load costs, \(Rounded.text(noLoad, decimals: 0)) $/h over all units, are left "
                + "out; --keep-minimum keeps them and PMin."
        ]
    }

    private var attribution: [String] {
        [
            "RTS-GMLC, https://github.com/GridMod/RTS-GMLC: credit DOE/NREL/ALLIANCE in any publication, and keep the "
                + "notice below with all copies of the data, of which the files of this folder are such.",
            "Barrows et al., The IEEE Reliability Test System: A Proposed 2019 Update, IEEE Transactions on Power "
                + "Systems 35(1), 2020.",
        ]
    }
}
