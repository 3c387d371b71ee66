"""Tables of a document: the same on the terminal and in docs/performance.md."""

from __future__ import annotations

from dataclasses import dataclass

from .document import Document, best_helics, find, find_ratio


@dataclass
class Table:
    """Rows of words; the first column is text, the others are figures."""

    name: str
    title: str
    head: list[str]
    rows: list[list[str]]

    def markdown(self) -> str:
        """As a page holds it."""
        lines = [self.head, ["---"] + ["--:"] * (len(self.head) - 1), *self.rows]
        return "\n".join("| " + " | ".join(line) + " |" for line in lines)

    def text(self) -> str:
        """As a terminal shows it."""
        widths = [max(len(row[column]) for row in [self.head, *self.rows]) for column in range(len(self.head))]
        lines = [
            "  ".join(word.ljust(width) if column == 0 else word.rjust(width)
                      for column, (word, width) in enumerate(zip(row, widths))).rstrip()
            for row in [self.head, *self.rows]
        ]
        return "\n".join([self.title, *lines])


def tables(document: Document) -> list[Table]:
    """All that have rows."""
    found = [
        _exchange(document), _transports(document), _cores(document), _payload(document), _grouped(document),
        _allocations(document), _clearing(document), _power_flow(document), _figures(document), _load(document),
    ]
    return [table for table in found if table.rows]


def failures(document: Document) -> list[str]:
    """Who did not get through, at which size, how often and why, a line each."""
    found = []
    for series in document["measures"]:
        if "failures" in series:
            count, reason = series["samples"].count(None), series["failures"][0]
            found.append(f"{_described(series)}: {count} of {len(series['samples'])} failed ({reason})")
    return found


def _described(series: Document) -> str:
    """Which series it is, in words."""
    if series["measure"] != "exchange":
        return ", ".join([series["measure"], *(series[key] for key in ("layout",) if key in series)])
    size = f"{series['agents']} agents in {series['processes']} processes, {series['bytes']} bytes"
    return f"{series['contender']}, {series['transport']}, {size}"


def number(value: float) -> str:
    """Three significant digits, or whole thousands and more in full."""
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.3g}" if abs(value) < 10 else f"{value:.1f}"


def figure(series: Document | None) -> str:
    """Median and quartiles, a dash where there is none, or that it failed."""
    if series is None:
        return "–"
    if "median" not in series:
        return "failed"
    first, third = series["quartiles"]
    return f"{number(series['median'])} ({number(first)}–{number(third)})"


def times(ratio: Document | None) -> str:
    """A ratio by its median."""
    if ratio is None:
        return "–"
    return f"{ratio['median']:.2f}" if ratio["median"] < 10 else f"{ratio['median']:.0f}"


def one(document: Document, measure: str, **facts: object) -> Document | None:
    """The first series with some facts."""
    return next(iter(find(document, measure, **facts)), None)


def _sizes(document: Document, key: str, **facts: object) -> list[int]:
    return sorted({series[key] for series in find(document, "exchange", **facts)})


def _own(document: Document, agents: int, transport: str, who: str = "gridtide", size: int = 256) -> Document | None:
    return one(
        document, "exchange", contender=who, agents=agents, processes=agents, transport=transport, bytes=size)


def _exchange(document: Document) -> Table:
    rows = []
    for agents in _sizes(document, "agents", bytes=256, contender="c libzmq"):
        best = best_helics(document, agents, 256)
        core = best["transport"] if best else None
        ours = {"agents": agents, "processes": agents, "bytes": 256, "transport": "ipc"}
        rows.append([
            str(agents), figure(_own(document, agents, "ipc", "c libzmq")), figure(_own(document, agents, "ipc")),
            times(find_ratio(document, **ours, over="c libzmq")),
            figure(best) + (f" {core}" if core else ""), times(find_ratio(document, **ours, over="helics", overTransport=core)),
            figure(one(document, "exchange", contender="mosaik", agents=agents, bytes=256)),
            times(find_ratio(document, **ours, over="mosaik")),
        ])
    head = ["agents", "C libzmq", "Gridtide", "ratio", "HELICS, best core", "times", "mosaik", "times"]
    return Table("exchange", "Ticks/s over ipc, 256 bytes, a process for each agent", head, rows)


def _transports(document: Document) -> Table:
    rows = []
    for agents in _sizes(document, "agents", bytes=256, contender="c libzmq"):
        row = [str(agents)]
        for transport in ("tcp", "inproc"):
            ours = {"agents": agents, "processes": agents, "bytes": 256, "transport": transport}
            row += [
                figure(_own(document, agents, transport, "c libzmq")), figure(_own(document, agents, transport)),
                times(find_ratio(document, **ours, over="c libzmq")),
            ]
        rows.append([*row, figure(_own(document, agents, "inproc", "helics"))])
    head = ["agents", "C, tcp", "Gridtide, tcp", "ratio", "C, inproc", "Gridtide, inproc", "ratio", "HELICS, inproc"]
    return Table("transports", "Ticks/s over tcp (processes) and inproc (threads), 256 bytes", head, rows)


def _cores(document: Document) -> Table:
    cores = ("zmq", "zmq_ss", "tcp_ss", "ipc")
    rows = [
        [str(agents)] + [figure(_own(document, agents, core, "helics")) for core in cores]
        for agents in _sizes(document, "agents", bytes=256, contender="helics")
    ]
    return Table("cores", "HELICS, steps/s by core, 256 bytes", ["agents", *cores], rows)


