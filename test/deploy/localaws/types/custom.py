"""Custom resources: what their Lambda functions would do, as none runs here. Others fail."""

from ..engine.expression import computed
from ..engine.resource import Request
from ..engine.resourcetype import ResourceType, register


@computed("DefaultSecurityGroupId")
def _remove_rules(request: Request) -> None:
    group, ec2 = request.properties["DefaultSecurityGroupId"], request.clients.of("ec2")
    found = ec2.describe_security_groups(GroupIds=[group])["SecurityGroups"][0]
    for direction, rules in (("ingress", found["IpPermissions"]), ("egress", found["IpPermissionsEgress"])):
        permissions = [{key: value for key, value in rule.items() if value} for rule in rules]
        if permissions:
            getattr(ec2, f"revoke_security_group_{direction}")(GroupId=group, IpPermissions=permissions)


@computed()
def _restore_rules(request: Request) -> None:
    group, ec2 = request.properties["DefaultSecurityGroupId"], request.clients.of("ec2")
    members = [{"IpProtocol": "-1", "UserIdGroupPairs": [{"GroupId": group}]}]
    everything = [{"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}]
    ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=members)
    ec2.authorize_security_group_egress(GroupId=group, IpPermissions=everything)


register(
    # https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_ec2.VpcProps.html#restrictdefaultsecuritygroup
    ResourceType(
        "Custom::VpcRestrictDefaultSG",
        replacement="ServiceToken",
        in_place="Account DefaultSecurityGroupId",
        without_effect="Account ServiceToken",
        create=[_remove_rules],
        delete=[_restore_rules],
    )
)
