internal import CoSimulation

// The description of hosts files, which `gridtide launch --on` reads.
extension ScenarioSchema {
    /// The top level of a hosts file.
    static let hosts: [Field] = [
        .required("gridtide", .integer(.any), "The version of this format, \(version)."),
        .required(
            "address", .text,
            "The address of this machine in numbers, such as 10.0.0.1, at which the hosts reach the coordinator."),
        .optional(
            "port", .integer(NumberRange(0, 65_535)), default: .number(0),
            "The port at which the coordinator listens; any that is free unless given."),
        .optional(
            "program", .text, default: .text("gridtide"), "The program on the hosts: a path, or a name on their PATH."),
        .required("hosts", .rows(host, minimumCount: 1), "The hosts on which agents run."),
    ]

    /// A host.
    static let host: [Field] = [
        .required("name", .text, "The name of the host in messages: letters, digits, hyphens, underscores and points."),
        .optional("ssh", .text, "What ssh connects to, such as me@10.0.0.2; the name unless given."),
        .optional(
            "options", .list(.text, minimumCount: 0), "Further words for ssh, such as [-p, \"2222\"]."),
        .optional("program", .text, "The program on this host, where it is another than on the rest."),
        .optional(
            "folder", .text,
            "The folder there in which programs of foreign agents are started; that of the scenario unless given."),
        .optional(
            "agents", .list(.text, minimumCount: 1),
            "The agents that run there; a share of those that no host names unless given."),
    ]
}