def _payload(document: Document) -> Table:
    sizes = _sizes(document, "bytes", agents=8, contender="c libzmq")
    rows = []
    for size in sizes if len(sizes) > 1 else []:
        row = [str(size)]
        for transport in ("ipc", "tcp"):
            ours = {"agents": 8, "processes": 8, "bytes": size, "transport": transport}
            row += [
                figure(_own(document, 8, transport, "c libzmq", size)), figure(_own(document, 8, transport, size=size)),
                times(find_ratio(document, **ours, over="c libzmq")),
            ]
        mosaik = one(document, "exchange", contender="mosaik", agents=8, bytes=size)
        row += [figure(best_helics(document, 8, size)), figure(mosaik)]
        rows.append(row)
    head = ["bytes", "C, ipc", "Gridtide, ipc", "ratio", "C, tcp", "Gridtide, tcp", "ratio", "HELICS, best core", "mosaik"]
    return Table("payload", "Ticks/s of 8 agents by bytes of a message", head, rows)


def _grouped(document: Document) -> Table:
    rows = []
    for series in find(document, "exchange", contender="gridtide", transport="ipc"):
        agents, processes = series["agents"], series["processes"]
        if processes == agents:
            continue
        row = [f"{agents:,}", figure(series)]
        row.append(figure(one(document, "exchange", contender="gridtide", transport="tcp", agents=agents, processes=processes)))
        for shared in (agents, processes):
            best = best_helics(document, agents, 256, shared)
            row.append(figure(best) + (f" {best['transport']}" if best else ""))
            row.append(times(best and _grouped_ratio(document, series, best)))
        rows.append(row)
    head = ["agents", "Gridtide, ipc", "Gridtide, tcp", "HELICS, own processes", "times", "HELICS, shared cores", "times"]
    return Table("grouped", "Ticks/s of agents in 2 processes, 256 bytes", head, rows)


def _grouped_ratio(document: Document, ours: Document, other: Document) -> Document | None:
    return find_ratio(
        document, **{key: ours[key] for key in ("agents", "processes", "bytes", "transport")}, over="helics",
        overTransport=other["transport"], overProcesses=other["processes"])


def _allocations(document: Document) -> Table:
    found = find(document, "allocations")
    head = ["a message is", "written", "sent", "received", "read", "and holds blocks"]
    rows = [["asks for memory", *(number(series["median"]) for series in found)]] if found else []
    return Table("allocations", "How often memory is asked for, times a message of world-week", head, rows)


def _clearing(document: Document) -> Table:
    rows = []
    for series in find(document, "clearing", contender="gridtide"):
        market = series["market"]
        clp = one(document, "clearing", contender="clp", market=market)
        cold = one(document, "clearing", contender="gridtide, from nothing", market=market)
        ratio = f"{series['median'] / clp['median']:.2f}" if clp and clp["median"] else "–"
        rows.append([market, figure(series), figure(clp), ratio, figure(cold)])
    head = ["market: orders x regions", "clearing", "Clp alone", "ratio", "from nothing"]
    return Table("clearing", "Clearing, ms of processor time", head, rows)


def _power_flow(document: Document) -> Table:
    rows = []
    for case in dict.fromkeys(series["case"] for series in find(document, "opf")):
        steps = [one(document, "opf", case=case, step=step) for step in ("read", "cold", "warm")]
        rows.append([case, *map(figure, steps)])
    return Table("opf", "DC optimal power flow, ms of processor time", ["case", "read", "first", "next tick"], rows)


def _figures(document: Document) -> Table:
    rows = []
    for series in find(document, "start-up"):
        rows.append([f"start-up of {series['processes']} processes to the first tick, s", figure(series), "3"])
    for series in find(document, "memory"):
        rows.append([f"memory of an agent's process (PSS), MB, {series['processes']} processes", figure(series), "–"])
    for series in find(document, "recorder"):
        rows.append([f"recorder, rows/s, {series['rows']:,} rows", figure(series), "300,000"])
    for series in find(document, "horizon"):
        rows.append([f"24 hours as one program, ms of processor time: {series['mechanism']}", figure(series), "–"])
    limits = {"grouped": "60", "separate": "240"}
    for series in find(document, "year"):
        limit = limits.get(series["layout"], "–") if series["ticks"] == 8_760 else "–"
        place = {"in-process": "in one process", "separate": "each agent in a process", "grouped": "agents in 2 processes"}
        rows.append([
            f"{series['ticks']:,} hours of world-week, {place[series['layout']]}, {series['rows']:,} rows, s",
            figure(series), limit,
        ])
    return Table("figures", "Runs of the program", ["what", "median (quartiles)", "target"], rows)


def _load(document: Document) -> Table:
    rows = []
    for measure in dict.fromkeys(series["measure"] for series in document["measures"]):
        those = [series for series in find(document, measure) if "otherCores" in series]
        if those:
            samples = sum(len(series["samples"]) for series in those)
            rows.append([measure, str(samples), str(sum(series["disturbed"] for series in those))])
    title = "Samples, and those during which others used a quarter of a core"
    return Table("load", title, ["measure", "samples", "disturbed"], rows)
