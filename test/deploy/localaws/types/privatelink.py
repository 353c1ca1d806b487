"""Endpoint services, who may connect to them, and endpoints."""

from functools import partial

from ..engine.expression import ID, Added, Api, Property, Removed
from ..engine.resourcetype import ResourceType, register
from .tags import RETAG, tags

_modify_service = partial(Api, "ec2.modify_vpc_endpoint_service_configuration", "")

_ALLOWED = Api("ec2.describe_vpc_endpoint_service_permissions", "ServiceId", result="AllowedPrincipals[].Principal")
_ALLOW = Api(
    "ec2.modify_vpc_endpoint_service_permissions",
    "ServiceId",
    {
        "AddAllowedPrincipals": Added("AllowedPrincipals", _ALLOWED),
        "RemoveAllowedPrincipals": Removed("AllowedPrincipals", _ALLOWED),
    },
)

register(
    ResourceType(
        "AWS::EC2::VPCEndpointService",
        in_place="AcceptanceRequired ContributorInsightsEnabled NetworkLoadBalancerArns PayerResponsibility PrivateDnsName "
        "SupportedIpAddressTypes SupportedRegions Tags",
        create=[
            Api(
                "ec2.create_vpc_endpoint_service_configuration",
                "NetworkLoadBalancerArns PrivateDnsName",
                {"AcceptanceRequired": Property("AcceptanceRequired", True)} | tags("vpc-endpoint-service"),
                result="ServiceConfiguration",
            )
        ],
        update=[
            _modify_service({"ServiceId": ID, "AcceptanceRequired": Property("AcceptanceRequired", True)}),
            _modify_service(
                {
                    "ServiceId": ID,
                    "AddNetworkLoadBalancerArns": Added("NetworkLoadBalancerArns"),
                    "RemoveNetworkLoadBalancerArns": Removed("NetworkLoadBalancerArns"),
                }
            ),
            _modify_service({"ServiceId": ID, "PrivateDnsName": Property("PrivateDnsName")}),
            *RETAG,
        ],
        read=Api("ec2.describe_vpc_endpoint_service_configurations", "", {"ServiceIds": [ID]}, result="ServiceConfigurations[0]"),
        delete=[Api("ec2.delete_vpc_endpoint_service_configurations", "", {"ServiceIds": [ID]})],
        id="ServiceId",
        attributes={"ServiceId": "ServiceId", "PrivateDnsNameConfiguration": "PrivateDnsNameConfiguration"},
    ),
    # The list in the template is the whole list: other principals are removed, even those that were added by hand.
    ResourceType(
        "AWS::EC2::VPCEndpointServicePermissions",
        replacement="ServiceId",
        in_place="AllowedPrincipals",
        settings=[_ALLOW],
        delete=[_ALLOW],
        id=Property("ServiceId"),
    ),
    ResourceType(
        "AWS::EC2::VPCEndpointConnectionNotification",
        eager=True,  # only a DependsOn creates the policy of the topic first
        replacement="ServiceId",
        in_place="ConnectionEvents ConnectionNotificationArn",
        create=[
            Api(
                "ec2.create_vpc_endpoint_connection_notification",
                "ConnectionEvents ConnectionNotificationArn ServiceId",
                result="ConnectionNotification",
            )
        ],
        update=[
            Api(
                "ec2.modify_vpc_endpoint_connection_notification",
                "ConnectionEvents ConnectionNotificationArn",
                {"ConnectionNotificationId": ID},
            )
        ],
        delete=[Api("ec2.delete_vpc_endpoint_connection_notifications", "", {"ConnectionNotificationIds": [ID]})],
        id="ConnectionNotificationId",
        attributes={"VPCEndpointConnectionNotificationId": "ConnectionNotificationId"},
    ),
    # Assumption: CloudFormation does not wait for the owner of the service to accept the connection.
    ResourceType(
        "AWS::EC2::VPCEndpoint",
        eager=True,  # it refers to a service name, so only a DependsOn creates the permissions first
        replacement="ServiceName ServiceRegion VpcEndpointType VpcId",
        in_place="DnsOptions IpAddressType PolicyDocument PrivateDnsEnabled RouteTableIds SecurityGroupIds SubnetIds Tags",
        create=[
            Api(
                "ec2.create_vpc_endpoint",
                "PolicyDocument RouteTableIds SecurityGroupIds ServiceName SubnetIds VpcId",
                {
                    "PrivateDnsEnabled": Property("PrivateDnsEnabled", False),
                    "VpcEndpointType": Property("VpcEndpointType", "Gateway"),
                }
                | tags("vpc-endpoint"),
                result="VpcEndpoint",
            )
        ],
        update=RETAG,
        read=Api("ec2.describe_vpc_endpoints", "", {"VpcEndpointIds": [ID]}, result="VpcEndpoints[0]"),
        delete=[Api("ec2.delete_vpc_endpoints", "", {"VpcEndpointIds": [ID]})],
        id="VpcEndpointId",
        attributes={
            "Id": "VpcEndpointId",
            "CreationTimestamp": "CreationTimestamp",
            "DnsEntries": "DnsEntries[].join(':', [HostedZoneId, DnsName])",
            "NetworkInterfaceIds": "NetworkInterfaceIds",
        },
    ),
)
