"""Resource shares: what Resource Access Manager refuses."""

import re
from typing import Any

from ..services import organization
from ..services.api import Call, Values
from ..services.lattice import GUIDE as LATTICE_GUIDE
from ..services.lattice import entities
from ..services.profile import PROFILE
from ..services.profile import entities as profiles
from ..services.ram import GUIDE, RAM, REFERENCE, Share, shares, type_of
from ..services.rampermission import permission
from ..services.ssm import ADVANCED, named
from ..services.transitgateway import Gateway, things

_CHANGES = "CreateResourceShare AssociateResourceShare"
_CREATE = f"{REFERENCE}API_CreateResourceShare.html"

_PRINCIPAL = re.compile(
    r"\d{12}|arn:aws(-[a-z]+)*:organizations::\d{12}:(organization/o-[a-z0-9]+|ou/o-[a-z0-9]+/ou-[a-z0-9-]+)"
    r"|arn:aws(-[a-z]+)*:iam::\d{12}:(role|user)/.+|[a-z0-9-]+\.amazonaws\.com"
)


@RAM.refuses(
    "form of a principal",
    _CHANGES,
    "InvalidParameterException",
    "Principal ID {principal} is malformed. Verify the ID and try again.",  # github.com/aws/amazon-sagemaker-examples/pull/3047
    _CREATE,
)
def _form(call: Call) -> Values | None:
    """An account is its ID, not the ARN of its root."""
    for principal in call.get("principals", []):
        if not _PRINCIPAL.fullmatch(principal):
            return {"principal": principal}
    return None


@RAM.refuses(
    "unknown organization",
    _CHANGES,
    "UnknownResourceException",
    "{what} could not be found.",  # github.com/hashicorp/terraform-provider-aws/issues/15254
    _CREATE,
    "the words about units, which are those of moto",
)
def _organization(call: Call) -> Values | None:
    known = {organization.arn(call.partition), organization.unit_arn(call.partition)}
    for principal in call.get("principals", []):
        if ":organizations:" in principal and principal not in known:
            _, name, *unit = principal.split(":")[5].split("/")
            return {"what": f"OrganizationalUnit {unit[0]} in unknown organization" if unit else f"Organization {name}"}
    return None


def _types(call: Call, share: Share | None) -> list[str]:
    return [arn for arn in [*call.get("resourceArns", []), *(share.resources if share else [])] if type_of(arn)]


def _share(call: Call) -> Share | None:
    return next((share for share in shares(call.region) if share.arn == call.get("resourceShareArn")), None)


@RAM.refuses(
    "role or user",
    _CHANGES,
    "OperationNotPermittedException",
    "You cannot share {resource} with IAM users or roles",
    f"{GUIDE}shareable.html",  # "Can share with IAM users and roles: No", for VPC Lattice and for transit gateways
    "the code and the words; and the same for parameters and profiles, whose pages name accounts, units and organizations alone",
)
def _role(call: Call) -> Values | None:
    share = _share(call)
    principals = [*call.get("principals", []), *(share.principals if share else [])]
    resources = _types(call, share)
    return {"resource": resources[0]} if resources and any(":iam:" in principal for principal in principals) else None


@RAM.refuses(
    "outside the organization",
    _CHANGES,
    "OperationNotPermittedException",
    "The resource you are attempting to share can only be shared within your AWS Organization. This error may also occur if you "
    "have not enabled sharing with your AWS organization, or that onboarding process is still in progress.",
    f"{GUIDE}working-with-sharing-create.html",  # the words: github.com/hashicorp/terraform-provider-aws/issues/7769
)
def _external(call: Call) -> Values | None:
    share = _share(call)
    allowed = share.values["allowExternalPrincipals"] if share else call.get("allowExternalPrincipals", True)
    outside = [one for one in call.get("principals", []) if one.isdigit() and not organization.is_member(one)]
    return {} if outside and not allowed else None


@RAM.refuses(
    "type that cannot be shared",
    _CHANGES,
    "MalformedArnException",
    "You cannot share the selected resource type.",
    f"{GUIDE}shareable.html",
    "the words, which are those of moto; the local API shares fewer types than AWS",
)
def _type(call: Call) -> Values | None:
    return None if all(type_of(arn) for arn in call.get("resourceArns", [])) else {}


# "To share an entity, you must own it in your AWS account. You can't share an entity that has been shared with you."
@RAM.refuses(
    "shared thing shared on",
    _CHANGES,
    "OperationNotPermittedException",
    "You cannot share the resource {resource}, which your account does not own",
    f"{LATTICE_GUIDE}sharing.html",
    "the code and the words",
)
def _owner(call: Call) -> Values | None:
    for arn in call.get("resourceArns", []):
        if arn.split(":")[4] != call.account:
            return {"resource": arn}
    return None


@RAM.refuses(
    "unknown resource", _CHANGES, "UnknownResourceException", "The resource {resource} could not be found.", _CREATE, "the words"
)
def _exists(call: Call) -> Values | None:
    known: set[Any] = {one.arn for kind in ("Service", "ServiceNetwork") for one in entities(call.region, kind)}
    known |= {gateway.arn for gateway in things(call.region, Gateway)}
    known |= {profile.arn for profile in profiles(call.region, PROFILE)}
    for arn in call.get("resourceArns", []):
        if arn not in known and not _parameter(call, arn):
            return {"resource": arn}
    return None


@RAM.refuses(
    "network that is not to be shared",
    _CHANGES,
    "OperationNotPermittedException",
    "The sharing of service network {network} is disabled",
    "https://docs.aws.amazon.com/vpc-lattice/latest/APIReference/API_SharingConfig.html",
    "the code and the words",
)
def _sharing_disabled(call: Call) -> Values | None:
    for network in entities(call.region, "ServiceNetwork"):
        if network.arn in call.get("resourceArns", []) and not (network["sharingConfig"] or {}).get("enabled", True):
            return {"network": network.id}
    return None


def _parameter(call: Call, arn: str) -> Any | None:
    """A stored parameter of the caller."""
    return named(arn, call.account, call.region) if ":ssm:" in arn else None


# "To share a parameter, it must be in the advanced parameter tier."
@RAM.refuses(
    "standard parameter",
    _CHANGES,
    "OperationNotPermittedException",
    "The parameter {parameter} is not in the advanced tier, so that it cannot be shared",
    "https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-shared-parameters.html#prereqs",
    "the code and the words",
)
def _standard(call: Call) -> Values | None:
    for arn in call.get("resourceArns", []):
        found = _parameter(call, arn)
        if found and found.tier != ADVANCED:
            return {"parameter": arn}
    return None


# The words: github.com/aws-ia/terraform-aws-ipam/issues/49. Assumption: that an underscore is accepted.
@RAM.refuses(
    "name of a share",
    "CreateResourceShare UpdateResourceShare",
    "InvalidParameterException",
    "Resource share name can contain only alphabetic characters, numbers, spaces, periods, and dashes.",
    _CREATE,
)
def _name(call: Call) -> Values | None:
    name = call.get("name")
    return None if name is None or re.fullmatch(r"[A-Za-z0-9 ._-]+", name) else {}


@RAM.refuses(
    "unknown permission of a share",
    "CreateResourceShare",
    "UnknownResourceException",
    "Permission {permission} could not be found.",
    _CREATE,
    "the words; and that AWS has any permission of its own that is named",
)
def _permission(call: Call) -> Values | None:
    for arn in call.get("permissionArns", []):
        if ":aws:permission/" not in arn and not permission(arn):
            return {"permission": arn}
    return None
