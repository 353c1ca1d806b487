"""Resource Access Manager: shares of resources with accounts, with the organization, and with its units.

https://docs.aws.amazon.com/ram/latest/APIReference/Welcome.html
Assumption: an association is complete when the call returns.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from moto.core.utils import utcnow
from moto.ram import urls
from moto.ram.models import ResourceAccessManagerBackend, ram_backends

from ..overlay import after
from . import organization
from .api import Api, Call, Values, replaced

RAM = Api(replaced("ram", urls), "InvalidParameterException")

REFERENCE = "https://docs.aws.amazon.com/ram/latest/APIReference/"
GUIDE = "https://docs.aws.amazon.com/ram/latest/userguide/"

# The types that can be shared here, by the service and the first part of the resource in an ARN.
# https://docs.aws.amazon.com/ram/latest/userguide/shareable.html
# Assumption: the name of the permission of services; AWS documents that of resource configurations.
TYPES = {
    ("ec2", "transit-gateway"): ("ec2:TransitGateway", "AWSRAMDefaultPermissionTransitGateway"),
    ("route53profiles", "profile"): ("route53profiles:Profile", "AWSRAMPermissionRoute53ProfileAllowAssociation"),
    ("ssm", "parameter"): ("ssm:Parameter", "AWSRAMDefaultPermissionSSMParameterReadOnly"),
    ("vpc-lattice", "service"): ("vpc-lattice:Service", "AWSRAMPermissionVpcLatticeServiceReadWrite"),
    ("vpc-lattice", "servicenetwork"): ("vpc-lattice:ServiceNetwork", "AWSRAMPermissionVpcLatticeServiceNetworkReadWrite"),
}


def type_of(arn: str) -> tuple[str, str] | None:
    """The type of a resource and its default permission."""
    parts = arn.split(":", 5)
    return TYPES.get((parts[2], parts[5].split("/", 1)[0])) if len(parts) == 6 else None


@dataclass(eq=False)
class Share:
    """A resource share. Invitations are those to accounts outside the organization, with their status."""

    owner: str
    values: Values
    resources: list[str] = field(default_factory=list)
    principals: list[str] = field(default_factory=list)
    permissions: list[str] = field(default_factory=list)
    invitations: dict[str, Values] = field(default_factory=dict)
    tags: list[dict[str, str]] = field(default_factory=list)

    @property
    def arn(self) -> str:
        return self.values["resourceShareArn"]

    @property
    def active(self) -> bool:
        return self.values["status"] == "ACTIVE"

    def reaches(self, account: str) -> bool:
        """Whether an account may use what is shared. An account outside the organization accepts the invitation first."""
        if not self.active or account == self.owner:
            return False
        if account in self.invitations:
            return self.invitations[account]["status"] == "ACCEPTED"
        return any(covers(principal, account) for principal in self.principals)

    def add(self, call: Call) -> None:
        """Add the resources and principals of a call, and invite accounts outside the organization."""
        self.resources += [arn for arn in call.get("resourceArns", []) if arn not in self.resources]
        for principal in call.get("principals", []):
            if principal in self.principals:
                continue
            self.principals.append(principal)
            if principal.isdigit() and not organization.is_member(principal):
                self._invite(call, principal)
        self.values["lastUpdatedTime"] = utcnow()

    def _invite(self, call: Call, account: str) -> None:
        prefix = f"arn:{call.partition}:ram:{call.region}:{self.owner}"
        self.invitations[account] = {
            "resourceShareInvitationArn": f"{prefix}:resource-share-invitation/{uuid.uuid4()}",
            "resourceShareName": self.values["name"],
            "resourceShareArn": self.arn,
            "senderAccountId": self.owner,
            "receiverAccountId": account,
            "invitationTimestamp": utcnow(),
            "status": "PENDING",
        }

    def drop(self, call: Call) -> None:
        """Remove the resources and principals of a call. Associations that were made by the share stay.

        https://docs.aws.amazon.com/vpc-lattice/latest/ug/sharing.html
        """
        self.resources = [arn for arn in self.resources if arn not in call.get("resourceArns", [])]
        for principal in call.get("principals", []):
            self.invitations.pop(principal, None)
        self.principals = [principal for principal in self.principals if principal not in call.get("principals", [])]
        self.values["lastUpdatedTime"] = utcnow()


def covers(principal: str, account: str) -> bool:
    """Whether a principal of a share is an account, or an organization or a unit that it belongs to."""
    if not principal.startswith("arn:"):
        return principal == account
    return organization.is_member(account) and ":organizations:" in principal


@after(ResourceAccessManagerBackend, "__init__")
def _empty(backend: Any, result: None, *arguments: Any, **named: Any) -> None:
    """The table lies in moto's backend, so that it is empty whenever moto is."""
    backend.shares = {}


