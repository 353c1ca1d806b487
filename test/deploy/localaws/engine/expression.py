"""Expressions: how the data of a resource type says which APIs it calls, with which parameters, and what an attribute is.

Queries are JMESPath, as in the CLI's --query: https://jmespath.org
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import jmespath

from .resource import NotSupported, Request


@dataclass(frozen=True)
class Expression:
    """A value that depends on the request. Computing it may call APIs. None means that there is no value."""

    of: Callable[[Request], Any]
    reads: frozenset[str] = frozenset()  # the properties that it depends on
    removable: frozenset[str] = frozenset()  # those that an update may remove, as the value without them is known
    difference: bool = False  # whether it is what a list property gains or loses
    api: ApiCall | None = None  # the call that it makes


def evaluate(value: Any, request: Request) -> Any:
    """A value with all expressions in it computed, without parameters that have no value."""
    if isinstance(value, Expression):
        return evaluate(value.of(request), request)
    if isinstance(value, Mapping):
        items = {key: evaluate(item, request) for key, item in value.items()}
        return {key: item for key, item in items.items() if item is not None}
    return [evaluate(item, request) for item in value] if isinstance(value, list) else value


def expressions_in(value: Any) -> Iterator[Expression]:
    """All expressions in a value."""
    if isinstance(value, Expression):
        yield value
    elif isinstance(value, Mapping | list | tuple):
        for item in value.values() if isinstance(value, Mapping) else value:
            yield from expressions_in(item)


def reads_of(*values: Any) -> frozenset[str]:
    """The properties that values depend on."""
    return frozenset().union(*(expression.reads for expression in expressions_in(values)))


def removable_in(*values: Any) -> frozenset[str]:
    """The properties in values that an update may remove."""
    return frozenset().union(*(expression.removable for expression in expressions_in(values)))


def computed(reads: str = "") -> Callable[[Callable[[Request], Any]], Expression]:
    """Make an expression of a function of the request, which reads these properties."""
    return lambda function: Expression(function, frozenset(reads.split()))


ID = Expression(lambda request: request.physical_id)
"""The physical ID of the resource."""


def prop(query: str, default: Any = None) -> Expression:
    """A property of the template, or a part of it: the query starts with its name."""
    name = frozenset({re.split(r"\W", query, maxsplit=1)[0]})

    def of(request: Request) -> Any:
        found = jmespath.search(query, request.properties)
        return default if found is None else found

    return Expression(of, name, frozenset() if default is None else name)


def item(query: str = "@") -> Expression:
    """The item, or a part of it, of a call that is made for each item of a list."""
    return Expression(lambda request: jmespath.search(query, request.item))


def added(name: str, before: Expression | None = None) -> Expression:
    """The items that a list property gains: all of them on creation. Before are those that it had, or that the API has."""
    return _difference(name, before, lambda old, new: [one for one in new if one not in old])


def removed(name: str, before: Expression | None = None) -> Expression:
    """The items that a list property loses: all of them on deletion."""
    return _difference(name, before, lambda old, new: [one for one in old if one not in new])


def _difference(name: str, before: Expression | None, difference: Callable[[Any, Any], list[Any]]) -> Expression:
    def of(request: Request) -> Any:
        old = before.of(request) if before else request.old.get(name, [])
        return difference(old, (request.new or {}).get(name, []))

    return Expression(of, frozenset({name}), frozenset({name}), difference=True)


def attributes(name: str) -> Expression:
    """A property that is a list of keys with values. An update must not remove a key: its default is unknown here."""

    def of(request: Request) -> Any:
        old, new = ({one["Key"] for one in properties.get(name, [])} for properties in (request.old, request.properties))
        if old - new:
            raise NotSupported(f"the local API does not know the default of {', '.join(sorted(old - new))}")
        return request.properties.get(name)

    return Expression(of, frozenset({name}))


@dataclass(frozen=True)
class ApiCall:
    """A call of an API."""

    operation: str
    parameters: Mapping[str, Any] = field(default_factory=dict)
    each: Expression | None = None
    result: str = "@"

    def call(self, request: Request) -> Any:
        """The answer, or a list of answers."""
        if self.each is None:
            return self._send(request)
        return [self._send(replace(request, item=one)) for one in self.each.of(request) or []]

    def _send(self, request: Request) -> Any:
        differences = [expression for expression in expressions_in(self.parameters) if expression.difference]
        if differences and not any(difference.of(request) for difference in differences):
            return None
        service, method = self.operation.split(".")
        client = request.clients.of(service)
        operation = client.meta.service_model.operation_model(client.meta.method_to_api_mapping[method])
        answer = getattr(client, method)(**convert(evaluate(self.parameters, request), operation.input_shape))
        for failed in answer.get("Unsuccessful", []):  # EC2 answers some calls with what it refuses
            raise client.exceptions.ClientError({"Error": failed["Error"]}, operation.name)
        for failed in answer.get("unsuccessful", []):  # so does VPC Lattice
            error = {"Code": failed["failureCode"], "Message": failed["failureMessage"]}
            raise client.exceptions.ClientError({"Error": error}, operation.name)
        return jmespath.search(self.result, answer)


def api(operation: str, same: str = "", /, *, each: Expression | None = None, result: str = "@", **parameters: Any) -> Expression:
    """A call such as "ec2.create_vpc"; its value is the answer, or what the query `result` selects from it.

    `same` are the properties that are parameters of the same name; `each` is a list, for one call for each item. A call
    that would only add and remove is not made if there is nothing to add and to remove.
    """
    call = ApiCall(operation, {name: prop(name) for name in same.split()} | parameters, each, result)
    return Expression(call.call, reads_of(call.parameters, each), removable_in(call.parameters, each), api=call)


def convert(value: Any, shape: Any) -> Any:
    """A value of a template as an API takes it, by the model of the API.

    CloudFormation takes numbers and booleans as text, documents as objects, and names with a capital letter where some
    APIs have a small one. boto refuses a name that the model does not have.
    """
    kind = shape.type_name
    if kind == "structure" and isinstance(value, Mapping):
        named = {key if key in shape.members else key[0].lower() + key[1:]: one for key, one in value.items()}
        return {key: convert(one, shape.members[key]) if key in shape.members else one for key, one in named.items()}
    if kind == "map" and isinstance(value, Mapping):
        return {key: convert(one, shape.value) for key, one in value.items()}
    if kind == "list" and isinstance(value, list):
        return [convert(one, shape.member) for one in value]
    if kind == "boolean":
        return str(value).lower() == "true"
    if kind in ("integer", "long"):
        return int(value)
    if kind in ("double", "float"):
        return float(value)
    return json.dumps(value) if kind == "string" and not isinstance(value, str) else value
