"""Endpoint services, their permissions and notifications, and endpoints."""

from functools import partial

from ..engine.expression import ID, added, api, prop, removed
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
        delete=[api("ec2.delete_vpc_endpoint_service_configurations", ServiceIds=[ID])],
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