def shares(region: str) -> Iterator[Share]:
    """All shares of a Region, in all accounts."""
    for regions in list(ram_backends.values()):
        backend: Any = regions.get(region)
        yield from list(backend.shares.values()) if backend else ()


def shared_with(arn: str, account: str) -> bool:
    """Whether a resource is shared with an account."""
    return any(arn in share.resources and share.reaches(account) for share in shares(arn.split(":")[3]))


_UNKNOWN = RAM.refusal(
    "unknown share",
    "",
    "UnknownResourceException",
    "ResourceShare {share} could not be found.",
    f"{REFERENCE}API_UpdateResourceShare.html",
    "the words, which are those of moto",
)


def _own(call: Call) -> Share:
    arn = call.get("resourceShareArn")
    for share in shares(call.region):
        if share.arn == arn and share.owner == call.account and share.active:
            return share
    raise _UNKNOWN.error({"share": arn})


def _listed(call: Call) -> list[Share]:
    """The shares that a call lists: those of the caller, or those of others with it."""
    wanted, name, status = call.get("resourceShareArns"), call.get("name"), call.get("resourceShareStatus")
    mine = call.get("resourceOwner") == "SELF"
    found = [share for share in shares(call.region) if (share.owner == call.account if mine else share.reaches(call.account))]
    found = [share for share in found if (not wanted or share.arn in wanted) and name in (None, share.values["name"])]
    return [share for share in found if status in (None, share.values["status"])]


@RAM.operation("CreateResourceShare")
def _create(call: Call) -> Values:
    now = utcnow()
    share = Share(
        call.account,
        {
            "resourceShareArn": f"arn:{call.partition}:ram:{call.region}:{call.account}:resource-share/{uuid.uuid4()}",
            "name": call.get("name"),
            "owningAccountId": call.account,
            "allowExternalPrincipals": call.get("allowExternalPrincipals", True),
            "status": "ACTIVE",
            "creationTime": now,
            "lastUpdatedTime": now,
            "featureSet": "STANDARD",
        },
        permissions=list(call.get("permissionArns", [])),
        tags=list(call.get("tags", [])),
    )
    share.add(call)
    backend: Any = ram_backends[call.account][call.region]
    backend.shares[share.arn] = share
    return {"resourceShare": share.values}


@RAM.operation("UpdateResourceShare")
def _update(call: Call) -> Values:
    share = _own(call)
    share.values |= {name: call.get(name) for name in ("name", "allowExternalPrincipals") if call.get(name) is not None}
    share.values["lastUpdatedTime"] = utcnow()
    return {"resourceShare": share.values}


@RAM.operation("DeleteResourceShare")
def _delete(call: Call) -> Values:
    """A deleted share is listed as such for a while, and shares nothing any more."""
    _own(call).values |= {"status": "DELETED", "lastUpdatedTime": utcnow()}
    return {"returnValue": True}


@RAM.operation("AssociateResourceShare")
def _associate(call: Call) -> Values:
    share = _own(call)
    share.add(call)
    return {"resourceShareAssociations": _associations(share)}


@RAM.operation("DisassociateResourceShare")
def _disassociate(call: Call) -> Values:
    share = _own(call)
    share.drop(call)
    return {"resourceShareAssociations": _associations(share)}


def _associations(share: Share, kind: str | None = None) -> list[Values]:
    common = {
        "resourceShareArn": share.arn,
        "resourceShareName": share.values["name"],
        "creationTime": share.values["creationTime"],
        "lastUpdatedTime": share.values["lastUpdatedTime"],
    }
    principals = [
        common
        | {
            "associatedEntity": principal,
            "associationType": "PRINCIPAL",
            "external": principal in share.invitations,
            # An account that has not accepted is being associated.
            "status": "ASSOCIATED" if _accepted(share, principal) else "ASSOCIATING",
        }
        for principal in share.principals
    ]
    resources = [
        common | {"associatedEntity": arn, "associationType": "RESOURCE", "external": False, "status": "ASSOCIATED"}
        for arn in share.resources
    ]
    return [one for one in principals + resources if kind in (None, one["associationType"])]


def _accepted(share: Share, principal: str) -> bool:
    invitation = share.invitations.get(principal)
    return invitation is None or invitation["status"] == "ACCEPTED"


@RAM.operation("GetResourceShares")
def _get(call: Call) -> Values:
    return {"resourceShares": [share.values for share in _listed(call)]}


