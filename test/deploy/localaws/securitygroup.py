"""Security groups and their rules."""

from __future__ import annotations

from typing import Any

from .resource import IN_PLACE, REPLACE, Call, Deployed, Handler, Properties, handles, tags_for

_EVERYTHING = [{"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}]


def permission(rule: Properties) -> dict[str, Any]:
    """A rule of a template as the IpPermission of EC2."""
    described = {"Description": rule["Description"]} if rule.get("Description") else {}
    found: dict[str, Any] = {"IpProtocol": str(rule["IpProtocol"])}
    if "FromPort" in rule:
        found |= {"FromPort": int(rule["FromPort"]), "ToPort": int(rule["ToPort"])}
    if "CidrIp" in rule:
        found["IpRanges"] = [{"CidrIp": rule["CidrIp"]} | described]
    if "CidrIpv6" in rule:
        found["Ipv6Ranges"] = [{"CidrIpv6": rule["CidrIpv6"]} | described]
    for side in ("Source", "Destination"):
        if f"{side}SecurityGroupId" in rule:
            found["UserIdGroupPairs"] = [{"GroupId": rule[f"{side}SecurityGroupId"]} | described]
        if f"{side}PrefixListId" in rule:
            found["PrefixListIds"] = [{"PrefixListId": rule[f"{side}PrefixListId"]} | described]
    return found


def close(ec2: Any, group_id: str) -> None:
    """Take away the rule that lets everything out, which EC2 gives to each new group."""
    group = ec2.describe_security_groups(GroupIds=[group_id])["SecurityGroups"][0]
    for rule in group["IpPermissionsEgress"]:
        if rule["IpProtocol"] == "-1" and any(r["CidrIp"] == "0.0.0.0/0" for r in rule["IpRanges"]):
            ec2.revoke_security_group_egress(GroupId=group_id, IpPermissions=_EVERYTHING)


@handles
class SecurityGroup(Handler):
    """A group without egress rules keeps the one that EC2 gives it; one that has lost its rules gets none back.

    https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-securitygroup.html
    """

    type_name = "AWS::EC2::SecurityGroup"
    properties = {
        "GroupDescription": REPLACE,
        "GroupName": REPLACE,
        "SecurityGroupEgress": IN_PLACE,
        "SecurityGroupIngress": IN_PLACE,
        "Tags": IN_PLACE,
        "VpcId": REPLACE,
    }

    def create(self, call: Call) -> Deployed:
        p, ec2 = call.properties, call.client("ec2")
        group_id = ec2.create_security_group(
            GroupName=p.get("GroupName", f"{call.stack_name}-{call.logical_id}-{call.stack_id[-12:]}"),
            Description=p["GroupDescription"],
            VpcId=p["VpcId"],
            TagSpecifications=tags_for(p, "security-group"),
        )["GroupId"]
        for rule in p.get("SecurityGroupIngress", []):
            ec2.authorize_security_group_ingress(GroupId=group_id, IpPermissions=[permission(rule)])
        if p.get("SecurityGroupEgress"):
            close(ec2, group_id)
        for rule in p.get("SecurityGroupEgress", []):
            ec2.authorize_security_group_egress(GroupId=group_id, IpPermissions=[permission(rule)])
        return self.deployed(call, group_id, GroupId=group_id, Id=group_id, VpcId=p["VpcId"])

    def delete(self, call: Call, old: Deployed) -> None:
        call.client("ec2").delete_security_group(GroupId=old.physical_resource_id)


class Rule(Handler):
    """A rule of its own. Everything but the description replaces it."""

    direction: str

    def create(self, call: Call) -> Deployed:
        p, ec2 = call.properties, call.client("ec2")
        if self.direction == "egress":
            # Not documented, but seen on AWS: the first rule takes away the one that lets everything out.
            # github.com/aws/aws-cdk/issues/22140 and 987; CDK counts on it.
            close(ec2, p["GroupId"])
        authorize = getattr(ec2, f"authorize_security_group_{self.direction}")
        rule = authorize(GroupId=p["GroupId"], IpPermissions=[permission(p)])["SecurityGroupRules"][0]
        return self.deployed(call, rule["SecurityGroupRuleId"], Id=rule["SecurityGroupRuleId"])

    def delete(self, call: Call, old: Deployed) -> None:
        p = old.properties
        revoke = getattr(call.client("ec2"), f"revoke_security_group_{self.direction}")
        revoke(GroupId=p["GroupId"], IpPermissions=[permission(p)])


_RULE = dict.fromkeys(["CidrIp", "CidrIpv6", "FromPort", "GroupId", "IpProtocol", "ToPort"], REPLACE)
_RULE["Description"] = IN_PLACE


@handles
class SecurityGroupIngress(Rule):
    """https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-securitygroupingress.html"""

    type_name = "AWS::EC2::SecurityGroupIngress"
    direction = "ingress"
    properties = _RULE | {"SourceSecurityGroupId": REPLACE, "SourcePrefixListId": REPLACE}


@handles
class SecurityGroupEgress(Rule):
    """https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-securitygroupegress.html"""

    type_name = "AWS::EC2::SecurityGroupEgress"
    direction = "egress"
    properties = _RULE | {"DestinationSecurityGroupId": REPLACE, "DestinationPrefixListId": REPLACE}
