"""Values to protobuf messages and back.

A dataclass names its fields as the message does, so that both ways come from the dataclass itself: a field added to
both needs no line here. Only bid lines and setups are laid out differently on the wire, and a limit of delay that is
infinite here is 0 there.
"""

from __future__ import annotations

import math
import types
from collections.abc import Callable, Sequence
from dataclasses import fields, is_dataclass
from functools import lru_cache
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from . import gridtide_pb2 as pb
from .answers import BidLine, PlacementOption
from .errors import AnswerError
from .parameters import Parameters, Series, Value
from .random_stream import RandomStream
from .setups import (
    Clock,
    ComputeRegionSetup,
    ConnectedRegion,
    DelayRule,
    GridOperatorSetup,
    ServiceNodeSetup,
    WorkloadClass,
)

T = TypeVar("T")

_ZERO_MEANS_NO_LIMIT = {"delay_limit_seconds", "limit_seconds"}


@lru_cache(maxsize=None)
def _shape(kind: Any) -> tuple[tuple[str, type, bool, bool], ...]:
    """Name, element type, whether a list, whether optional: of each field that is on the wire."""
    hints = get_type_hints(kind)
    shape = []
    for entry in fields(kind):
        hint, is_optional = hints[entry.name], False
        if hint is RandomStream or entry.name == "tick":
            continue
        if isinstance(hint, types.UnionType):
            hint, is_optional = next(a for a in get_args(hint) if a is not type(None)), True
        is_list = get_origin(hint) in (tuple, Sequence)
        shape.append((entry.name, get_args(hint)[0] if is_list else hint, is_list, is_optional))
    return tuple(shape)


def encode(value: Any, message: Any) -> None:
    """Fills a message from a value. Raises `AnswerError` for what does not fit."""
    kind: Any = type(value)
    for name, element, is_list, is_optional in _shape(kind):
        entry = getattr(value, name)
        if is_optional and entry is None:
            continue
        try:
            if kind is BidLine and name == "options":
                _encode_options(entry, message)
            elif name in _ZERO_MEANS_NO_LIMIT and entry == math.inf:
                setattr(message, name, 0)
            elif is_list and is_dataclass(element):
                target = getattr(message, name)
                for item in entry:
                    expect(item, element)
                    encode(item, target.add())
            elif is_list:
                getattr(message, name).extend([element(item) for item in entry])
            elif is_dataclass(element):
                expect(entry, element)
                target = getattr(message, name)
                target.SetInParent()
                encode(entry, target)
            else:
                setattr(message, name, element(entry))
        except AnswerError:
            raise
        except (TypeError, ValueError, OverflowError, AttributeError) as error:
            raise AnswerError(f"{kind.__name__}.{name} is {_brief(entry)}, which does not fit: {error}") from error


def _encode_options(options: Sequence[PlacementOption], message: Any) -> None:
    message.option_region.extend([int(option.region) for option in options])
    message.option_friction_usd_per_request.extend([float(option.friction_usd_per_request) for option in options])
    if any(option.delay_seconds or option.delay_seconds_per_request for option in options):
        message.option_delay_seconds.extend([float(option.delay_seconds) for option in options])
        message.option_delay_seconds_per_request.extend([float(option.delay_seconds_per_request) for option in options])


def expect(value: Any, kind: type) -> None:
    """Raises `AnswerError` unless a value is of a kind."""
    if not isinstance(value, kind):
        raise AnswerError(f"a {kind.__name__} belongs where {_brief(value)} stands")


def decode(kind: Callable[..., T], message: Any, **more: Any) -> T:
    """A value from a message; `more` are fields that are not on the wire."""
    values = more
    for name, element, is_list, is_optional in _shape(kind):
        if is_list:
            entries = getattr(message, name)
            values[name] = tuple([decode(element, item) for item in entries]) if is_dataclass(element) else tuple(entries)
        elif is_dataclass(element):
            is_absent = is_optional and not message.HasField(name)
            values[name] = None if is_absent else decode(element, getattr(message, name))
        elif name in _ZERO_MEANS_NO_LIMIT:
            values[name] = getattr(message, name) or math.inf
        else:
            values[name] = getattr(message, name)
    return kind(**values)


def decode_setup(setup: pb.AgentSetup) -> GridOperatorSetup | ComputeRegionSetup | ServiceNodeSetup:
    """The setup of whichever role."""
    common: dict[str, Any] = {
        "name": setup.name, "clock": decode(Clock, setup.clock), "parameters": decode_parameters(setup.parameters, ""),
    }
    role = setup.WhichOneof("role")
    if role == "grid_operator":
        return GridOperatorSetup(regions=tuple(decode(ConnectedRegion, r) for r in setup.grid_operator.regions), **common)
    if role == "compute_region":
        region = setup.compute_region
        return ComputeRegionSetup(
            resources=tuple(region.resources), horizon_ticks=max(1, region.horizon_ticks), **common
        )
    node = setup.service_node
    width = len(node.regions)
    return ServiceNodeSetup(
        classes=tuple(decode(WorkloadClass, k) for k in node.classes), regions=tuple(node.regions), home=node.home,
        round_trip_milliseconds=tuple(node.round_trip_milliseconds), egress_usd_per_gb=tuple(node.egress_usd_per_gb),
        allowed=tuple(tuple(node.allowed[k * width : (k + 1) * width]) for k in range(len(node.classes))),
        bandwidth_mbit_per_second=tuple(node.bandwidth_mbit_per_second),
        propagation_seconds=tuple(node.propagation_seconds), delay_rule=decode(DelayRule, node.delay_rule),
        horizon_ticks=max(1, node.horizon_ticks), **common,
    )


def decode_parameters(message: pb.Parameters, path: str) -> Parameters:
    """Settings that know their path."""
    values = {}
    for entry in message.entries:
        values[entry.name] = _value(entry.value, f"{path}.{entry.name}" if path else entry.name)
    return Parameters(values, path)


def _value(message: pb.ParameterValue, path: str) -> Value:
    kind = message.WhichOneof("value")
    if kind == "section":
        return decode_parameters(message.section, path)
    if kind == "list":
        return [_value(entry, f"{path}[{index}]") for index, entry in enumerate(message.list.values)]
    if kind == "series":
        return Series(message.series.values)
    return getattr(message, kind)  # type: ignore[no-any-return]


def _brief(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."
