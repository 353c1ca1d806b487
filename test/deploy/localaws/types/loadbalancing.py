"""Load balancers, target groups, listeners and their rules."""

from ..engine.expression import ID, Added, Api, Attributes, Computed, Property, Removed
from ..engine.resourcetype import ResourceType, register, same
from .names import SHORT_NAME

_HEALTH_CHECK = (
    "HealthCheckEnabled HealthCheckIntervalSeconds HealthCheckPath HealthCheckPort HealthCheckProtocol "
    "HealthCheckTimeoutSeconds HealthyThresholdCount Matcher UnhealthyThresholdCount"
)
_LISTENER = "Certificates DefaultActions Port Protocol SslPolicy"
_ENFORCE = "EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic"

register(
    ResourceType(
        "AWS::ElasticLoadBalancingV2::LoadBalancer",
        replacement="Name Scheme Type",
        in_place=f"{_ENFORCE} IpAddressType LoadBalancerAttributes SecurityGroups Subnets Tags",
        create=[
            Api(
                "elbv2.create_load_balancer",
                "IpAddressType Scheme SecurityGroups Subnets Tags",
                {"Name": Property("Name", SHORT_NAME), "Type": Property("Type", "application")},
                result="LoadBalancers[0]",
            )
        ],
        settings=[
            Api("elbv2.modify_load_balancer_attributes", "", {"LoadBalancerArn": ID, "Attributes": Attributes("LoadBalancerAttributes")}),
            Api("elbv2.set_security_groups", f"{_ENFORCE} SecurityGroups", {"LoadBalancerArn": ID}),
        ],
        read=Api("elbv2.describe_load_balancers", "", {"LoadBalancerArns": [ID]}, result="LoadBalancers[0]"),
        delete=[Api("elbv2.delete_load_balancer", "", {"LoadBalancerArn": ID})],
        id="LoadBalancerArn",
        attributes=same("DNSName LoadBalancerArn LoadBalancerName SecurityGroups")
        | {
            "CanonicalHostedZoneID": "CanonicalHostedZoneId",
            "LoadBalancerFullName": Computed(lambda request: request.physical_id.split(":loadbalancer/", 1)[1]),
        },
    ),
    ResourceType(
        "AWS::ElasticLoadBalancingV2::TargetGroup",
        eager=True,  # its target may need a listener, which only a DependsOn creates first
        replacement="IpAddressType Name Port Protocol ProtocolVersion TargetType VpcId",
        in_place=f"{_HEALTH_CHECK} Tags TargetGroupAttributes Targets",
        create=[
            Api(
                "elbv2.create_target_group",
                f"{_HEALTH_CHECK} IpAddressType Port Protocol ProtocolVersion Tags TargetType VpcId",
                {"Name": Property("Name", SHORT_NAME)},
                result="TargetGroups[0]",
            )
        ],
        settings=[
            Api("elbv2.modify_target_group_attributes", "", {"TargetGroupArn": ID, "Attributes": Attributes("TargetGroupAttributes")}),
            Api("elbv2.deregister_targets", "", {"TargetGroupArn": ID, "Targets": Removed("Targets")}),
            Api("elbv2.register_targets", "", {"TargetGroupArn": ID, "Targets": Added("Targets")}),
        ],
        update=[Api("elbv2.modify_target_group", _HEALTH_CHECK, {"TargetGroupArn": ID})],
        delete=[Api("elbv2.delete_target_group", "", {"TargetGroupArn": ID})],
        id="TargetGroupArn",
        attributes=same("LoadBalancerArns TargetGroupArn TargetGroupName")
        | {"TargetGroupFullName": Computed(lambda request: request.physical_id.rsplit(":", 1)[1])},
    ),
    ResourceType(
        "AWS::ElasticLoadBalancingV2::Listener",
        replacement="LoadBalancerArn",
        in_place=f"AlpnPolicy {_LISTENER} ListenerAttributes MutualAuthentication Tags",
        create=[Api("elbv2.create_listener", f"LoadBalancerArn {_LISTENER}", result="Listeners[0]")],
        settings=[
            Api("elbv2.modify_listener_attributes", "", {"ListenerArn": ID, "Attributes": Attributes("ListenerAttributes")}),
        ],
        update=[Api("elbv2.modify_listener", _LISTENER, {"ListenerArn": ID})],
        delete=[Api("elbv2.delete_listener", "", {"ListenerArn": ID})],
        id="ListenerArn",
        attributes=same("ListenerArn"),
    ),
    ResourceType(
        "AWS::ElasticLoadBalancingV2::ListenerRule",
        replacement="ListenerArn",
        in_place="Actions Conditions Priority Tags Transforms",
        create=[Api("elbv2.create_rule", "Actions Conditions ListenerArn Priority", result="Rules[0]")],
        update=[
            Api("elbv2.set_rule_priorities", "", {"RulePriorities": [{"RuleArn": ID, "Priority": Property("Priority")}]}),
            Api("elbv2.modify_rule", "Actions Conditions", {"RuleArn": ID}),
        ],
        delete=[Api("elbv2.delete_rule", "", {"RuleArn": ID})],
        id="RuleArn",
        attributes=same("IsDefault RuleArn"),
    ),
    ResourceType(
        "AWS::ElasticLoadBalancingV2::ListenerCertificate",
        replacement="ListenerArn",
        in_place="Certificates",
        create=[Api("elbv2.add_listener_certificates", "Certificates ListenerArn")],
        delete=[Api("elbv2.remove_listener_certificates", "Certificates ListenerArn")],
    ),
)
