"""VPC Lattice: services, listeners, rules, target groups, policies, service networks and associations."""

from typing import Any

from ..engine.expression import ID, added, api, prop, removed
from ..engine.resourcetype import Limit, ResourceType, register
from .names import hyphened
from .tags import added_map, removed_keys, tag_map

_SERVICE: dict[str, Any] = {"serviceIdentifier": prop("ServiceIdentifier")}
_NETWORK: dict[str, Any] = {"serviceNetworkIdentifier": prop("ServiceNetworkIdentifier")}
_TAGS: dict[str, Any] = {"tags": tag_map("Tags")}


_RETAG = (
    api("vpc-lattice.untag_resource", resourceArn=ID, tagKeys=removed_keys("Tags")),
    api("vpc-lattice.tag_resource", resourceArn=ID, tags=added_map("Tags")),
)


def _attributes(names: str, **others: Any) -> dict[str, Any]:
    """Attributes that the API has with a small first letter."""
    return {name: name[0].lower() + name[1:] for name in names.split()} | others


_DNS = {"DnsEntry.DomainName": "dnsEntry.domainName", "DnsEntry.HostedZoneId": "dnsEntry.hostedZoneId"}

# What CloudFormation's schemas refuse and the API does not: schemas of the types, version of cfn-lint 1.51.
_METHODS = ("CONNECT", "DELETE", "GET", "HEAD", "OPTIONS", "POST", "PUT", "TRACE")
_MATCH = "Match.HttpMatch"
_RULE_LIMITS = (
    Limit("Priority", at_most=100),
    Limit(f"{_MATCH}.Method", values=_METHODS),
    Limit(f"{_MATCH}.PathMatch.Match.Exact", longest=128),
    Limit(f"{_MATCH}.PathMatch.Match.Prefix", longest=128),
    Limit(f"{_MATCH}.HeaderMatches[].Name", longest=40),
    Limit(f"{_MATCH}.HeaderMatches[].Match.[Exact, Prefix, Contains][]", longest=128),
    Limit("Action.Forward.TargetGroups[].Weight", at_least=1),
)
_HEALTH_CHECK = "Config.HealthCheck"
_GROUP_LIMITS = (
    Limit(f"{_HEALTH_CHECK}.HealthCheckIntervalSeconds", at_least=5),
    Limit(f"{_HEALTH_CHECK}.HealthCheckTimeoutSeconds", at_least=1),
    Limit(f"{_HEALTH_CHECK}.HealthyThresholdCount", at_least=2),
    Limit(f"{_HEALTH_CHECK}.UnhealthyThresholdCount", at_least=2),
    Limit(f"{_HEALTH_CHECK}.Protocol", values=("HTTP", "HTTPS")),
)

_GROUP: dict[str, Any] = {"targetGroupIdentifier": ID}

