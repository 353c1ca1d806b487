"""What CloudFormation knows of a resource type: how to create, change and delete one, and what a change replaces."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, ClassVar

from moto.cloudformation.exceptions import ValidationError

from .client import Clients

Properties = dict[str, Any]

# Update behaviors as CloudFormation documents them for each property.
# https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-updating-stacks-update-behaviors.html
IN_PLACE = "Never"
REPLACE = "Always"
CONDITIONAL = "Conditionally"


class Refused(Exception):
    """A deployment that this local API does not take. Its text becomes the reason of the failed resource."""


@dataclass
class Call:
    """One operation on one resource, with clients that have the credentials of the deployment."""

    clients: Clients
    account: str
    region: str
    stack_name: str
    stack_id: str
    logical_id: str
    properties: Properties

    def client(self, service: str) -> Any:
        """The API of a service, called as CloudFormation calls it."""
        return self.clients.of(service)


@dataclass
class Deployed:
    """A resource that exists. Its attributes have the names that moto's resolver reads."""

    logical_resource_id: str
    cf_resource_type: str
    physical_resource_id: str
    properties: Properties
    attributes: dict[str, Any] = field(default_factory=dict)
    model: Any = None  # moto's own object, for types that moto creates
    retained: bool = False
    depends_on: frozenset[str] = frozenset()

    def get_cfn_attribute(self, name: str) -> Any:
        """What Fn::GetAtt returns. moto goes on without an attribute that it does not know; AWS does not."""
        value: Any = self.attributes
        for part in [name] if name in self.attributes else name.split("."):
            if not isinstance(value, dict) or part not in value:
                raise ValidationError(
                    message=f"Template error: resource {self.logical_resource_id} does not support "
                    f"attribute type {name} in Fn::GetAtt"
                )
            value = value[part]
        return value

    def is_created(self) -> bool:
        """Resources are made one after the other, so one that is here is complete."""
        return True


class Handler:
    """A resource type. Properties that are not listed are refused, so that none is dropped in silence."""

    type_name: ClassVar[str]
    properties: ClassVar[dict[str, str]]
    planned: ClassVar[dict[str, str]] = {}
    """Properties that change sets know as well, and that a deployment here refuses to carry out."""
    eager: ClassVar[bool] = False
    """CloudFormation starts at once what waits for nothing. Here one resource is made after the other, and eager ones
    first, so that a dependency that a template lacks is found each time, and not only when AWS happens to be slow."""

    def check(self, call: Call) -> None:
        """Refuse what the handler would not carry out."""
        unread = sorted(set(call.properties) - set(self.properties))
        if unread:
            raise Refused(f"the local API does not support {', '.join(unread)} of {self.type_name}")

    def create(self, call: Call) -> Deployed:
        """Create the resource."""
        raise NotImplementedError

    def update(self, call: Call, old: Deployed, changed: set[str]) -> Deployed:
        """Change properties of the resource in place."""
        raise Refused(f"the local API does not support an update of {', '.join(sorted(changed))} of {self.type_name}")

    def delete(self, call: Call, old: Deployed) -> None:
        """Delete the resource."""
        raise NotImplementedError

    def behavior(self, name: str) -> str:
        """What a change of a property does to the resource."""
        found = self.properties.get(name) or self.planned.get(name)
        if found is None:
            text = f"the local API does not know what a change of {name} does to {self.type_name}"
            raise ValidationError(message=text)
        return found

    def deployed(self, call: Call, physical_id: str, **attributes: Any) -> Deployed:
        """The resource as it is after a call."""
        return Deployed(call.logical_id, self.type_name, physical_id, call.properties, attributes)


HANDLERS: dict[str, Handler] = {}


def handles(handler: type[Handler]) -> type[Handler]:
    """Register a handler for its type."""
    HANDLERS[handler.type_name] = handler()
    return handler


def handler_of(type_name: str) -> Handler:
    """The handler of a type; a type without one fails the deployment, where moto would skip it."""
    if type_name not in HANDLERS:
        raise Refused(f"the local API does not support the resource type {type_name}")
    return HANDLERS[type_name]


def tags_for(properties: Properties, kind: str) -> list[dict[str, Any]]:
    """The Tags of a template as the TagSpecifications of EC2."""
    tags = properties.get("Tags", [])
    return [{"ResourceType": kind, "Tags": tags}] if tags else []


def retag(ec2: Any, resource_id: str, old: Properties, new: Properties) -> None:
    """Make the tags of an EC2 resource those of the new properties."""
    gone = {t["Key"] for t in old.get("Tags", [])} - {t["Key"] for t in new.get("Tags", [])}
    if gone:
        ec2.delete_tags(Resources=[resource_id], Tags=[{"Key": key} for key in sorted(gone)])
    if new.get("Tags"):
        ec2.create_tags(Resources=[resource_id], Tags=new["Tags"])


def as_bool(value: Any) -> bool:
    """A boolean of a template, which CloudFormation also takes as text."""
    return str(value).lower() == "true"
