"""Resource types as data: properties and what a change of them does, the API calls of a resource, its attributes."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any

import jmespath
from moto.cloudformation.exceptions import ValidationError

from .expression import Computed, Expression, evaluate, reads_of, removable_in
from .resource import NotSupported, Properties, Request, Resource

# What a change of a property does to its resource, as change sets say whether it is recreated.
# https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-updating-stacks-update-behaviors.html
IN_PLACE = "Never"
REPLACEMENT = "Always"
CONDITIONAL = "Conditionally"

DEFAULT_ID = Computed(lambda request: f"{request.stack_name}-{request.logical_id}")
"""The physical ID of a resource that no API names."""


@dataclass(frozen=True, kw_only=True)
class ResourceType:
    """A resource type of CloudFormation. Lists of properties are names with spaces between them.

    A type lists all properties that change sets are to know, by what a change of them does. A deployment accepts those
    that a call reads, and fails on the others, so that none is dropped in silence.
    """

    name: str = field(kw_only=False)
    replacement: str = ""
    in_place: str = ""
    conditional: str = ""
    without_effect: str = ""
    """Properties that a deployment accepts although no call reads them."""
    eager: bool = False
    """CloudFormation starts everything at once that waits for nothing. Here one resource is created after the other,
    eager ones first: so a missing dependency fails each time, and not only when AWS happens to be slow."""

    create: Sequence[Expression] = ()
    """Calls that create the resource. The value of the first one has the ID and the attributes."""
    settings: Sequence[Expression] = ()
    """Calls that set properties: after the creation, and when one of these properties changes."""
    update: Sequence[Expression] = ()
    """Calls that change properties of an existing resource."""
    read: Expression | None = None
    """Where the attributes are read after a creation or an update, if not from what created the resource."""
    delete: Sequence[Expression] = ()

    id: str | Expression = DEFAULT_ID
    """The physical ID: a query on the value of the first call, or an expression."""
    attributes: Mapping[str, Any] = field(default_factory=dict)
    """By name: a query on what was read, or an expression."""

    def __post_init__(self) -> None:
        undeclared = reads_of([*self.create, *self.settings, *self.update]) - set(self.behaviors)
        if undeclared:
            raise ValueError(f"{self.name} does not say what a change of {', '.join(sorted(undeclared))} does")

    @property
    def behaviors(self) -> dict[str, str]:
        """What a change of each property does."""
        return (
            dict.fromkeys(self.replacement.split(), REPLACEMENT)
            | dict.fromkeys(self.in_place.split(), IN_PLACE)
            | dict.fromkeys(self.conditional.split(), CONDITIONAL)
        )

    @property
    def supported(self) -> frozenset[str]:
        """The properties that a deployment accepts."""
        return reads_of([*self.create, *self.settings]) | frozenset(self.without_effect.split())

    def behavior(self, name: str) -> str:
        """What a change of a property does."""
        found = self.behaviors.get(name)
        if found is None:
            text = f"the local API does not know what a change of {name} does to {self.name}"
            raise ValidationError(message=text)
        return found

    def check(self, properties: Properties) -> None:
        """Refuse properties that no call would read."""
        unread = sorted(set(properties) - self.supported)
        if unread:
            raise NotSupported(f"the local API does not support {', '.join(unread)} of {self.name}")

    def create_resource(self, request: Request) -> Resource:
        """Create a resource, or nothing if one of the calls fails."""
        created = [self.create[0].of(request)] if self.create else [None]
        request = replace(request, result=created[0])
        request = replace(request, physical_id=str(self._part(self.id, request.result, request)))
        try:
            for call in self.create[1:]:
                call.of(request)
            given = frozenset(request.properties)
            for call in self.settings:
                if call.reads & (given | call.removable):
                    call.of(request)
            return self._resource(request, {})
        except Exception:
            with suppress(Exception):  # the first error is the reason
                self.delete_resource(replace(request, old=request.properties, new=None))
            raise

    def update_resource(self, request: Request, resource: Resource) -> Resource:
        """Change properties of a resource in place."""
        new = request.new or {}
        changed = {name for name in {*request.old, *new} if request.old.get(name) != new.get(name)}
        calls = [call for call in (*self.settings, *self.update) if call.reads & changed]
        unsupported = (changed - reads_of(calls)) | (changed - set(new) - removable_in(calls))
        if unsupported:
            names = ", ".join(sorted(unsupported))
            raise NotSupported(f"the local API does not support an update of {names} of {self.name}")
        for call in calls:
            call.of(request)
        return self._resource(request, resource.attributes)

    def delete_resource(self, request: Request) -> None:
        """Delete a resource."""
        for call in self.delete:
            call.of(request)

    def _part(self, part: Any, value: Any, request: Request) -> Any:
        return jmespath.search(part, value) if isinstance(part, str) else evaluate(part, request)

    def _resource(self, request: Request, attributes: dict[str, Any]) -> Resource:
        source = self.read.of(request) if self.read else request.result
        if source is not None:
            found = {name: self._part(part, source, request) for name, part in self.attributes.items()}
            attributes = {name: _text(value) for name, value in found.items() if value is not None}
        return Resource(request.logical_id, self.name, request.physical_id, request.properties, attributes)


def _text(value: Any) -> Any:
    return str(value) if isinstance(value, datetime.datetime) else value


def same(names: str) -> dict[str, str]:
    """Attributes that have the names that the API has for them."""
    return {name: name for name in names.split()}


TYPES: dict[str, ResourceType] = {}


def register(*types: ResourceType) -> None:
    """Make resource types known to CloudFormation."""
    for one in types:
        TYPES[one.name] = one


def resource_type(name: str) -> ResourceType:
    """The resource type of a name. An unknown one fails the deployment; moto would skip the resource."""
    if name not in TYPES:
        raise NotSupported(f"the local API does not support the resource type {name}")
    return TYPES[name]
