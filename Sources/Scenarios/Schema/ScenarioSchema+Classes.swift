internal import CoSimulation

extension ScenarioSchema {
    /// A workload class (MODEL 1, index k).
    static let workloadClass: [Field] = [
        .required("name", .text, "The name of the class."),
        .required(
            "latencyBudgetMilliseconds", .number(.nonNegative), unit: .milliseconds,
            "The longest acceptable latency of a request (tau_k)."),
        .optional(
            "clientLegMilliseconds", .number(.nonNegative), unit: .milliseconds, default: .number(0),
            "The client leg (l_U)."),
        .optional(
            "processingMilliseconds", .number(.nonNegative), unit: .milliseconds, default: .number(0),
            "The processing time (l_P)."),
        .optional(
            "queueingMilliseconds", .number(.nonNegative), unit: .milliseconds, default: .number(0),
            "The queueing time (l_Q)."),
        .optional(
            "energyWhPerRequest", .number(.nonNegative), unit: .wattHourPerRequest,
            "The IT energy of a request (e_k); or the four token settings instead."),
        .optional(
            "inputTokensPerRequest", .number(.nonNegative), unit: .tokensPerRequest,
            "The input tokens of a request (n_in)."),
        .optional(
            "outputTokensPerRequest", .number(.nonNegative), unit: .tokensPerRequest,
            "The output tokens of a request (n_out)."),
        .optional(
            "energyWhPerInputToken", .number(.nonNegative), unit: .wattHourPerToken,
            "The IT energy of an input token (e_in)."),
        .optional(
            "energyWhPerOutputToken", .number(.nonNegative), unit: .wattHourPerToken,
            "The IT energy of an output token (e_out)."),
        .optional(
            "acceleratorSecondsPerRequest", .map(.number(.nonNegative), keys: "resources"),
            unit: .acceleratorSecondsPerRequest,
            "The work of a request (w_k): a number for the first resource, or one per resource; 0 where left out."),
        .optional(
            "acceleratorSecondsPerToken", .map(.number(.nonNegative), keys: "resources"),
            unit: .acceleratorSeconds,
            "The work of a token (alpha_kr of MODEL 2.5), in place of that of a request; needs token counts."),
        .optional(
            "delayLimitSeconds", .number(.positive), unit: .seconds,
            "The most delay of a service node's work of the class in a tick (Delta_ik of MODEL 2.7)."),
        .optional(
            "delayUSDPerSecond", .number(.nonNegative), unit: .usdPerSecond, default: .number(0),
            "The price of that delay (rho_k of MODEL 2.8)."),
        .optional(
            "payloadKBPerToken", .number(.nonNegative), unit: .kilobytePerToken, default: .number(0),
            "The data of a token (beta of MODEL 2.7)."),
        .optional(
            "processingSecondsPerToken", .number(.nonNegative), unit: .secondsPerToken, default: .number(0),
            "The processing of a token in every region (v of MODEL 2.7)."),
        .optional(
            "regionProcessingSecondsPerToken", .map(.number(.nonNegative), keys: "regions"), unit: .secondsPerToken,
            "The processing of a token in single regions (v_jk), where it differs."),
        .optional(
            "movableShare", .number(.share), unit: .share, default: .number(1),
            "The share of the class whose state is not pinned at home (sigma_k), such as 0.7."),
        .required(
            "valueUSDPerRequest", .number(.nonNegative), unit: .usdPerRequest,
            "The value lost when a request is not served (VOLL_k)."),
        .optional(
            "switchingUSDPerRequest", .number(.nonNegative), unit: .usdPerRequest, default: .number(0),
            "The cost of moving a request's place since the last tick (psi_k of MODEL 1.6)."),
        .optional(
            "deadlineHours", .number(.nonNegative), unit: .hours, default: .number(0),
            "The hours a request may be held before it must start; 0 means at once."),
        .optional(
            "payloadGBPerRequest", .number(.nonNegative), unit: .gigabytePerRequest, default: .number(0),
            "The payload of a request (b_k of MODEL 1.5)."),
        .optional(
            "sessionStateGB", .number(.nonNegative), unit: .gigabyte, default: .number(0),
            "The session state moved once per session (B_k)."),
        .optional(
            "requestsPerSession", .number(.atLeastOne), unit: .requests, default: .number(1),
            "The requests per session (N_k)."),
        .optional(
            "coldStartUSD", .number(.nonNegative), unit: .usd, default: .number(0),
            "The cost of a cold start of a session elsewhere (warm_ck)."),
        .optional(
            "reliabilityUSDPerRequest", .number(.nonNegative), unit: .usdPerRequest, default: .number(0),
            "The reliability premium (rho_k)."),
        .optional(
            "surchargeUSDPerMWh", .number(.nonNegative), unit: .usdPerMWh, default: .number(0),
            "A further surcharge on relocated IT energy, for studies that state friction that way."),
    ]
}
