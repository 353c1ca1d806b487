"""Route 53 Profiles: what they refuse."""

from typing import Any

from moto.route53.models import route53_backends

from ..services.api import Call, Values
from ..services.ec2 import backend_of
from ..services.profile import (
    DENIED,
    GUIDE,
    NOT_FOUND,
    PROFILE,
    PROFILES,
    REFERENCE,
    RESOURCE,
    VPC,
    entities,
    of_profile,
    profile_of,
)
from ..services.rampermission import permits

_CODE = "the code and the words"
_ASSOCIATE = "AssociateResourceToProfile"
_CHANGES = f"{_ASSOCIATE} DisassociateResourceFromProfile"


def _profile(call: Call) -> Any | None:
    return next((one for one in entities(call.region, PROFILE) if one.id == call.get("ProfileId")), None)


@PROFILES.refuses(
    "resources of a shared profile",
    _CHANGES,
    DENIED.code,
    DENIED.words,
    f"{GUIDE}sharing-profiles.html#perms-owner",  # the default permission "does not include" AssociateResourceToProfile
    DENIED.assumed,
)
def _permission(call: Call) -> Values | None:
    profile = profile_of(call)
    allowed = profile.owner == call.account or permits(profile.arn, call.account, f"route53profiles:{call.operation}")
    return None if allowed else {"caller": call.caller, "operation": call.operation, "arn": profile.arn}


@PROFILES.refuses(
    "VPC of another account",
    "AssociateProfile",
    NOT_FOUND.code,
    NOT_FOUND.words,
    f"{REFERENCE}API_route53profiles_AssociateProfile.html",
)
def _vpc(call: Call) -> Values | None:
    """The words: github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/2044, for an ARN instead of an ID."""
    vpc = call.get("ResourceId")
    return None if vpc in backend_of(call.account, call.region).vpcs else {"id": vpc}


# "A VPC can have only one Profile associated with it."
@PROFILES.refuses(
    "second profile of a VPC",
    "AssociateProfile",
    "ResourceExistsException",
    "The resource {vpc} has already been associated with the profile {profile}",
    f"{REFERENCE}API_route53profiles_AssociateProfile.html",
    "the words, which are those of the exception; and that a second profile gets the same answer as the same one",
)
def _second(call: Call) -> Values | None:
    vpc = call.get("ResourceId")
    for one in entities(call.region, VPC):
        if one["ResourceId"] == vpc:
            return {"vpc": vpc, "profile": one["ProfileId"]}
    return None


@PROFILES.refuses(
    "kind of a resource",
    _ASSOCIATE,
    "InvalidParameterException",
    "The resource {arn} is not a private hosted zone",
    f"{GUIDE}profile-associate-private-hz.html",
    "the words; and the local API knows no other kind of resource",
)
def _kind(call: Call) -> Values | None:
    arn = call.get("ResourceArn")
    zone = _zone(call.account, call.partition, arn)
    private = zone.private_zone if zone else ":hostedzone/" in arn  # one that is not the caller's is not found
    return None if private else {"arn": arn}


@PROFILES.refuses(
    "zone of another account",
    _ASSOCIATE,
    NOT_FOUND.code,
    NOT_FOUND.words,
    f"{REFERENCE}API_route53profiles_AssociateResourceToProfile.html",
    "that the owner of the zone must call, which needs route53:GetHostedZone",
)
def _foreign_zone(call: Call) -> Values | None:
    arn = call.get("ResourceArn")
    return None if _zone(call.account, call.partition, arn) else {"id": arn}


def _zone(account: str, partition: str, arn: str) -> Any | None:
    return route53_backends[account][partition].zones.get(arn.rsplit("/", 1)[-1])


@PROFILES.refuses(
    "resource twice in a profile",
    _ASSOCIATE,
    "ConflictException",
    "The resource {arn} has already been associated with the profile {profile}",
    f"{REFERENCE}API_route53profiles_AssociateResourceToProfile.html",
    _CODE,
)
def _twice(call: Call) -> Values | None:
    arn, profile = call.get("ResourceArn"), call.get("ProfileId")
    again = any(one["ResourceArn"] == arn for one in of_profile(call.region, RESOURCE, profile))
    return {"arn": arn, "profile": profile} if again else None


# "Before you can delete a profile, you must first disassociate it from all VPCs."
@PROFILES.refuses(
    "profile with VPCs",
    "DeleteProfile",
    "ConflictException",
    "The profile {profile} is associated with VPCs",
    f"{REFERENCE}API_route53profiles_DeleteProfile.html",
    "the words",
)
def _vpcs(call: Call) -> Values | None:
    profile = profile_of(call, owned=True)
    return {"profile": profile.id} if of_profile(call.region, VPC, profile.id) else None
