"""Security groups and their rules."""

from typing import Any

from ..engine.expression import ID, Expression, added, api, computed, prop, reads_of, removed
from ..engine.resource import Properties, Request
from ..engine.resourcetype import ResourceType, register
from .names import GENERATED
from .tags import RETAG, tags

# Where the IpPermission of EC2 has the peer of a rule.
_PEERS = {
    "CidrIp": ("IpRanges", "CidrIp"),
    "CidrIpv6": ("Ipv6Ranges", "CidrIpv6"),
    "DestinationPrefixListId": ("PrefixListIds", "PrefixListId"),
    "DestinationSecurityGroupId": ("UserIdGroupPairs", "GroupId"),
    "SourcePrefixListId": ("PrefixListIds", "PrefixListId"),
    "SourceSecurityGroupId": ("UserIdGroupPairs", "GroupId"),
}
_OWNER = "SourceSecurityGroupOwnerId"
"""The account of the group that a rule names, if it is another one."""

_ALL_TRAFFIC = [{"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}]


def _permission(rule: Properties) -> dict[str, Any]:
    """A rule of a template as the IpPermission of EC2."""
    found = {name: rule[name] for name in ("IpProtocol", "FromPort", "ToPort") if name in rule}
    description = {"Description": rule["Description"]} if rule.get("Description") else {}
    owner = {"UserId": rule[_OWNER]} if _OWNER in rule else {}
    return found | {
        peers: [{member: rule[name]} | (owner if member == "GroupId" else {}) | description]
        for name, (peers, member) in _PEERS.items()
        if name in rule
    }


def _remove_default_egress(request: Request, group_id: str) -> None:
    """Remove the rule that EC2 gives to each new group, and that allows all outbound traffic."""
    ec2 = request.clients.of("ec2")
    group = ec2.describe_security_groups(GroupIds=[group_id])["SecurityGroups"][0]
    for rule in group["IpPermissionsEgress"]:
        if rule["IpProtocol"] == "-1" and any(peer["CidrIp"] == "0.0.0.0/0" for peer in rule["IpRanges"]):
            ec2.revoke_security_group_egress(GroupId=group_id, IpPermissions=_ALL_TRAFFIC)


@computed("SecurityGroupEgress")
def _listed_egress_only(request: Request) -> None:
    """A group without egress rules in the template keeps the one that EC2 gives it, until it gets some."""
    if request.properties.get("SecurityGroupEgress") and not request.old.get("SecurityGroupEgress"):
        _remove_default_egress(request, request.physical_id)


def _rules(direction: str) -> tuple[Expression, Expression]:
    """The calls that remove and add rules that the template has inside a security group.

    Assumption: nothing comes in the place of the last rule that an update removes.
    """
    name, rule = f"SecurityGroup{direction.capitalize()}", Expression(lambda request: _permission(request.item))
    return (
        api(f"ec2.revoke_security_group_{direction}", each=removed(name), GroupId=ID, IpPermissions=[rule]),
        api(f"ec2.authorize_security_group_{direction}", each=added(name), GroupId=ID, IpPermissions=[rule]),
    )


def _rule(direction: str, peer: str) -> ResourceType:
    """A rule that is a resource. Any change replaces it, except one of the description."""
    replacement = f"CidrIp CidrIpv6 FromPort GroupId IpProtocol ToPort {peer}PrefixListId {peer}SecurityGroupId"
    replacement += f" {_OWNER}" if peer == "Source" else ""
    rule = computed(f"{replacement} Description")(lambda request: _permission(request.properties))
    authorize = api(f"ec2.authorize_security_group_{direction}", "GroupId", IpPermissions=[rule], result="SecurityGroupRules[0]")

    def create(request: Request) -> Any:
        if direction == "egress":
            # Not documented, but seen on AWS: the first rule replaces the one that allows all outbound traffic.
            # github.com/aws/aws-cdk/issues/22140 and 987; CDK counts on it.
            _remove_default_egress(request, request.properties["GroupId"])
        return authorize.of(request)

    return ResourceType(
        f"AWS::EC2::SecurityGroup{direction.capitalize()}",
        replacement=replacement,
        in_place="Description",
        create=[Expression(create, reads_of(authorize))],
        delete=[api(f"ec2.revoke_security_group_{direction}", "GroupId", SecurityGroupRuleIds=[ID])],
        id="SecurityGroupRuleId",
        attributes={"Id": "SecurityGroupRuleId"},
    )


_REVOKE_INGRESS, _AUTHORIZE_INGRESS = _rules("ingress")
_REVOKE_EGRESS, _AUTHORIZE_EGRESS = _rules("egress")

register(
    ResourceType(
        "AWS::EC2::SecurityGroup",
        replacement="GroupDescription GroupName VpcId",
        in_place="SecurityGroupEgress SecurityGroupIngress Tags",
        create=[
            api(
                "ec2.create_security_group",
                "VpcId",
                GroupName=prop("GroupName", GENERATED),
                Description=prop("GroupDescription"),
                TagSpecifications=tags("security-group"),
            ),
            _AUTHORIZE_INGRESS,
            _listed_egress_only,
            _AUTHORIZE_EGRESS,
        ],
        update=[_REVOKE_INGRESS, _AUTHORIZE_INGRESS, _listed_egress_only, _REVOKE_EGRESS, _AUTHORIZE_EGRESS, *RETAG],
        delete=[api("ec2.delete_security_group", GroupId=ID)],
        id="GroupId",
        attributes={"GroupId": ID, "Id": ID, "VpcId": prop("VpcId")},
    ),
    _rule("ingress", "Source"),
    _rule("egress", "Destination"),
)
