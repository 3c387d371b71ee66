import Testing

/// Tests of the real executable, one after another: they start processes and measure how fast those end.
@Suite(.serialized) enum CommandTests {}

/// Tests of how agents are written, of reports, and of what another program makes of runs, beside the others: they build, draw and
/// wait, and measure nothing.
@Suite(.serialized) enum UnhurriedTests {}
