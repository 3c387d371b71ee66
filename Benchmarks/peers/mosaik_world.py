"""mosaik at the exchange: a hub and N leaves as simulators in processes; the hub steps after the leaves, whose vectors it
takes in the same step; they take its vector in the next one. Prints steps per second.

usage: mosaik_world.py LEAVES STEPS DOUBLES
"""

import sys
import time
from pathlib import Path

import mosaik
from loguru import logger


def main(leaves, steps, doubles):
    """Builds the world, runs it and prints the rate."""
    logger.remove()
    command = f"{sys.executable} {Path(__file__).with_name('mosaik_simulator.py')} %(addr)s"
    world = mosaik.World({"Simulator": {"cmd": command}}, mosaik_config={"start_timeout": 120}, debug=False)
    hub = world.start("Simulator", doubles=doubles, others=leaves).Hub()
    for leaf in [world.start("Simulator", doubles=doubles).Leaf() for _ in range(leaves)]:
        world.connect(leaf, hub, ("given", "taken"))
        world.connect(hub, leaf, ("given", "taken"), time_shifted=True, initial_data={"given": [0.0] * doubles})
    start = time.perf_counter()
    world.run(until=steps, print_progress=False)
    print(steps / (time.perf_counter() - start))


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:4]))
