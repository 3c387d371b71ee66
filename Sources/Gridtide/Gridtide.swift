// What a strategy needs, under one import: roles, setups, observations and answers, offers and bids, and the process
// that carries an agent into a run.
@_exported public import CoSimulation
@_exported public import InferencePlacement
@_exported public import ZeroMQTransport
