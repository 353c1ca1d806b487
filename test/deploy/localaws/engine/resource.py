"""Resources, and the requests that create, update and delete them."""

from dataclasses import dataclass, field
from typing import Any

from moto.cloudformation.exceptions import ValidationError

from ..client import Clients

Properties = dict[str, Any]


class NotSupported(Exception):
    """Something that the local API does not implement. Its text becomes the reason of the failed resource."""


class Invalid(Exception):
    """Properties that the schema of the type does not allow. Its text becomes the reason of the failed resource."""


class NotStabilized(Exception):
    """A resource that was created and cannot be used. Its text becomes the reason of the failed resource."""


class Incomplete(Exception):
    """A resource that exists although its creation or its update failed: a rollback deletes it, or changes it back."""

    def __init__(self, text: str, resource: "Resource") -> None:
        super().__init__(text)
        self.resource = resource


@dataclass(frozen=True)
class Request:
    """A request to create, update or delete one resource, with the credentials of the deployment."""

    clients: Clients
    account: str
    region: str
    stack_name: str
    stack_id: str
    logical_id: str
    old: Properties  # empty on creation
    new: Properties | None  # None on deletion
    physical_id: str = ""  # empty until the resource exists
    result: Any = None  # of the call that created the resource
    item: Any = None  # of a call that is made for each item of a list

    @property
    def properties(self) -> Properties:
        """The properties in the template; on deletion, those that the resource has."""
        return self.old if self.new is None else self.new


@dataclass
class Resource:
    """A resource that exists. Its attributes have the names that moto's resolver reads."""

    logical_resource_id: str
    cf_resource_type: str
    physical_resource_id: str
    properties: Properties
    attributes: dict[str, Any] = field(default_factory=dict)
    retained: bool = False
    depends_on: frozenset[str] = frozenset()

    def get_cfn_attribute(self, name: str) -> Any:
        """The value of Fn::GetAtt. moto ignores an attribute that it does not know; CloudFormation refuses it."""
        value: Any = self.attributes
        for part in [name] if name in self.attributes else name.split("."):
            if not isinstance(value, dict) or part not in value:
                text = f"resource {self.logical_resource_id} does not support attribute type {name} in Fn::GetAtt"
                raise ValidationError(message=f"Template error: {text}")
            value = value[part]
        return value

    def is_created(self) -> bool:
        """Resources are created one after the other, so one that exists is complete."""
        return True


def changed(old: Properties, new: Properties) -> set[str]:
    """The names of the properties that differ."""
    return {name for name in {*old, *new} if old.get(name) != new.get(name)}
