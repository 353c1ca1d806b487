"""VPC Lattice: what it keeps, who sees it, and how calls name it.

https://docs.aws.amazon.com/vpc-lattice/latest/ug/how-it-works.html
Assumption: everything is active, and everything deleted is gone, when the call returns. AWS takes up to minutes.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from moto.core.utils import utcnow
from moto.vpclattice import urls
from moto.vpclattice.models import VPCLatticeBackend, vpclattice_backends

from ..overlay import after
from .api import Api, Call, Values, replaced, words_of
from .ram import shared_with

LATTICE = Api(replaced("vpc-lattice", urls), "ValidationException")

GUIDE = "https://docs.aws.amazon.com/vpc-lattice/latest/ug/"
REFERENCE = "https://docs.aws.amazon.com/vpc-lattice/latest/APIReference/"

# The paths of ARNs, which the patterns of the API require.
_PATHS = {
    "Service": "service/{id}",
    "ServiceNetwork": "servicenetwork/{id}",
    "Listener": "service/{serviceId}/listener/{id}",
    "Rule": "service/{serviceId}/listener/{listenerId}/rule/{id}",
    "TargetGroup": "targetgroup/{id}",
    "ServiceNetworkVpcAssociation": "servicenetworkvpcassociation/{id}",
    "ServiceNetworkServiceAssociation": "servicenetworkserviceassociation/{id}",
    "AccessLogSubscription": "accesslogsubscription/{id}",
}
_PREFIXES = {
    "Service": "svc",
    "ServiceNetwork": "sn",
    "Listener": "listener",
    "Rule": "rule",
    "TargetGroup": "tg",
    "ServiceNetworkVpcAssociation": "snva",
    "ServiceNetworkServiceAssociation": "snsa",
    "AccessLogSubscription": "als",
}


@dataclass(eq=False)
class Entity:
    """Something that VPC Lattice keeps. Its values have the names of the API."""

    kind: str
    owner: str
    values: Values
    viewers: frozenset[str] = frozenset()  # other accounts that it belongs to as well
    tags: dict[str, str] = field(default_factory=dict)

    @property
    def id(self) -> str:
        return self.values["id"]

    @property
    def arn(self) -> str:
        return self.values["arn"]

    def __getitem__(self, name: str) -> Any:
        return self.values.get(name)

    def update(self, call: Call, names: str) -> Values:
        """Set values to the parameters of a call that it has."""
        self.values |= {name: call.get(name) for name in names.split() if call.get(name) is not None}
        self.values["lastUpdatedAt"] = utcnow()
        return self.values


@after(VPCLatticeBackend, "__init__")
def _empty(backend: Any, result: None, *arguments: Any, **named: Any) -> None:
    """The table lies in moto's backend, so that it is empty whenever moto is."""
    backend.entities = {}


def entities(region: str, kind: str) -> Iterator[Entity]:
    """Everything of a kind, in all accounts."""
    for regions in list(vpclattice_backends.values()):
        backend: Any = regions.get(region)
        yield from [entity for entity in list(backend.entities.values()) if entity.kind == kind] if backend else ()


def own(call: Call, kind: str) -> list[Entity]:
    """What the caller's account owns."""
    return [entity for entity in entities(call.region, kind) if entity.owner == call.account]


def visible(call: Call, kind: str) -> list[Entity]:
    """What the caller's account owns, is part of, or is shared with it."""
    return [entity for entity in entities(call.region, kind) if sees(call, entity)]


def sees(call: Call, entity: Entity) -> bool:
    return call.account in {entity.owner, *entity.viewers} or shared_with(entity.arn, call.account)


def create(call: Call, kind: str, values: Values, viewers: set[str] | None = None) -> Entity:
    """Add an entity to the caller's account."""
    values = {name: value for name, value in values.items() if value is not None}
    values["id"] = f"{_PREFIXES[kind]}-0{secrets.token_hex(8)}"
    path = _PATHS[kind].format(**values)
    values["arn"] = f"arn:{call.partition}:vpc-lattice:{call.region}:{call.account}:{path}"
    values["createdAt"] = values["lastUpdatedAt"] = utcnow()
    entity = Entity(kind, call.account, values, frozenset(viewers or ()) - {call.account}, call.get("tags", {}))
    backend: Any = vpclattice_backends[call.account][call.region]
    backend.entities[entity.arn] = entity
    return entity


def remove(call: Call, *removed: Entity) -> None:
    """Delete entities."""
    for entity in removed:
        backend: Any = vpclattice_backends[entity.owner][call.region]
        backend.entities.pop(entity.arn, None)


_NOT_FOUND = LATTICE.refusal(
    "not found",
    "",
    "ResourceNotFoundException",
    "The {kind} '{identifier}' does not exist",
    f"{REFERENCE}API_GetService.html",
    "the words",
)

# A resource that is not shared and one that does not exist get different answers only by ARN: an ID is looked up in the
# caller's account. "You must use the ARN if the resources specified in the operation are in different accounts":
# API_CreateServiceNetworkServiceAssociation.
_DENIED = LATTICE.refusal(
    "not shared",
    "",
    "AccessDeniedException",
    "User: {caller} is not authorized to perform: vpc-lattice:{operation} on resource: {identifier} because no resource-based "
    "policy allows the vpc-lattice:{operation} action",
    f"{GUIDE}sharing.html",
    "the code and the words, which are those of IAM for other services: "
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html",
)


def find(call: Call, kind: str, identifier: str, *, owned: bool = False, within: Values | None = None) -> Entity:
    """What a call names by its ID or its ARN, if the caller owns it, or may use it. Within are values of its parent."""
    by_arn = identifier.startswith("arn:")
    for one in entities(call.region, kind):
        mine = call.account in ({one.owner} if owned else {one.owner, *one.viewers})
        usable = mine or (by_arn and not owned and sees(call, one))
        if identifier in (one.id, one.arn) and usable and (within or {}).items() <= one.values.items():
            return one
    if by_arn and identifier.split(":")[4] != call.account:
        raise _DENIED.error({"caller": call.caller, "operation": call.operation, "identifier": identifier})
    raise _NOT_FOUND.error({"kind": words_of(kind), "identifier": identifier})


def service_of(call: Call, *, owned: bool = False) -> Entity:
    return find(call, "Service", call.get("serviceIdentifier"), owned=owned)


def network_of(call: Call, *, owned: bool = False) -> Entity:
    return find(call, "ServiceNetwork", call.get("serviceNetworkIdentifier"), owned=owned)


def resource_of(call: Call, parameter: str = "resourceIdentifier") -> Entity:
    """The service or service network of a policy or of a log subscription."""
    identifier = call.get(parameter)
    kind = "ServiceNetwork" if identifier.rsplit("/", 1)[-1].startswith("sn-") else "Service"
    return find(call, kind, identifier, owned=True)
