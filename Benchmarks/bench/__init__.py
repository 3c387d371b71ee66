"""Measures how fast Gridtide is, beside plain C libzmq, HELICS and mosaik; `./gridtide bench` runs it."""