register(
    ResourceType(
        "AWS::VpcLattice::Service",
        replacement="CustomDomainName Name",
        in_place="AuthType CertificateArn DnsEntry IdleTimeoutSeconds Tags",
        without_effect="IdleTimeoutSeconds",  # the API's model here does not have it yet
        create=[
            api(
                "vpc-lattice.create_service",
                name=prop("Name", hyphened(40)),
                authType=prop("AuthType", "NONE"),
                customDomainName=prop("CustomDomainName"),
                certificateArn=prop("CertificateArn"),
                **_TAGS,
            )
        ],
        update=[
            api(
                "vpc-lattice.update_service",
                serviceIdentifier=ID,
                authType=prop("AuthType", "NONE"),
                certificateArn=prop("CertificateArn"),
            ),
            *_RETAG,
        ],
        read=api("vpc-lattice.get_service", serviceIdentifier=ID),
        delete=[api("vpc-lattice.delete_service", serviceIdentifier=ID)],
        id="arn",
        attributes=_attributes("Arn CreatedAt Id LastUpdatedAt Status") | _DNS,
    ),
    ResourceType(
        "AWS::VpcLattice::Listener",
        replacement="Name Port Protocol ServiceIdentifier",
        in_place="DefaultAction Tags",
        create=[
            api(
                "vpc-lattice.create_listener",
                **_SERVICE,
                name=prop("Name", hyphened(63)),
                protocol=prop("Protocol"),
                port=prop("Port"),
                defaultAction=prop("DefaultAction"),
                **_TAGS,
            )
        ],
        update=[
            api("vpc-lattice.update_listener", **_SERVICE, listenerIdentifier=ID, defaultAction=prop("DefaultAction")),
            *_RETAG,
        ],
        delete=[api("vpc-lattice.delete_listener", **_SERVICE, listenerIdentifier=ID)],
        id="arn",
        attributes=_attributes("Arn Id ServiceArn ServiceId"),
    ),
    ResourceType(
        "AWS::VpcLattice::Rule",
        replacement="ListenerIdentifier Name ServiceIdentifier",
        in_place="Action Match Priority Tags",
        limits=_RULE_LIMITS,
        create=[
            api(
                "vpc-lattice.create_rule",
                **_SERVICE,
                listenerIdentifier=prop("ListenerIdentifier"),
                name=prop("Name", hyphened(63)),
                match=prop("Match"),
                priority=prop("Priority"),
                action=prop("Action"),
                **_TAGS,
            )
        ],
        update=[
            api(
                "vpc-lattice.update_rule",
                **_SERVICE,
                listenerIdentifier=prop("ListenerIdentifier"),
                ruleIdentifier=ID,
                match=prop("Match"),
                priority=prop("Priority"),
                action=prop("Action"),
            ),
            *_RETAG,
        ],
        delete=[api("vpc-lattice.delete_rule", **_SERVICE, listenerIdentifier=prop("ListenerIdentifier"), ruleIdentifier=ID)],
        id="arn",
        attributes=_attributes("Arn Id"),
    ),
    ResourceType(
        "AWS::VpcLattice::TargetGroup",
        eager=True,  # its target may need a listener, which only a DependsOn creates first
        replacement="Name Type",
        in_place="Config Tags Targets",
        replacement_within={"Config": "IpAddressType LambdaEventStructureVersion Port Protocol ProtocolVersion VpcIdentifier"},
        limits=_GROUP_LIMITS,
        create=[
            api(
                "vpc-lattice.create_target_group",
                name=prop("Name", hyphened(128)),
                type=prop("Type"),
                config=prop("Config"),
                **_TAGS,
            )
        ],
        settings=[
            api("vpc-lattice.deregister_targets", **_GROUP, targets=removed("Targets")),
            api("vpc-lattice.register_targets", **_GROUP, targets=added("Targets")),
        ],
        update=[api("vpc-lattice.update_target_group", **_GROUP, healthCheck=prop("Config.HealthCheck")), *_RETAG],
        delete=[
            api("vpc-lattice.deregister_targets", **_GROUP, targets=removed("Targets")),
            api("vpc-lattice.delete_target_group", **_GROUP),
        ],
        read=api("vpc-lattice.get_target_group", **_GROUP),
        id="arn",
        attributes=_attributes("Arn CreatedAt Id LastUpdatedAt Status"),
    ),
    ResourceType(
        "AWS::VpcLattice::AuthPolicy",
        replacement="ResourceIdentifier",
        in_place="Policy",
        settings=[api("vpc-lattice.put_auth_policy", resourceIdentifier=prop("ResourceIdentifier"), policy=prop("Policy"))],
        read=api("vpc-lattice.get_auth_policy", resourceIdentifier=prop("ResourceIdentifier")),
        delete=[api("vpc-lattice.delete_auth_policy", resourceIdentifier=prop("ResourceIdentifier"))],
        id=prop("ResourceIdentifier"),
        attributes=_attributes("State"),
    ),
    ResourceType(
        "AWS::VpcLattice::ServiceNetwork",
        replacement="Name SharingConfig",
        in_place="AuthType Tags",
        create=[
            api(
                "vpc-lattice.create_service_network",
                name=prop("Name", hyphened(63)),
                authType=prop("AuthType", "NONE"),
                sharingConfig=prop("SharingConfig"),
                **_TAGS,
            )
        ],
        update=[
            api("vpc-lattice.update_service_network", serviceNetworkIdentifier=ID, authType=prop("AuthType", "NONE")),
            *_RETAG,
        ],
        read=api("vpc-lattice.get_service_network", serviceNetworkIdentifier=ID),
        delete=[api("vpc-lattice.delete_service_network", serviceNetworkIdentifier=ID)],
        id="arn",
        attributes=_attributes("Arn CreatedAt Id LastUpdatedAt"),
    ),
    ResourceType(
        "AWS::VpcLattice::ServiceNetworkVpcAssociation",
        replacement="ServiceNetworkIdentifier VpcIdentifier",
        # Newer schemas than that of the CDK CLI let a change of the DNS properties, which no call makes, replace it.
        in_place="DnsOptions PrivateDnsEnabled SecurityGroupIds Tags",
        create=[
            api(
                "vpc-lattice.create_service_network_vpc_association",
                **_NETWORK,
                vpcIdentifier=prop("VpcIdentifier"),
                securityGroupIds=prop("SecurityGroupIds"),
                privateDnsEnabled=prop("PrivateDnsEnabled"),
                dnsOptions=prop("DnsOptions"),
                **_TAGS,
            )
        ],
        # Not all can be removed: the call requires one. https://docs.aws.amazon.com/vpc-lattice/latest/APIReference/
        # API_CreateServiceNetworkVpcAssociation.html: "the association must continue to always have at least one security group"
        update=[
            api(
                "vpc-lattice.update_service_network_vpc_association",
                serviceNetworkVpcAssociationIdentifier=ID,
                securityGroupIds=prop("SecurityGroupIds"),
            ),
            *_RETAG,
        ],
        read=api("vpc-lattice.get_service_network_vpc_association", serviceNetworkVpcAssociationIdentifier=ID),
        delete=[api("vpc-lattice.delete_service_network_vpc_association", serviceNetworkVpcAssociationIdentifier=ID)],
        id="arn",
        attributes=_attributes("Arn CreatedAt Id ServiceNetworkArn ServiceNetworkId ServiceNetworkName Status VpcId"),
    ),
    ResourceType(
        "AWS::VpcLattice::ServiceNetworkServiceAssociation",
        eager=True,  # only a DependsOn creates the share, the listeners and the policy of its service first
        replacement="ServiceIdentifier ServiceNetworkIdentifier",
        in_place="DnsEntry Tags",
        create=[api("vpc-lattice.create_service_network_service_association", **_NETWORK, **_SERVICE, **_TAGS)],
        update=_RETAG,
        read=api("vpc-lattice.get_service_network_service_association", serviceNetworkServiceAssociationIdentifier=ID),
        delete=[api("vpc-lattice.delete_service_network_service_association", serviceNetworkServiceAssociationIdentifier=ID)],
        id="arn",
        attributes=_attributes(
            "Arn CreatedAt Id ServiceArn ServiceId ServiceName ServiceNetworkArn ServiceNetworkId ServiceNetworkName Status"
        )
        | _DNS,
    ),
    ResourceType(
        "AWS::VpcLattice::AccessLogSubscription",
        replacement="ResourceIdentifier",
        in_place="DestinationArn ServiceNetworkLogType Tags",
        create=[
            api(
                "vpc-lattice.create_access_log_subscription",
                resourceIdentifier=prop("ResourceIdentifier"),
                destinationArn=prop("DestinationArn"),
                serviceNetworkLogType=prop("ServiceNetworkLogType"),
                **_TAGS,
            )
        ],
        update=[
            api(
                "vpc-lattice.update_access_log_subscription",
                accessLogSubscriptionIdentifier=ID,
                destinationArn=prop("DestinationArn"),
            ),
            *_RETAG,
        ],
        delete=[api("vpc-lattice.delete_access_log_subscription", accessLogSubscriptionIdentifier=ID)],
        id="arn",
        attributes=_attributes("Arn Id ResourceArn ResourceId"),
    ),
)
