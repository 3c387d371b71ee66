import Testing

/// Tests of the real executable, one after another: they start processes and measure how fast those end.
@Suite(.serialized) enum CommandTests {}
