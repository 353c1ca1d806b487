"""Custom resources: what their Lambda functions would do, as none runs here. One that is not listed fails."""

from __future__ import annotations

from typing import Any

from .resource import IN_PLACE, REPLACE, Call, Deployed, Handler, handles


@handles
class VpcRestrictDefaultSecurityGroup(Handler):
    """CDK's function takes the rules that a VPC's default security group is born with away, and back on delete.

    https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_ec2.VpcProps.html#restrictdefaultsecuritygroup
    """

    type_name = "Custom::VpcRestrictDefaultSG"
    properties = {"Account": IN_PLACE, "DefaultSecurityGroupId": IN_PLACE, "ServiceToken": REPLACE}

    def create(self, call: Call) -> Deployed:
        group = call.properties["DefaultSecurityGroupId"]
        ec2 = call.client("ec2")
        found = ec2.describe_security_groups(GroupIds=[group])["SecurityGroups"][0]
        for direction, rules in (("ingress", found["IpPermissions"]), ("egress", found["IpPermissionsEgress"])):
            if rules:
                getattr(ec2, f"revoke_security_group_{direction}")(GroupId=group, IpPermissions=self.born_with(rules))
        return self.deployed(call, f"{call.stack_name}-{call.logical_id}")

    def born_with(self, rules: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [{key: value for key, value in rule.items() if value} for rule in rules]

    def delete(self, call: Call, old: Deployed) -> None:
        group, ec2 = old.properties["DefaultSecurityGroupId"], call.client("ec2")
        itself = [{"IpProtocol": "-1", "UserIdGroupPairs": [{"GroupId": group}]}]
        everywhere = [{"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}]
        ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=itself)
        ec2.authorize_security_group_egress(GroupId=group, IpPermissions=everywhere)
