#!/usr/bin/env python3
"""Writes the first cases of the fuzzers from a run and from the shipped scenarios.

    python3 Tests/fuzz/seeds.py runs/two-region-1 Tests/fuzz/corpus

Records and frames come from the journal of the run, which should be short. Needs the package in Agents/python.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator
from pathlib import Path

from google.protobuf.message import Message
from gridtide import gridtide_pb2 as pb

ROOT = Path(__file__).resolve().parents[2]
MAGIC = b"gridtide journal"


def payloads(journal: bytes) -> Iterator[bytes]:
    """The payloads of a journal: length, its complement, payload, digest."""
    position = len(MAGIC)
    while position < len(journal):
        length = int.from_bytes(journal[position : position + 4], "little")
        yield journal[position + 8 : position + 8 + length]
        position += 8 + length + 32


def journal(parts: list[bytes]) -> bytes:
    """A journal of payloads."""
    file, digest = MAGIC, b""
    for part in parts:
        digest = hashlib.sha256(digest + part).digest()
        words = len(part), ~len(part) & 0xFFFFFFFF
        file += b"".join(word.to_bytes(4, "little") for word in words) + part + digest
    return file


def messages(record: pb.TickRecord, experiment: bytes, payload: bytes) -> Iterator[tuple[str, Message | None, int]]:
    """Messages of a run: name, message and kind."""
    site = pb.Experiment.FromString(experiment)
    setup = pb.AgentSetup(name="north-1")
    where = {"tick": 3, "phase": pb.PHASE_BIDDING}
    yield "hello", pb.Hello(name="north-1", scenario_digest="00" * 32, software="seed"), 1
    yield "welcome", pb.Welcome(agent=1, seed=7, strategy="honest", setup=setup), 2
    yield "welcome-recorder", pb.Welcome(experiment=site), 2
    yield "refusal", pb.Refusal(code="unknown-name", text="no agent has this name"), 3
    yield "ask-region", pb.Ask(region=pb.RegionQuestion(), **where), 4
    yield "ask-service", pb.Ask(service=pb.ServiceQuestion(), **where), 4
    yield "ask-grid", pb.Ask(tick=3, grid=pb.GridQuestion(dispatch=pb.DispatchQuestion(load_mw=[1.5]))), 4
    yield "ask-quote", pb.Ask(tick=3, quote=pb.QuoteQuestion(load_mw=[1.5]), round=2), 4
    yield "reply-offer", pb.Reply(offer=record.offers[0].offer, **where), 5
    yield "reply-bid", pb.Reply(bid=record.bids[0].bid, **where), 5
    yield "reply-grid", pb.Reply(tick=3, grid=pb.GridAnswer(signal=record.signals[0].signal)), 5
    yield "stop", None, 6
    yield "failure", pb.Failure(text="no", setting="pue", problem="it is 0.5", remedy="give at least 1"), 7
    yield "record", pb.Record(record=payload, digest=bytes(32), telemetry=pb.Telemetry(wait_microseconds=[3, 4])), 8
    yield "receipt", pb.Receipt(next_tick=3), 9


def main() -> None:
    """Writes all seeds."""
    run, corpus = Path(sys.argv[1]), Path(sys.argv[2])

    def write(target: str, name: str, data: bytes) -> None:
        folder = corpus / target
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)

    parts = list(payloads((run / "journal").read_bytes()))
    experiment, records = parts[0], parts[1:3]
    write("experiment", "two-region", experiment)
    for tick, payload in enumerate(records):
        write("record", f"tick-{tick}", payload)
    write("journal", "two-ticks", journal([experiment, *records]))
    write("payloads", "two-ticks", b"".join(len(p).to_bytes(2, "little") + p for p in (experiment, *records)))
    record = pb.TickRecord.FromString(records[0])
    for name, message, kind in messages(record, experiment, records[0]):
        write("message", name, bytes([kind]) + (message.SerializeToString() if message else b""))
    for name in ("two-region", "three-bus", "green-llm", "demand-response-day"):
        write("scenario", name, (ROOT / f"Scenarios/{name}/scenario.yaml").read_bytes())
    table = "zone,hour,mw\nnorth,0,1.5\nsouth,0,2e3\n"
    text = "name: table\nclock: {start: 2025-01-01, ticks: 2}\nregions:\n  a: {connectionMW: {file: table.csv, column: mw}}\n"
    write("scenario", "table", text.encode() + b"\0" + table.encode())
    write("matpower", "three-bus", (ROOT / "Scenarios/three-bus/grid.m").read_bytes())
    write("series", "hours", b"Year,Month,Day,Period,1,2\n2020,1,1,1,3.5,4\n2020,1,1,2,3,4\n")


if __name__ == "__main__":
    main()
