"""Route 53 Profiles, which moto does not have: what they keep, who sees it, and how calls name it.

https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/profiles.html
Assumption: everything is complete, and everything deleted is gone, when the call returns. AWS takes minutes.
"""

from __future__ import annotations

import re
import secrets
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from types import ModuleType, SimpleNamespace
from typing import Any

from moto import backend_index
from moto.core.base_backend import BackendDict, BaseBackend
from moto.core.utils import utcnow

from .api import Api, Call, Values, replaced
from .ram import shared_with, shares

GUIDE = "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/"
REFERENCE = "https://docs.aws.amazon.com/Route53/latest/APIReference/"

_HOST = r"https?://route53profiles\.(.+)\.amazonaws\.com"
_URLS = SimpleNamespace(url_bases=[_HOST], url_paths={})

PROFILES = Api(replaced("route53profiles", _URLS), "ValidationException")


class ProfileBackend(BaseBackend):
    """The profiles of an account and a Region, and what its calls have associated."""

    def __init__(self, region_name: str, account_id: str) -> None:
        super().__init__(region_name, account_id)
        self.entities: dict[str, Entity] = {}

    @property
    def _url_module(self) -> Any:
        return _URLS


profile_backends: BackendDict[ProfileBackend] = BackendDict(ProfileBackend, "route53profiles")

# moto finds a service by its host, and then in a module of its own.
_MODULE: Any = ModuleType("moto.route53profiles")
_MODULE.route53profiles_backends = profile_backends
sys.modules[_MODULE.__name__] = _MODULE
backend_index.backend_url_patterns.append(("route53profiles", re.compile(_HOST)))

PROFILE, VPC, RESOURCE = "Profile", "ProfileAssociation", "ProfileResourceAssociation"
_PREFIXES = {PROFILE: "rp", VPC: "rpassoc", RESOURCE: "rpr"}
_PATHS = {PROFILE: "profile", VPC: "profile-association", RESOURCE: "profile-resource-association"}


@dataclass(eq=False)
class Entity:
    """A profile or an association. Its values have the names of the API."""

    kind: str
    owner: str
    arn: str
    values: Values
    tags: dict[str, str] = field(default_factory=dict)

    @property
    def id(self) -> str:
        return self.values["Id"]

    def __getitem__(self, name: str) -> Any:
        return self.values.get(name)


def entities(region: str, kind: str) -> Iterator[Entity]:
    """Everything of a kind, in all accounts."""
    for regions in list(profile_backends.values()):
        backend = regions.get(region)
        yield from [entity for entity in list(backend.entities.values()) if entity.kind == kind] if backend else ()


def of_profile(region: str, kind: str, profile: str) -> list[Entity]:
    """The associations of a profile, in all accounts."""
    return [one for one in entities(region, kind) if one["ProfileId"] == profile]


def _create(call: Call, kind: str, values: Values) -> Entity:
    now = utcnow()
    made = f"{_PREFIXES[kind]}-{secrets.token_hex(8)}"
    arn = f"arn:{call.partition}:route53profiles:{call.region}:{call.account}:{_PATHS[kind]}/{made}"
    common = {"Id": made, "Name": call.get("Name"), "OwnerId": call.account, "Status": "COMPLETE"}
    tags = {tag["Key"]: tag["Value"] for tag in call.get("Tags", [])}
    entity = Entity(kind, call.account, arn, common | values | {"CreationTime": now, "ModificationTime": now}, tags)
    profile_backends[call.account][call.region].entities[arn] = entity
    return entity


def _remove(call: Call, entity: Entity) -> Values:
    profile_backends[entity.owner][call.region].entities.pop(entity.arn)
    return entity.values | {"Status": "DELETED"}


# The words: github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/2044, for a VPC.
NOT_FOUND = PROFILES.refusal(
    "not found",
    "",
    "ResourceNotFoundException",
    'Can\'t find the resource with ID "{id}".',
    f"{REFERENCE}API_route53profiles_GetProfile.html",
    "that a profile of another account that is not shared gets the same answer",
)

DENIED = PROFILES.refusal(
    "not allowed by the share",
    "",
    "AccessDeniedException",
    "User: {caller} is not authorized to perform: route53profiles:{operation} on resource: {arn} because no resource-based "
    "policy allows the route53profiles:{operation} action",
    f"{GUIDE}sharing-profiles.html",
    "the words, which are those of IAM: https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html",
)


def sees(call: Call, profile: Entity) -> bool:
    return profile.owner == call.account or shared_with(profile.arn, call.account)


def profile_of(call: Call, *, owned: bool = False) -> Entity:
    """The profile that a call names: one of the caller's, or one that is shared with it unless the owner must call."""
    for one in entities(call.region, PROFILE):
        if one.id == call.get("ProfileId") and sees(call, one):
            if owned and one.owner != call.account:
                raise DENIED.error({"caller": call.caller, "operation": call.operation, "arn": one.arn})
            return one
    raise NOT_FOUND.error({"id": call.get("ProfileId")})


def _described(call: Call, profile: Entity) -> Values:
    shared = any(profile.arn in share.resources and share.active for share in shares(call.region))
    mine = profile.owner == call.account
    return profile.values | {
        "Arn": profile.arn,
        "ShareStatus": "SHARED_WITH_ME" if not mine else "SHARED_BY_ME" if shared else "NOT_SHARED",
    }


