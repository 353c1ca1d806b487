"""Listeners and their rules."""

from __future__ import annotations

from typing import Any

from .resource import IN_PLACE, REPLACE, Call, Deployed, Handler, Properties, handles


@handles
class Listener(Handler):
    """https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-elasticloadbalancingv2-listener.html"""

    type_name = "AWS::ElasticLoadBalancingV2::Listener"
    properties = {
        "Certificates": IN_PLACE,
        "DefaultActions": IN_PLACE,
        "ListenerAttributes": IN_PLACE,
        "LoadBalancerArn": REPLACE,
        "Port": IN_PLACE,
        "Protocol": IN_PLACE,
        "SslPolicy": IN_PLACE,
    }
    planned = dict.fromkeys(["AlpnPolicy", "MutualAuthentication", "Tags"], IN_PLACE)

    def arguments(self, p: Properties) -> Properties:
        return {key: p[key] for key in ("Certificates", "DefaultActions", "Port", "Protocol", "SslPolicy") if key in p}

    def create(self, call: Call) -> Deployed:
        p, elb = call.properties, call.client("elbv2")
        made = elb.create_listener(LoadBalancerArn=p["LoadBalancerArn"], **self.arguments(p))["Listeners"][0]
        arn = made["ListenerArn"]
        self.set_attributes(elb, arn, p)
        return self.deployed(call, arn, ListenerArn=arn)

    def set_attributes(self, elb: Any, arn: str, p: Properties) -> None:
        if p.get("ListenerAttributes"):
            elb.modify_listener_attributes(ListenerArn=arn, Attributes=p["ListenerAttributes"])

    def update(self, call: Call, old: Deployed, changed: set[str]) -> Deployed:
        p, elb = call.properties, call.client("elbv2")
        elb.modify_listener(ListenerArn=old.physical_resource_id, **self.arguments(p))
        self.set_attributes(elb, old.physical_resource_id, p)
        return self.deployed(call, old.physical_resource_id, **old.attributes)

    def delete(self, call: Call, old: Deployed) -> None:
        call.client("elbv2").delete_listener(ListenerArn=old.physical_resource_id)


@handles
class ListenerRule(Handler):
    """https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-elasticloadbalancingv2-listenerrule.html"""

    type_name = "AWS::ElasticLoadBalancingV2::ListenerRule"
    properties = {"Actions": IN_PLACE, "Conditions": IN_PLACE, "ListenerArn": REPLACE, "Priority": IN_PLACE}
    planned = {"Tags": IN_PLACE, "Transforms": IN_PLACE}

    def create(self, call: Call) -> Deployed:
        p = call.properties
        rule = call.client("elbv2").create_rule(
            ListenerArn=p["ListenerArn"],
            Priority=int(p["Priority"]),
            Conditions=p["Conditions"],
            Actions=p["Actions"],
        )["Rules"][0]
        return self.deployed(call, rule["RuleArn"], RuleArn=rule["RuleArn"], IsDefault=False)

    def update(self, call: Call, old: Deployed, changed: set[str]) -> Deployed:
        p, elb, arn = call.properties, call.client("elbv2"), old.physical_resource_id
        if "Priority" in changed:
            elb.set_rule_priorities(RulePriorities=[{"RuleArn": arn, "Priority": int(p["Priority"])}])
        elb.modify_rule(RuleArn=arn, Conditions=p["Conditions"], Actions=p["Actions"])
        return self.deployed(call, arn, **old.attributes)

    def delete(self, call: Call, old: Deployed) -> None:
        call.client("elbv2").delete_rule(RuleArn=old.physical_resource_id)


@handles
class ListenerCertificate(Handler):
    """https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-elasticloadbalancingv2-listenercertificate.html"""

    type_name = "AWS::ElasticLoadBalancingV2::ListenerCertificate"
    properties = {"Certificates": IN_PLACE, "ListenerArn": REPLACE}

    def create(self, call: Call) -> Deployed:
        p = call.properties
        call.client("elbv2").add_listener_certificates(ListenerArn=p["ListenerArn"], Certificates=p["Certificates"])
        return self.deployed(call, f"{call.stack_name}-{call.logical_id}")

    def delete(self, call: Call, old: Deployed) -> None:
        p = old.properties
        call.client("elbv2").remove_listener_certificates(ListenerArn=p["ListenerArn"], Certificates=p["Certificates"])
