"""Expressions: how the data of a resource type says what an API is called with, and what an attribute is.

Queries are JMESPath, as in the CLI's --query: https://jmespath.org
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Callable

import jmespath

from .resource import NotSupported, Request


class Expression:
    """A value that depends on the request. Its evaluation may call APIs."""

    reads: frozenset[str] = frozenset()
    """The properties that the value depends on."""
    removable: frozenset[str] = frozenset()
    """Those among them that an update may remove, because the value without them is known."""

    def of(self, request: Request) -> Any:
        """The value, or None if there is none: it is then left out of a call."""
        raise NotImplementedError


def evaluate(value: Any, request: Request) -> Any:
    """A value with all expressions in it evaluated, without those that have no value."""
    if isinstance(value, Expression):
        return evaluate(value.of(request), request)
    if isinstance(value, Mapping):
        items = {key: evaluate(item, request) for key, item in value.items()}
        return {key: item for key, item in items.items() if item is not None}
    if isinstance(value, list):
        return [evaluate(item, request) for item in value]
    return value


def expressions_in(value: Any) -> Iterator[Expression]:
    """All expressions in a value."""
    if isinstance(value, Expression):
        yield value
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from expressions_in(item)
    elif isinstance(value, list):
        for item in value:
            yield from expressions_in(item)


def reads_of(value: Any) -> frozenset[str]:
    """The properties that a value depends on."""
    return frozenset().union(*(expression.reads for expression in expressions_in(value)))


def removable_in(value: Any) -> frozenset[str]:
    """The properties in a value that an update may remove."""
    return frozenset().union(*(expression.removable for expression in expressions_in(value)))


@dataclass(frozen=True)
class Property(Expression):
    """A property of the template, or a part of it, by a query that starts with its name."""

    query: str
    default: Any = None

    @property
    def name(self) -> str:
        return re.split(r"\W", self.query, maxsplit=1)[0]

    @property
    def reads(self) -> frozenset[str]:  # type: ignore[override]
        return frozenset({self.name}) | reads_of(self.default)

    @property
    def removable(self) -> frozenset[str]:  # type: ignore[override]
        return frozenset() if self.default is None else frozenset({self.name})

    def of(self, request: Request) -> Any:
        found = jmespath.search(self.query, request.properties)
        return self.default if found is None else found


@dataclass(frozen=True)
class Computed(Expression):
    """The result of a function of the request."""

    function: Callable[[Request], Any]
    reads: frozenset[str] = frozenset()

    def of(self, request: Request) -> Any:
        return self.function(request)


def computed(reads: str = "") -> Callable[[Callable[[Request], Any]], Computed]:
    """Make an expression of a function; reads are the names of the properties that it reads."""
    return lambda function: Computed(function, frozenset(reads.split()))


ID = Computed(lambda request: request.physical_id)
"""The physical ID of the resource."""


@dataclass(frozen=True)
class Item(Expression):
    """The current item, or a part of it, in a call that is made for each item of a list."""

    query: str = "@"

    def of(self, request: Request) -> Any:
        return jmespath.search(self.query, request.item)


@dataclass(frozen=True)
class Added(Expression):
    """The items that a list property has and did not have before: all of them on creation.

    What it had before is in the old properties, or what an expression returns: what the API has at this moment.
    """

    name: str
    before: Expression | None = None

    @property
    def reads(self) -> frozenset[str]:  # type: ignore[override]
        return frozenset({self.name})

    removable = reads

    def lists(self, request: Request) -> tuple[list[Any], list[Any]]:
        """The list before the request and after it."""
        before = request.old.get(self.name, []) if self.before is None else self.before.of(request)
        return before, (request.new or {}).get(self.name, [])

    def of(self, request: Request) -> Any:
        before, after = self.lists(request)
        return [item for item in after if item not in before]


@dataclass(frozen=True)
class Removed(Added):
    """The items that a list property had before and does not have any more: all of them on deletion."""

    def of(self, request: Request) -> Any:
        before, after = self.lists(request)
        return [item for item in before if item not in after]


@dataclass(frozen=True)
class Attributes(Expression):
    """A list of keys with values. The default of a key is unknown here, so an update must not remove one."""

    name: str

    @property
    def reads(self) -> frozenset[str]:  # type: ignore[override]
        return frozenset({self.name})

    def of(self, request: Request) -> Any:
        attributes = request.properties.get(self.name)
        old, new = ({item["Key"] for item in items or []} for items in (request.old.get(self.name), attributes))
        if old - new:
            raise NotSupported(f"the local API does not know the default of {', '.join(sorted(old - new))}")
        return attributes


@dataclass(frozen=True)
class Api(Expression):
    """A call of an API. Its value is the answer, or the part of it that the query `result` selects.

    Parameters take values as CloudFormation does, and are converted to the types of the API: see convert.
    """

    operation: str  # such as "ec2.create_vpc"
    same: str = ""  # the properties that are parameters of the same name
    parameters: Mapping[str, Any] = field(default_factory=dict)
    each: Expression | None = None  # a list: one call for each item
    result: str = "@"

    @property
    def arguments(self) -> dict[str, Any]:
        """All parameters."""
        return {name: Property(name) for name in self.same.split()} | dict(self.parameters)

    @property
    def reads(self) -> frozenset[str]:  # type: ignore[override]
        return reads_of([self.arguments, self.each])

    @property
    def removable(self) -> frozenset[str]:  # type: ignore[override]
        return removable_in([self.arguments, self.each])

    def of(self, request: Request) -> Any:
        if self.each is None:
            return self.send(request)
        return [self.send(replace(request, item=item)) for item in self.each.of(request) or []]

    def send(self, request: Request) -> Any:
        """Make one call, unless it would add and remove nothing."""
        differences = [expression for expression in expressions_in(self.arguments) if isinstance(expression, Added)]
        if differences and not any(difference.of(request) for difference in differences):
            return None
        service, method = self.operation.split(".")
        client = request.clients.of(service)
        operation = client.meta.service_model.operation_model(client.meta.method_to_api_mapping[method])
        answer = getattr(client, method)(**convert(evaluate(self.arguments, request), operation.input_shape))
        for failed in answer.get("Unsuccessful", []):  # EC2 answers some calls with what it refuses
            raise client.exceptions.ClientError({"Error": failed["Error"]}, operation.name)
        return jmespath.search(self.result, answer)


def convert(value: Any, shape: Any) -> Any:
    """A value of a template as an API takes it, by the model of the API.

    CloudFormation takes numbers and booleans as text, documents as objects, and names with a capital letter where some
    APIs have a small one.
    """
    kind = shape.type_name
    if kind == "structure" and isinstance(value, Mapping):
        named = {name if name in shape.members else name[0].lower() + name[1:]: item for name, item in value.items()}
        # boto refuses a name that is not in the model
        return {name: convert(item, shape.members[name]) if name in shape.members else item for name, item in named.items()}
    if kind == "map" and isinstance(value, Mapping):
        return {key: convert(item, shape.value) for key, item in value.items()}
    if kind == "list" and isinstance(value, list):
        return [convert(item, shape.member) for item in value]
    if kind == "boolean":
        return str(value).lower() == "true"
    if kind in ("integer", "long"):
        return int(value)
    if kind == "string" and not isinstance(value, str):
        return json.dumps(value)  # a policy document, or a number
    return value
