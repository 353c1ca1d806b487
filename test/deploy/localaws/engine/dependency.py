"""The order in which CloudFormation creates resources; it deletes them in reverse."""

import heapq
import re
from collections.abc import Callable
from graphlib import CycleError, TopologicalSorter
from typing import Any

from moto.cloudformation.exceptions import ValidationError

_SUB = re.compile(r"\$\{([^!${}]+)\}")


def references(value: Any) -> set[str]:
    """The logical IDs that a part of a template names by Ref, Fn::GetAtt or Fn::Sub."""
    if isinstance(value, list):
        return set().union(*(references(item) for item in value))
    if not isinstance(value, dict):
        return set()
    found: set[str] = set()
    for key, item in value.items():
        if key == "Ref" and isinstance(item, str):
            found.add(item)
        elif key == "Fn::GetAtt":
            found.add(item.split(".")[0] if isinstance(item, str) else item[0])
        elif key == "Fn::Sub":
            text, names = (item, {}) if isinstance(item, str) else item
            found |= {name.split(".")[0] for name in _SUB.findall(text) if name not in names}
            found |= references(names)
        else:
            found |= references(item)
    return found


def dependencies(resources: dict[str, Any]) -> dict[str, frozenset[str]]:
    """What each resource waits for: the resources that it references, and those in its DependsOn.

    https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-dependson.html
    """
    graph = {}
    for name, resource in resources.items():
        explicit = resource.get("DependsOn", [])
        explicit = {explicit} if isinstance(explicit, str) else set(explicit)
        graph[name] = frozenset((explicit | references(resource.get("Properties", {}))) & set(resources))
    return graph


def creation_order(graph: dict[str, frozenset[str]], eager: Callable[[str], bool] = lambda name: False) -> list[str]:
    """Each resource after everything that it waits for; eager ones as soon as they wait for nothing."""
    sorter = TopologicalSorter(graph)
    try:
        sorter.prepare()
    except CycleError as error:
        cycle = ", ".join(sorted(set(error.args[1])))
        raise ValidationError(message=f"Circular dependency between resources: [{cycle}]") from error
    position = {name: at for at, name in enumerate(graph)}
    ready: list[tuple[bool, int, str]] = []
    order: list[str] = []
    while sorter.is_active():
        for name in sorter.get_ready():
            heapq.heappush(ready, (not eager(name), position[name], name))
        name = heapq.heappop(ready)[2]
        order.append(name)
        sorter.done(name)
    return order
