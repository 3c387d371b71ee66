#!/usr/bin/env python3
"""Clears every tick of a recorded run again, with SciPy, and compares the objectives.

The linear program of MODEL 1.1 to 1.6 and, over a horizon, 2.1 to 2.8 is built anew from the inputs in the run's
database: signals, forecasts and events, offers, bids with their options and outlook, and what ran where in the tick
before. It shares no code with the program. Runs under sequential or price-taker coupling can be checked, whatever
their mechanism.

    python3 Tests/python/check_clearing.py runs/two-region-1/run.sqlite
    python3 Tests/python/check_clearing.py runs/green-llm-1/run.sqlite --horizon 24 --water-limit 7300 \\
        --weights energy=0.3333,carbon=0.3333,delay=0.3333

Of the mechanism the database holds the objective and the carbon price. Weights, priorities with their slack, the
horizon and the limit of water must be stated as the scenario has them.

Three things are compared in every tick: what was served, not served and waits with what was asked for; the recorded
objective with that of the recorded placement, and in a horizon of one tick with the optimum; and the optimum of the
window with the recorded placement fixed in its first tick with the optimum without, which are equal where the
placement is part of an optimal plan. Of a lexicographic mechanism every priority is compared so, with its slack.

Exit status: 0 all ticks agree, 1 some do not, 2 the run cannot be checked.
"""

from __future__ import annotations

import argparse
import math
import sys
from dataclasses import dataclass

from clearing_program import CRITERIA, PLAIN, Infeasible, compare_plans, recorded_objective
from recorded_run import Mechanism, Run, Unsuitable, Window

WEIGHTS = {"energy": "energy", "carbon": "carbon", "delay": "delay", "waterUSDPerLitre": "water"}


@dataclass(frozen=True)
class Difference:
    """How much a tick differs, relative, and how to say so."""

    relative: float
    text: str


def mechanism_of(run: Run, arguments: argparse.Namespace) -> Mechanism:
    """The mechanism of a run: what its database holds of it, and what the command line says of the rest."""
    if run.objective not in (*PLAIN, "weighted", "lexicographic"):
        raise Unsuitable(f"the objective {run.objective} is none of {', '.join(PLAIN)}, weighted, lexicographic")
    if run.objective == "weighted" and arguments.weights is None:
        raise Unsuitable("its database does not hold the weights; state them with --weights")
    if run.objective == "lexicographic" and arguments.priorities is None:
        raise Unsuitable("its database does not hold the priorities; state them with --priorities")
    if arguments.horizon is None and run.looks_ahead():
        raise Unsuitable("its bids look ahead, and its database does not hold how far; state it with --horizon")
    return Mechanism(
        objective=run.objective, kappa=run.kappa, weights=arguments.weights or {},
        priorities=arguments.priorities or (), slack=arguments.priority_slack, horizon=arguments.horizon or 1,
        water=arguments.water_limit,
    )


def miscounted(window: Window, award_count: int) -> list[Difference]:
    """Orders of which more or less was served, not served and waits than was asked for (1.2), and work of none."""
    differences = []
    for order in window.orders:
        asked = order.arrivals[0]
        counted = sum(order.ran.values()) + order.unserved + order.waits
        text = f"{counted:.9g} requests of {order.name} were served, not served or wait, {asked:.9g} were asked for"
        differences.append(Difference(abs(counted - asked) / (asked or 1.0), text))
        if not order.ran.keys() <= order.options.keys():
            differences.append(Difference(math.inf, f"work of {order.name} ran where its bid does not allow"))
    if award_count != sum(len(order.ran) for order in window.orders):
        differences.append(Difference(math.inf, "there are awards that nobody bid for"))
    return differences


def misplaced(window: Window, mechanism: Mechanism, recorded: float) -> list[Difference]:
    """How the recorded objective differs from that of the placement, and the placement from an optimal one."""
    try:
        plans = compare_plans(window, mechanism)
    except Infeasible:
        return [Difference(math.inf, "what was placed breaks a limit, or leaves no plan for the ticks ahead")]
    value, size = recorded_objective(window, mechanism)
    found = [(value, "is")]
    if len(window.supplies) == 1 and mechanism.objective != "lexicographic":
        found.append((plans[-1].allowed, "can be"))
    differences = [
        Difference(abs(value - recorded) / size, f"the objective {verb} {value:.9g}, recorded is {recorded:.9g}")
        for value, verb in found
    ]
    for plan in plans:
        text = f"{plan.name} is {plan.best:.9g} at best with what was placed, {plan.allowed:.9g} is possible"
        differences.append(Difference(plan.difference(), text))
    return differences


def check(path: str, arguments: argparse.Namespace) -> int:
    """Compares every tick of a run, prints what differs, and returns how many do."""
    run = Run(path)
    mechanism = mechanism_of(run, arguments)
    count = wrong = 0
    worst = 0.0
    for row in run.all("SELECT tick, objective FROM tick ORDER BY tick"):
        window = run.window(row["tick"], mechanism)
        award_count = run.remember(window)
        differences = miscounted(window, award_count)
        if all(difference.relative <= arguments.tolerance for difference in differences):
            differences += misplaced(window, mechanism, row["objective"])
        worst = max([worst, *(difference.relative for difference in differences)])
        texts = [difference.text for difference in differences if difference.relative > arguments.tolerance]
        for text in texts:
            print(f"tick {row['tick']}: {text}")
        count += 1
        wrong += 1 if texts else 0
    ahead = f" over {mechanism.horizon} ticks" if mechanism.horizon > 1 else ""
    print(f"{path}: {run.objective}{ahead}, {count} ticks, {wrong} differ, largest relative difference {worst:.1e}")
    return wrong


def weights(text: str) -> dict[str, float]:
    """Weights by the parts they count, from the command line."""
    found = {}
    for pair in text.split(","):
        name, _, value = pair.partition("=")
        if name not in WEIGHTS:
            raise argparse.ArgumentTypeError(f"{name} is none of {', '.join(WEIGHTS)}")
        found[WEIGHTS[name]] = float(value)
    return found


def priorities(text: str) -> tuple[str, ...]:
    """Criteria in the order of their priority, from the command line."""
    for name in text.split(","):
        if name not in CRITERIA:
            raise argparse.ArgumentTypeError(f"{name} is none of {', '.join(CRITERIA)}")
    return tuple(text.split(","))


def main() -> int:
    """Checks the runs named on the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("databases", nargs="+", metavar="run.sqlite")
    parser.add_argument("--tolerance", type=float, default=1e-6, help="largest relative difference (1e-6)")
    parser.add_argument("--horizon", type=int, help="ticks cleared together, horizonTicks of the mechanism")
    parser.add_argument("--weights", type=weights, help="of weighted: such as energy=1,delay=0.5,waterUSDPerLitre=0.01")
    parser.add_argument("--priorities", type=priorities, help="of lexicographic: such as carbon,delay,energy")
    parser.add_argument("--priority-slack", type=float, default=0.001, help="prioritySlack of the mechanism (0.001)")
    parser.add_argument("--water-limit", type=float, default=math.inf, help="waterLimitLitres of the mechanism (none)")
    arguments = parser.parse_args()
    try:
        return 1 if sum(check(path, arguments) for path in arguments.databases) else 0
    except Unsuitable as reason:
        print(f"the run cannot be checked: {reason}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
