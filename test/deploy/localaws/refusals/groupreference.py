"""Rules of security groups that name a group: of the same VPC, of a peer, or of a VPC at the same transit gateway.

https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html#security-group-referencing
"""

from typing import Any

from moto.ec2.models.security_groups import SecurityGroupBackend

from ..overlay import instead
from ..services.api import Call, Values
from ..services.ec2 import EC2, backend_of, backends
from ..services.transitgateway import Attachment, things
from .peering import peered

_INBOUND, _OUTBOUND = "AuthorizeSecurityGroupIngress", "AuthorizeSecurityGroupEgress"
_RULES = f"{_INBOUND} {_OUTBOUND}"

for _operation in _RULES.split():
    EC2.checks(_operation)


def _group(region: str, group: str) -> Any | None:
    """A group of any account."""
    found = (backend.get_security_group_from_id(group) for backend in backends(region))
    return next((one for one in found if one is not None), None)


def _references(call: Call) -> list[tuple[Any, Any, Values]]:
    """The group of a call, with each group that its rules name, and how they name it."""
    own = backend_of(call.account, call.region).get_security_group_from_id(call.get("GroupId"))
    pairs = [pair for one in call.get("IpPermissions", []) for pair in one.get("UserIdGroupPairs", []) if pair.get("GroupId")]
    return [(own, _group(call.region, pair["GroupId"]), pair) for pair in pairs] if own else []


def _vpc(group: Any) -> Any:
    return group.ec2_backend.get_vpc(group.vpc_id)


def _joined(call: Call, own: Any, other: Any) -> bool:
    """Whether a rule of one group may name another.

    Peers: https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-security-groups.html
    """
    if own.vpc_id == other.vpc_id or peered(call.region, _vpc(own), _vpc(other)):
        return True
    return call.operation == _INBOUND and _share_gateway(call.region, own.vpc_id, other.vpc_id)


def _share_gateway(region: str, vpc: str, other: str) -> bool:
    """Whether two VPCs are attached to one gateway, and it and both attachments support references: inbound rules alone.

    https://docs.aws.amazon.com/vpc/latest/tgw/tgw-vpc-attachments.html#vpc-attachment-security
    Assumption: EC2 refuses an outbound rule; AWS says that it is not supported.
    """

    def at(wanted: str) -> set[str]:
        return {
            one.gateway.id
            for one in things(region, Attachment)
            if one.vpc.id == wanted
            and one.available
            and all(options["SecurityGroupReferencingSupport"] == "enable" for options in (one.options, one.gateway.options))
        }

    return bool(at(vpc) & at(other))


@EC2.refuses(
    "group of another account",
    _RULES,
    "InvalidGroup.NotFound",
    "The security group '{group}' does not exist",
    "https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-security-groups.html",
)
def _foreign(call: Call) -> Values | None:
    """A group that is not there, one whose owner is not the one that the rule says, and one of another account whose VPC is
    not joined get the same answer: github.com/aws-controllers-k8s/community/issues/2676. The owner need not be said:
    github.com/hashicorp/terraform-provider-aws/issues/159.
    """
    for own, other, pair in _references(call):
        if (
            other is None
            or pair.get("UserId", other.owner_id) != other.owner_id
            or (other.owner_id != call.account and not _joined(call, own, other))
        ):
            return {"group": pair["GroupId"]}
    return None


@EC2.refuses(
    "group of another VPC",
    _RULES,
    "InvalidGroup.NotFound",
    "You have specified two resources that belong to different networks.",
    "https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-security-groups.html",
)
def _other_vpc(call: Call) -> Values | None:
    """The words: github.com/ansible/ansible/pull/28876."""
    return {} if any(not _joined(call, own, other) for own, other, _ in _references(call)) else None


@instead(SecurityGroupBackend, "_add_source_group")
def _owners(backend: Any, given: list[Values] | None, vpc: str | None) -> list[Values]:
    """The groups of a rule with their owners. A rule whose group is gone is stale, and can be revoked."""
    found = []
    for pair in given or []:
        named = backend.get_security_group_from_name(pair["GroupName"], vpc) if "GroupName" in pair else None
        group = pair.get("GroupId") or (named.id if named else None)
        other = _group(backend.region_name, group) if group else None
        owner = other.owner_id if other else pair.get("UserId", backend.account_id)
        kept = {name: value for name, value in pair.items() if name != "GroupName"}
        found.append(kept | {"GroupId": group, "UserId": owner, "OwnerId": owner})
    return found
