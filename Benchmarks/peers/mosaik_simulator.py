"""A hub or a leaf of the exchange as a mosaik simulator, in a process of its own: mosaik_simulator.py HOST:PORT."""

import mosaik_api_v3

META = {
    "api_version": "3.0",
    "type": "time-based",
    "models": {name: {"public": True, "params": [], "attrs": ["taken", "given"]} for name in ("Hub", "Leaf")},
}


class Simulator(mosaik_api_v3.Simulator):
    """One entity, that gives a vector in every step and takes those of the others."""

    def __init__(self):
        super().__init__(META)

    def init(self, sid, time_resolution=1.0, doubles=32, others=1):
        """Keeps how long a vector is, and how many come in a step."""
        self.vector, self.others = [0.0] * doubles, others
        return self.meta

    def create(self, num, model):
        """Makes the entity."""
        self.entity = model
        return [{"eid": model, "type": model}]

    def step(self, time, inputs, max_advance):
        """Checks that a whole vector has come from each of the others."""
        taken = inputs[self.entity]["taken"].values()
        if len(taken) != self.others or any(len(vector) != len(self.vector) for vector in taken):
            raise ValueError("wrong message")
        self.vector[0] = float(time)
        return time + 1

    def get_data(self, outputs):
        """Gives the vector."""
        return {self.entity: {"given": self.vector}}


if __name__ == "__main__":
    mosaik_api_v3.start_simulation(Simulator())