@RAM.operation("GetResourceShareAssociations")
def _get_associations(call: Call) -> Values:
    wanted = call.get("resourceShareArns")
    named = {call.get("resourceArn"), call.get("principal")} - {None}
    found = [
        association
        for share in shares(call.region)
        if share.active and share.owner == call.account and (not wanted or share.arn in wanted)
        for association in _associations(share, call.get("associationType"))
        if not named or association["associatedEntity"] in named
    ]
    return {"resourceShareAssociations": found}


@RAM.operation("ListResources")
def _list_resources(call: Call) -> Values:
    wanted, principal, kind = call.get("resourceArns"), call.get("principal"), call.get("resourceType")
    return {
        "resources": [
            {
                "arn": arn,
                "type": (type_of(arn) or ("", ""))[0],
                "resourceShareArn": share.arn,
                "status": "AVAILABLE",
                "creationTime": share.values["creationTime"],
                "lastUpdatedTime": share.values["lastUpdatedTime"],
                "resourceRegionScope": "REGIONAL",
            }
            for share in _listed(call)
            if share.active and (principal is None or principal in (*share.principals, share.owner))
            for arn in share.resources
            if (not wanted or arn in wanted) and kind in (None, (type_of(arn) or ("", ""))[0])
        ]
    }


@RAM.operation("ListPrincipals")
def _list_principals(call: Call) -> Values:
    """Of the caller's shares, whom they are with; of those of others, who owns them."""
    mine, wanted, arn = call.get("resourceOwner") == "SELF", call.get("principals"), call.get("resourceArn")
    return {
        "principals": [
            {
                "id": principal,
                "resourceShareArn": share.arn,
                "creationTime": share.values["creationTime"],
                "lastUpdatedTime": share.values["lastUpdatedTime"],
                "external": principal.isdigit() and not organization.is_member(principal),
            }
            for share in _listed(call)
            if share.active and arn in (None, *share.resources)
            for principal in (share.principals if mine else [share.owner])
            if not wanted or principal in wanted
        ]
    }


@RAM.operation("ListResourceSharePermissions")
def _list_permissions(call: Call) -> Values:
    """The permissions of a share: those that it names, and the default one of each other type."""
    share = _own(call)
    types = dict(sorted(found for found in map(type_of, share.resources) if found))
    prefix = f"arn:{call.partition}:ram::aws:permission/"
    named = {arn: arn.rsplit("/", 1)[1] for arn in share.permissions}
    return {
        "permissions": [
            {
                "arn": next((arn for arn, name in named.items() if kind.split(":")[1] in name), prefix + default),
                "resourceType": kind,
                "version": "1",
                "defaultVersion": True,
                "status": "ASSOCIATED",
            }
            for kind, default in types.items()
        ]
    }


@RAM.operation("EnableSharingWithAwsOrganization")
def _enable(call: Call) -> Values:
    return {"returnValue": True}


@RAM.operation("TagResource")
def _tag(call: Call) -> Values:
    share = _own(call)
    new = {tag["key"]: tag for tag in [*share.tags, *call.get("tags", [])]}
    share.tags = list(new.values())
    return {}


@RAM.operation("UntagResource")
def _untag(call: Call) -> Values:
    share = _own(call)
    share.tags = [tag for tag in share.tags if tag["key"] not in call.get("tagKeys", [])]
    return {}


@RAM.operation("GetResourceShareInvitations")
def _invitations(call: Call) -> Values:
    """The invitations to the caller's account."""
    wanted, of = call.get("resourceShareInvitationArns"), call.get("resourceShareArns")
    found = [
        share.invitations[call.account]
        for share in shares(call.region)
        if share.active and call.account in share.invitations and (not of or share.arn in of)
    ]
    return {
        "resourceShareInvitations": [
            invitation for invitation in found if not wanted or invitation["resourceShareInvitationArn"] in wanted
        ]
    }


_NO_INVITATION = RAM.refusal(
    "unknown invitation",
    "",
    "ResourceShareInvitationArnNotFoundException",
    "ResourceShareInvitation {invitation} could not be found.",
    f"{REFERENCE}API_AcceptResourceShareInvitation.html",
    "the words",
)


def _decide(call: Call, status: str) -> Values:
    arn = call.get("resourceShareInvitationArn")
    for share in shares(call.region):
        invitation = share.invitations.get(call.account)
        if share.active and invitation and invitation["resourceShareInvitationArn"] == arn:
            invitation["status"] = status
            return {"resourceShareInvitation": invitation}
    raise _NO_INVITATION.error({"invitation": arn})


@RAM.operation("AcceptResourceShareInvitation")
def _accept(call: Call) -> Values:
    return _decide(call, "ACCEPTED")


@RAM.operation("RejectResourceShareInvitation")
def _reject(call: Call) -> Values:
    return _decide(call, "REJECTED")