@PROFILES.operation("CreateProfile")
def _create_profile(call: Call) -> Values:
    return {"Profile": _described(call, _create(call, PROFILE, {"ClientToken": call.get("ClientToken")}))}


@PROFILES.operation("GetProfile")
def _get_profile(call: Call) -> Values:
    return {"Profile": _described(call, profile_of(call))}


@PROFILES.operation("ListProfiles")
def _list_profiles(call: Call) -> Values:
    return {"ProfileSummaries": [_described(call, one) for one in entities(call.region, PROFILE) if sees(call, one)]}


@PROFILES.operation("DeleteProfile")
def _delete_profile(call: Call) -> Values:
    """All associations of resources are removed with it, those of other accounts too.

    https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/sharing-profiles.html#perms-owner
    """
    profile = profile_of(call, owned=True)
    for one in of_profile(call.region, RESOURCE, profile.id):
        _remove(call, one)
    described = _described(call, profile)
    return {"Profile": described | _remove(call, profile)}


@PROFILES.operation("AssociateProfile")
def _associate(call: Call) -> Values:
    profile = profile_of(call)
    return {"ProfileAssociation": _create(call, VPC, {"ProfileId": profile.id, "ResourceId": call.get("ResourceId")}).values}


def _own(call: Call, kind: str, parameter: str) -> Entity:
    """An association that the caller owns."""
    for one in entities(call.region, kind):
        if one.id == call.get(parameter) and one.owner == call.account:
            return one
    raise NOT_FOUND.error({"id": call.get(parameter)})


@PROFILES.operation("GetProfileAssociation")
def _get_association(call: Call) -> Values:
    return {"ProfileAssociation": _own(call, VPC, "ProfileAssociationId").values}


@PROFILES.operation("ListProfileAssociations")
def _list_associations(call: Call) -> Values:
    """Those that the caller owns. "The owner is able to view and delete the VPC associations they own": sharing-profiles."""
    wanted = {"ProfileId": call.get("ProfileId"), "ResourceId": call.get("ResourceId")}
    given = {name: value for name, value in wanted.items() if value is not None}
    found = [one for one in entities(call.region, VPC) if one.owner == call.account and given.items() <= one.values.items()]
    return {"ProfileAssociations": [one.values for one in found]}


@PROFILES.operation("DisassociateProfile")
def _disassociate(call: Call) -> Values:
    for one in of_profile(call.region, VPC, call.get("ProfileId")):
        if one["ResourceId"] == call.get("ResourceId") and one.owner == call.account:
            return {"ProfileAssociation": _remove(call, one)}
    raise NOT_FOUND.error({"id": call.get("ResourceId")})


@PROFILES.operation("AssociateResourceToProfile")
def _associate_resource(call: Call) -> Values:
    """Assumption: the name of the type, by analogy to FIREWALL_RULE_GROUP in
    https://docs.aws.amazon.com/cli/latest/reference/route53profiles/associate-resource-to-profile.html
    """
    values = {
        "ProfileId": profile_of(call).id,
        "ResourceArn": call.get("ResourceArn"),
        "ResourceProperties": call.get("ResourceProperties"),
        "ResourceType": "PRIVATE_HOSTED_ZONE",
    }
    return {"ProfileResourceAssociation": _create(call, RESOURCE, values).values}


def _resource(call: Call) -> Entity:
    """An association of a resource with a profile that the caller sees."""
    visible = {one.id for one in entities(call.region, PROFILE) if sees(call, one)}
    for one in entities(call.region, RESOURCE):
        if one.id == call.get("ProfileResourceAssociationId") and one["ProfileId"] in visible:
            return one
    raise NOT_FOUND.error({"id": call.get("ProfileResourceAssociationId")})


@PROFILES.operation("GetProfileResourceAssociation")
def _get_resource(call: Call) -> Values:
    return {"ProfileResourceAssociation": _resource(call).values}


@PROFILES.operation("ListProfileResourceAssociations")
def _list_resources(call: Call) -> Values:
    """With read-only permission too, consumers "can see the associated resources": sharing-profiles."""
    profile, kind = profile_of(call), call.get("ResourceType")
    found = of_profile(call.region, RESOURCE, profile.id)
    return {"ProfileResourceAssociations": [one.values for one in found if kind in (None, one["ResourceType"])]}


@PROFILES.operation("DisassociateResourceFromProfile")
def _disassociate_resource(call: Call) -> Values:
    profile = profile_of(call)
    for one in of_profile(call.region, RESOURCE, profile.id):
        if one["ResourceArn"] == call.get("ResourceArn"):
            return {"ProfileResourceAssociation": _remove(call, one)}
    raise NOT_FOUND.error({"id": call.get("ResourceArn")})


def _tagged(call: Call) -> Entity:
    for kind in (PROFILE, VPC):
        for one in entities(call.region, kind):
            if one.arn == call.get("ResourceArn") and one.owner == call.account:
                return one
    raise NOT_FOUND.error({"id": call.get("ResourceArn")})


@PROFILES.operation("TagResource")
def _tag(call: Call) -> None:
    _tagged(call).tags.update(call.get("Tags", {}))


@PROFILES.operation("UntagResource")
def _untag(call: Call) -> None:
    tags = _tagged(call).tags
    for key in call.get("TagKeys", []):
        tags.pop(key, None)


@PROFILES.operation("ListTagsForResource")
def _tags(call: Call) -> Values:
    return {"Tags": _tagged(call).tags}
