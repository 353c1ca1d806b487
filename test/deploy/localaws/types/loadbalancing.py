"""Load balancers, target groups, listeners and their rules."""

from ..engine.expression import ID, Expression, added, api, attributes, prop, removed
from ..engine.resourcetype import ResourceType, register, same
from .names import SHORT

_ENFORCE = "EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic"
_HEALTH_CHECK = (
    "HealthCheckEnabled HealthCheckIntervalSeconds HealthCheckPath HealthCheckPort HealthCheckProtocol "
    "HealthCheckTimeoutSeconds HealthyThresholdCount Matcher UnhealthyThresholdCount"
)
_LISTENER = "AlpnPolicy Certificates DefaultActions Port Protocol SslPolicy"

register(
    ResourceType(
        "AWS::ElasticLoadBalancingV2::LoadBalancer",
        eager=True,  # an internet-facing one needs an attached internet gateway, which only a DependsOn attaches first
        replacement="Name Scheme Type",
        in_place=f"{_ENFORCE} IpAddressType LoadBalancerAttributes SecurityGroups Subnets Tags",
        create=[
            api(
                "elbv2.create_load_balancer",
                "IpAddressType Scheme SecurityGroups Subnets Tags",
                Name=prop("Name", SHORT),
                Type=prop("Type", "application"),
                result="LoadBalancers[0]",
            )
        ],
        settings=[
            api("elbv2.modify_load_balancer_attributes", LoadBalancerArn=ID, Attributes=attributes("LoadBalancerAttributes")),
            api("elbv2.set_security_groups", f"{_ENFORCE} SecurityGroups", LoadBalancerArn=ID),
        ],
        read=api("elbv2.describe_load_balancers", LoadBalancerArns=[ID], result="LoadBalancers[0]"),
        delete=[api("elbv2.delete_load_balancer", LoadBalancerArn=ID)],
        id="LoadBalancerArn",
        attributes=same("DNSName LoadBalancerArn LoadBalancerName SecurityGroups")
        | {
            "CanonicalHostedZoneID": "CanonicalHostedZoneId",
            "LoadBalancerFullName": Expression(lambda request: request.physical_id.split(":loadbalancer/", 1)[1]),
        },
    ),
    ResourceType(
        "AWS::ElasticLoadBalancingV2::TargetGroup",
        eager=True,  # its target may need a listener, which only a DependsOn creates first
        replacement="IpAddressType Name Port Protocol ProtocolVersion TargetType VpcId",
        in_place=f"{_HEALTH_CHECK} Tags TargetGroupAttributes Targets",
        create=[
            api(
                "elbv2.create_target_group",
                f"{_HEALTH_CHECK} IpAddressType Port Protocol ProtocolVersion Tags TargetType VpcId",
                Name=prop("Name", SHORT),
                result="TargetGroups[0]",
            )
        ],
        settings=[
            api("elbv2.modify_target_group_attributes", TargetGroupArn=ID, Attributes=attributes("TargetGroupAttributes")),
            api("elbv2.deregister_targets", TargetGroupArn=ID, Targets=removed("Targets")),
            api("elbv2.register_targets", TargetGroupArn=ID, Targets=added("Targets")),
        ],
        update=[api("elbv2.modify_target_group", _HEALTH_CHECK, TargetGroupArn=ID)],
        delete=[api("elbv2.delete_target_group", TargetGroupArn=ID)],
        id="TargetGroupArn",
        attributes=same("LoadBalancerArns TargetGroupArn TargetGroupName")
        | {"TargetGroupFullName": Expression(lambda request: request.physical_id.rsplit(":", 1)[1])},
    ),
    ResourceType(
        "AWS::ElasticLoadBalancingV2::Listener",
        replacement="LoadBalancerArn",
        in_place=f"{_LISTENER} ListenerAttributes MutualAuthentication Tags",
        create=[api("elbv2.create_listener", f"LoadBalancerArn {_LISTENER}", result="Listeners[0]")],
        settings=[api("elbv2.modify_listener_attributes", ListenerArn=ID, Attributes=attributes("ListenerAttributes"))],
        update=[api("elbv2.modify_listener", _LISTENER, ListenerArn=ID)],
        delete=[api("elbv2.delete_listener", ListenerArn=ID)],
        id="ListenerArn",
        attributes=same("ListenerArn"),
    ),
    ResourceType(
        "AWS::ElasticLoadBalancingV2::ListenerRule",
        replacement="ListenerArn",
        in_place="Actions Conditions Priority Tags Transforms",
        create=[api("elbv2.create_rule", "Actions Conditions ListenerArn Priority", result="Rules[0]")],
        update=[
            api("elbv2.set_rule_priorities", RulePriorities=[{"RuleArn": ID, "Priority": prop("Priority")}]),
            api("elbv2.modify_rule", "Actions Conditions", RuleArn=ID),
        ],
        delete=[api("elbv2.delete_rule", RuleArn=ID)],
        id="RuleArn",
        attributes=same("IsDefault RuleArn"),
    ),
    ResourceType(
        "AWS::ElasticLoadBalancingV2::ListenerCertificate",
        replacement="ListenerArn",
        in_place="Certificates",
        create=[api("elbv2.add_listener_certificates", "Certificates ListenerArn")],
        delete=[api("elbv2.remove_listener_certificates", "Certificates ListenerArn")],
    ),
)
