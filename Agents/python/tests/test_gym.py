"""The environment keeps the rules of gymnasium, repeats itself, and lets something be learned."""

import os
import re
import subprocess
import sys

import pytest
from conftest import EXAMPLES

import gridtide

numpy = pytest.importorskip("numpy")
pytest.importorskip("gymnasium")
from gymnasium.utils.env_checker import check_env  # noqa: E402

from gridtide.gym import AgentEnvironment, MarkUpEnvironment  # noqa: E402

LEARNER = EXAMPLES / "learner.yaml"


@pytest.fixture
def environment(program):
    environment = MarkUpEnvironment(LEARNER, "north-1", (0, 30, 60), program=program, overrides=["clock.ticks=6"])
    yield environment
    environment.close()


def play(environment, seed, actions):
    seen = [environment.reset(seed=seed)[0]]
    rewards, is_over = [], False
    for action in actions:
        observation, reward, is_over, is_truncated, _ = environment.step(action)
        assert not is_truncated
        seen.append(observation)
        rewards.append(reward)
    return numpy.array(seen), rewards, is_over


def test_gymnasium_finds_nothing_wrong(environment, recwarn):
    check_env(environment, skip_render_check=True)
    assert [str(warning.message) for warning in recwarn if "gymnasium" in str(warning.filename)] == []


def test_same_seed_and_actions_same_episode(environment):
    actions = [0, 1, 2, 1, 0]
    first, again = play(environment, 3, actions), play(environment, 3, actions)
    assert (first[0] == again[0]).all() and first[1:] == again[1:]
    assert first[2], "six ticks are five steps"
    # 60 MW of batch at a PUE of 1.1 is 66 MWh a tick, as long as the hydro lasts.
    assert first[1] == pytest.approx([0, 66 * 30, 66 * 60, 66 * 30, 0])
    with pytest.raises(Exception, match="reset"):
        environment.step(0)


def test_an_episode_may_be_left(environment):
    play(environment, 1, [0])
    play(environment, 1, [0])
    folder = environment._folder
    environment.close()
    environment.close()
    assert not os.path.exists(folder)


def test_what_goes_wrong_is_said(program, tmp_path):
    wrong = MarkUpEnvironment(LEARNER, "north-1", program=program, overrides=["clock.ticks=0"])
    with pytest.raises(gridtide.GridtideError, match="clock.ticks"):
        wrong.reset(seed=1)
    absent = MarkUpEnvironment(LEARNER, "north-1", program=str(tmp_path / "nothing"))
    with pytest.raises(gridtide.GridtideError, match="cannot be started"):
        absent.reset(seed=1)
    other = MarkUpEnvironment(LEARNER, "nobody", program=program)
    with pytest.raises(gridtide.LinkError, match="unknown-name"):
        other.reset(seed=1)
    for environment in (wrong, absent, other):
        environment.close()


def test_abstract_environment_says_what_it_needs(program):
    bare = AgentEnvironment(LEARNER, "north-1", program=program)
    with pytest.raises((NotImplementedError, gridtide.ParameterError)):
        bare.reset(seed=1)
    bare.close()


@pytest.mark.extras
def test_learning_pays(program):
    command = [sys.executable, str(EXAMPLES / "learn_mark_up.py"), "--episodes", "40"]
    environment = {**os.environ, "GRIDTIDE_PROGRAM": program}
    result = subprocess.run(command, env=environment, text=True, capture_output=True, timeout=180)
    assert result.returncode == 0, result.stderr
    blind, learned = (float(number) for number in re.findall(r"(\d+) \$ ", result.stdout)[:2])
    assert learned == pytest.approx(59_400) and blind < 0.6 * learned, result.stdout
