"""Resource types as data: properties and what a change of them does, the API calls of a resource, its attributes."""

import datetime
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any

import jmespath
from moto.cloudformation.exceptions import ValidationError

from .expression import Expression, evaluate, reads_of, removable_in
from .resource import Invalid, NotSupported, Properties, Request, Resource, changed

# What a change of a property does to its resource, as change sets say whether it is recreated.
# https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-updating-stacks-update-behaviors.html
IN_PLACE, REPLACEMENT, CONDITIONAL = "Never", "Always", "Conditionally"

DEFAULT_ID = Expression(lambda request: f"{request.stack_name}-{request.logical_id}")
"""The physical ID of a resource that no API names."""


@dataclass(frozen=True, kw_only=True)
class Limit:
    """What the schema of a type allows in a property, where that is less than the API does."""

    query: str = field(kw_only=False)
    at_least: int | None = None
    at_most: int | None = None
    longest: int | None = None
    values: Sequence[str] = ()

    def violation(self, properties: Properties) -> str | None:
        """The violation, in the words of CloudFormation. Assumption: the words, seen for other types."""
        found = jmespath.search(self.query, properties)
        path = "#/" + self.query.replace(".", "/")
        for one in found if isinstance(found, list) else [] if found is None else [found]:
            if self.values and one not in self.values:
                return f"{path}: {one} is not a valid enum value"
            if self.at_most is not None and int(one) > self.at_most:
                return f"{path}: {one} is not less or equal to {self.at_most}"
            if self.at_least is not None and int(one) < self.at_least:
                return f"{path}: {one} is not greater or equal to {self.at_least}"
            if self.longest is not None and one is not None and len(one) > self.longest:
                return f"{path}: expected maxLength: {self.longest}, actual: {len(one)}"
        return None


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
    replacement_within: Mapping[str, str] = field(default_factory=dict)
    """By property that changes in place: the names in it of which a change replaces the resource."""
    limits: Sequence[Limit] = ()
    exactly_one: str = ""
    """Properties of which a template must have exactly one."""
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
    attributes: Mapping[str, str | Expression] = field(default_factory=dict)
    """By name: a query on what was read, or an expression."""

    def __post_init__(self) -> None:
        undeclared = reads_of(*self.create, *self.settings, *self.update) - set(self.behaviors)
        if undeclared:
            raise ValueError(f"{self.name} does not say what a change of {', '.join(sorted(undeclared))} does")

    @property
    def behaviors(self) -> dict[str, str]:
        """What a change of each property does."""
        lists = {REPLACEMENT: self.replacement, IN_PLACE: self.in_place, CONDITIONAL: self.conditional}
        return {name: behavior for behavior, names in lists.items() for name in names.split()}

    def behavior(self, name: str) -> str:
        """What a change of a property does. An unknown property fails the change set: a guess would prove nothing."""
        if name not in self.behaviors:
            raise ValidationError(message=f"the local API does not know what a change of {name} does to {self.name}")
        return self.behaviors[name]

    def behavior_of(self, name: str, old: Any, new: Any) -> str:
        """What a change of a property from one value to another does."""
        parts = self.replacement_within.get(name, "").split()
        return REPLACEMENT if any(part in changed(old or {}, new or {}) for part in parts) else self.behavior(name)

    def check(self, properties: Properties) -> None:
        """Refuse properties that no call would read."""
        supported = reads_of(*self.create, *self.settings) | set(self.without_effect.split())
        if unread := sorted(set(properties) - supported):
            raise NotSupported(f"the local API does not support {', '.join(unread)} of {self.name}")

    def validate(self, logical_id: str, properties: Properties) -> None:
        """Refuse properties that the schema does not allow."""
        if violations := [found for found in (limit.violation(properties) for limit in self.limits) if found]:
            lines = "\n".join(violations)
            raise Invalid(f"Properties validation failed for resource {logical_id} with message:\n{lines}")
        names = self.exactly_one.split()
        if names and sum(name in properties for name in names) != 1:
            # The words are those for a route: github.com/aws/aws-cdk/issues/5321.
            raise Invalid(f"Exactly one of {', '.join(names[:-1])} and {names[-1]} must be specified and not empty")

    def create_resource(self, request: Request) -> Resource:
        """Create a resource, or nothing if one of the calls fails."""
        request = replace(request, result=self.create[0].of(request) if self.create else None)
        request = replace(request, physical_id=str(_part(self.id, request.result, request)))
        given = frozenset(request.properties)
        try:
            for call in (*self.create[1:], *(call for call in self.settings if call.reads & (given | call.removable))):
                call.of(request)
            return self._resource(request, {})
        except Exception:
            with suppress(Exception):  # the first error is the reason
                self.delete_resource(replace(request, old=request.properties, new=None))
            raise

    def update_resource(self, request: Request, attributes: dict[str, Any]) -> Resource:
        """Change properties of a resource in place."""
        names = changed(request.old, request.properties)
        calls = [call for call in (*self.settings, *self.update) if call.reads & names]
        unsupported = (names - reads_of(*calls)) | (names - set(request.properties) - removable_in(*calls))
        if unsupported:
            text = f"the local API does not support an update of {', '.join(sorted(unsupported))} of {self.name}"
            raise NotSupported(text)
        for call in calls:
            call.of(request)
        return self._resource(request, attributes)

    def delete_resource(self, request: Request) -> None:
        """Delete a resource."""
        for call in self.delete:
            call.of(request)

    def _resource(self, request: Request, attributes: dict[str, Any]) -> Resource:
        source = self.read.of(request) if self.read else request.result
        if source is not None:
            found = {name: _part(part, source, request) for name, part in self.attributes.items()}
            attributes = {name: value for name, value in found.items() if value is not None}
        return Resource(request.logical_id, self.name, request.physical_id, request.properties, attributes)


def _part(part: str | Expression, source: Any, request: Request) -> Any:
    found = jmespath.search(part, source) if isinstance(part, str) else evaluate(part, request)
    return str(found) if isinstance(found, datetime.datetime) else found


def same(names: str) -> dict[str, str]:
    """Attributes that have the names that the API has for them."""
    return {name: name for name in names.split()}


TYPES: dict[str, ResourceType] = {}

FAMILIES: dict[str, type[ResourceType]] = {}
"""Resource types of which a template makes up the names, by what these begin with."""


def register(*types: ResourceType) -> None:
    """Make resource types known to CloudFormation."""
    TYPES.update({one.name: one for one in types})


def resource_type(name: str) -> ResourceType:
    """The resource type of a name. An unknown one fails the deployment; moto would skip the resource."""
    if name in TYPES:
        return TYPES[name]
    for prefix, family in FAMILIES.items():
        if name.startswith(prefix):
            return family(name)
    raise NotSupported(f"the local API does not support the resource type {name}")
