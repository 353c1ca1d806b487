"""Endpoint services, their permissions and notifications, and endpoints."""

from dataclasses import replace
from functools import partial

from moto.utilities.utils import get_partition

from ..engine.expression import ID, added, api, computed, prop, removed
from ..engine.resource import Request
from ..engine.resourcetype import ResourceType, register, same
from .tags import RETAG, tags

_modify_service = partial(api, "ec2.modify_vpc_endpoint_service_configuration", ServiceId=ID)

_ALLOWED = api("ec2.describe_vpc_endpoint_service_permissions", "ServiceId", result="AllowedPrincipals[].Principal")
_ALLOW = api(
    "ec2.modify_vpc_endpoint_service_permissions",
    "ServiceId",
    AddAllowedPrincipals=added("AllowedPrincipals", _ALLOWED),
    RemoveAllowedPrincipals=removed("AllowedPrincipals", _ALLOWED),
)
_COUNTED = ("ActiveConnections", "Bytes", "NewConnections", "RstPackets")
_INSIGHTS = [f"VpcEndpointService-{what}ByEndpointId-v1" for what in _COUNTED]


@computed()
def _service(request: Request) -> str:
    partition = get_partition(request.region)
    return f"arn:{partition}:ec2:{request.region}:{request.account}:vpc-endpoint-service/{request.physical_id}"


@computed("ContributorInsightsEnabled")
def _insights(request: Request) -> None:
    """The rules of Contributor Insights that count by endpoint.

    https://docs.aws.amazon.com/vpc/latest/privatelink/privatelink-cloudwatch-metrics.html
    """
    cloudwatch, arn = request.clients.of("cloudwatch"), _service.of(request)
    if request.new and str(request.new.get("ContributorInsightsEnabled", False)).lower() == "true":
        cloudwatch.put_managed_insight_rules(ManagedRules=[{"TemplateName": one, "ResourceARN": arn} for one in _INSIGHTS])
    elif rules := cloudwatch.list_managed_insight_rules(ResourceARN=arn)["ManagedRules"]:
        cloudwatch.delete_insight_rules(RuleNames=[one["RuleState"]["RuleName"] for one in rules])


_NOTIFICATION = "ConnectionEvents ConnectionNotificationArn"

register(
    ResourceType(
        "AWS::EC2::VPCEndpointService",
        in_place="AcceptanceRequired ContributorInsightsEnabled NetworkLoadBalancerArns PayerResponsibility PrivateDnsName "
        "SupportedIpAddressTypes SupportedRegions Tags",
        create=[
            api(
                "ec2.create_vpc_endpoint_service_configuration",
                "NetworkLoadBalancerArns PrivateDnsName SupportedRegions",
                AcceptanceRequired=prop("AcceptanceRequired", True),
                TagSpecifications=tags("vpc-endpoint-service"),
                result="ServiceConfiguration",
            )
        ],
        settings=[replace(_insights, removable=_insights.reads)],
        update=[
            _modify_service(AcceptanceRequired=prop("AcceptanceRequired", True)),
            _modify_service(
                AddNetworkLoadBalancerArns=added("NetworkLoadBalancerArns"),
                RemoveNetworkLoadBalancerArns=removed("NetworkLoadBalancerArns"),
            ),
            _modify_service("PrivateDnsName"),
            _modify_service(AddSupportedRegions=added("SupportedRegions"), RemoveSupportedRegions=removed("SupportedRegions")),
            *RETAG,
        ],
        read=api("ec2.describe_vpc_endpoint_service_configurations", ServiceIds=[ID], result="ServiceConfigurations[0]"),
        delete=[_insights, api("ec2.delete_vpc_endpoint_service_configurations", ServiceIds=[ID])],
        id="ServiceId",
        attributes=same("ServiceId PrivateDnsNameConfiguration"),
    ),
    # The list in the template is the whole list: other principals are removed, even those that were added by hand.
    ResourceType(
        "AWS::EC2::VPCEndpointServicePermissions",
        replacement="ServiceId",
        in_place="AllowedPrincipals",
        settings=[_ALLOW],
        delete=[_ALLOW],
        id=prop("ServiceId"),
    ),
    ResourceType(
        "AWS::EC2::VPCEndpointConnectionNotification",
        eager=True,  # only a DependsOn creates the policy of the topic first
        replacement="ServiceId",
        in_place=_NOTIFICATION,
        create=[
            api("ec2.create_vpc_endpoint_connection_notification", f"{_NOTIFICATION} ServiceId", result="ConnectionNotification")
        ],
        update=[api("ec2.modify_vpc_endpoint_connection_notification", _NOTIFICATION, ConnectionNotificationId=ID)],
        delete=[api("ec2.delete_vpc_endpoint_connection_notifications", ConnectionNotificationIds=[ID])],
        id="ConnectionNotificationId",
        attributes={"VPCEndpointConnectionNotificationId": ID},
    ),
    # Assumption: CloudFormation does not wait for the owner of the service to accept the connection, and DnsEntries are
    # filled while it is pending: no page of AWS says either. DnsMode_NONE until the connection is accepted does not rest on
    # the second.
    ResourceType(
        "AWS::EC2::VPCEndpoint",
        eager=True,  # it refers to a service by name, so only a DependsOn creates the permissions first
        replacement="ResourceConfigurationArn ServiceName ServiceNetworkArn ServiceRegion VpcEndpointType VpcId",
        in_place="DnsOptions IpAddressType PolicyDocument PrivateDnsEnabled RouteTableIds SecurityGroupIds SubnetIds Tags",
        create=[
            api(
                "ec2.create_vpc_endpoint",
                "PolicyDocument RouteTableIds SecurityGroupIds ServiceName ServiceNetworkArn ServiceRegion SubnetIds VpcId",
                PrivateDnsEnabled=prop("PrivateDnsEnabled", False),
                VpcEndpointType=prop("VpcEndpointType", "Gateway"),
                TagSpecifications=tags("vpc-endpoint"),
                result="VpcEndpoint",
            )
        ],
        update=RETAG,
        read=api("ec2.describe_vpc_endpoints", VpcEndpointIds=[ID], result="VpcEndpoints[0]"),
        delete=[api("ec2.delete_vpc_endpoints", VpcEndpointIds=[ID])],
        id="VpcEndpointId",
        attributes=same("CreationTimestamp NetworkInterfaceIds")
        | {"Id": "VpcEndpointId", "DnsEntries": "DnsEntries[].join(':', [HostedZoneId, DnsName])"},
    ),
)
