"""Load balancers: their target groups, what they need of the internet, and services that register with several."""

from __future__ import annotations

import unittest
from typing import Any

from botocore.exceptions import ClientError

from .engine.resource import Resource
from .testaccounts import TypeCase
from .testnetworks import NetworkCase

_ELB = "ElasticLoadBalancingV2"


def _forward(group: Resource) -> dict[str, Any]:
    return {"Type": "forward", "TargetGroupArn": group.physical_resource_id}


class BalancerCase(NetworkCase, TypeCase):
    def setUp(self) -> None:
        super().setUp()
        self.vpc = self.provider.vpc()
        self.subnets = self.provider.subnets(self.vpc)

    def balancer(self, name: str = "alb", **changes: Any) -> Resource:
        given = {"Name": name, "Scheme": "internal", "Subnets": self.subnets, "Type": "application"}
        return self.create(f"{_ELB}::LoadBalancer", {key: one for key, one in (given | changes).items() if one})

    def group(self, name: str = "group", **changes: Any) -> Resource:
        given = {"Name": name, "Port": 8080, "Protocol": "HTTP", "TargetType": "ip", "VpcId": self.vpc}
        return self.create(f"{_ELB}::TargetGroup", given | changes)

    def of_alb(self, balancer: Resource, name: str = "alb-group", port: int = 443) -> Resource:
        targets = [{"Id": balancer.physical_resource_id, "Port": port}]
        return self.group(name, Port=port, Protocol="TCP", TargetType="alb", Targets=targets)

    def listener(self, balancer: Resource, action: dict[str, Any] | None = None, **changes: Any) -> Resource:
        answer = {"Type": "fixed-response", "FixedResponseConfig": {"StatusCode": "404"}}
        given = {"LoadBalancerArn": balancer.physical_resource_id, "Port": 80, "Protocol": "HTTP"}
        return self.create(f"{_ELB}::Listener", given | {"DefaultActions": [action or answer]} | changes)

    def rule(self, listener: Resource, group: Resource, priority: int = 1) -> Resource:
        conditions = [{"Field": "path-pattern", "PathPatternConfig": {"Values": ["/v1/*"]}}]
        given = {"ListenerArn": listener.physical_resource_id, "Priority": priority, "Conditions": conditions}
        return self.create(f"{_ELB}::ListenerRule", given | {"Actions": [_forward(group)]})

    def health(self, group: Resource) -> list[str]:
        found = self.provider.of("elbv2").describe_target_health(TargetGroupArn=group.physical_resource_id)
        return [one["TargetHealth"]["State"] for one in found["TargetHealthDescriptions"]]


class TestTargetGroups(BalancerCase):
    def test_a_group_belongs_to_one_load_balancer(self) -> None:
        first, second = self.balancer("first"), self.balancer("second")
        own, group = self.listener(first), self.group()
        self.rule(own, group)
        self.rule(own, group, 2)
        self.listener(first, _forward(group), Port=81)
        text = "TargetGroupAssociationLimit.*cannot be associated with more than one load balancer: arn:.*group"
        other = self.listener(second)
        for deed in (
            lambda: self.rule(other, group),
            lambda: self.listener(second, _forward(group), Port=81),
            lambda: self.update(other, DefaultActions=[_forward(group)]),
            lambda: self.update(self.rule(other, self.group("other")), Actions=[_forward(group)]),
        ):
            with self.assertRaisesRegex(ClientError, text):
                deed()

    def test_a_load_balancer_that_is_replaced_keeps_its_groups(self) -> None:
        """A change of Scheme creates the new one first, and its rules cannot have the groups of the old one."""
        self.provider.internet(self.vpc)
        old, group = self.balancer("old"), self.group()
        self.rule(self.listener(old), group)
        new = self.balancer("new", Scheme="internet-facing")
        with self.assertRaisesRegex(ClientError, "TargetGroupAssociationLimit"):
            self.rule(self.listener(new), group)

    def test_a_listener_moves_to_another_load_balancer_in_place(self) -> None:
        public, private = self.balancer("public"), self.balancer("private")
        network = self.balancer("network", Type="network")
        for balancer in (public, private):
            self.listener(balancer)
        first, second = self.of_alb(public, "first", 80), self.of_alb(private, "second", 80)
        listener = self.listener(network, _forward(first), Protocol="TCP")
        self.assertEqual((["healthy"], ["unused"]), (self.health(first), self.health(second)))
        standby = self.listener(network, _forward(second), Protocol="TCP", Port=8443)
        self.assertEqual((["healthy"], ["healthy"]), (self.health(first), self.health(second)))
        moved = self.update(listener, DefaultActions=[_forward(second)])
        self.update(standby, DefaultActions=[_forward(first)])
        self.assertEqual(listener.physical_resource_id, moved.physical_resource_id)
        with self.assertRaisesRegex(ClientError, "ResourceInUse"):
            self.delete(public)
        with self.assertRaisesRegex(ClientError, "currently in use by a listener"):
            self.delete(first)
        self.delete(standby, first, public)

    def test_an_alb_as_a_target(self) -> None:
        balancer, second = self.balancer(), self.balancer("second")
        with self.assertRaisesRegex(ClientError, "must have at least one listener that matches the target group port"):
            self.of_alb(balancer, port=80)
        self.listener(balancer)
        self.listener(second)
        group = self.of_alb(balancer, port=80)
        with self.assertRaisesRegex(ClientError, "takes one Application Load Balancer"):
            self.provider.of("elbv2").register_targets(
                TargetGroupArn=group.physical_resource_id, Targets=[{"Id": second.physical_resource_id}]
            )


class TestInternet(BalancerCase):
    def test_an_internet_facing_load_balancer_needs_a_gateway(self) -> None:
        text = rf"\(InvalidSubnet\).*VPC {self.vpc} has no internet gateway"
        for scheme in ("internet-facing", None):
            with self.subTest(scheme=scheme), self.assertRaisesRegex(ClientError, text):
                self.balancer(Scheme=scheme)
        gateway = self.provider.internet(self.vpc)
        balancer = self.balancer(Scheme=None)
        found = self.provider.of("elbv2").describe_load_balancers()["LoadBalancers"]
        self.assertEqual(["internet-facing"], [one["Scheme"] for one in found])
        with self.assertRaisesRegex(ClientError, "has some mapped public address"):
            self.provider.ec2.detach_internet_gateway(InternetGatewayId=gateway, VpcId=self.vpc)
        self.delete(balancer)
        self.provider.ec2.detach_internet_gateway(InternetGatewayId=gateway, VpcId=self.vpc)

    def test_nat_gateways(self) -> None:
        address = self.create("EC2::EIP", {"Domain": "vpc"})
        given = {"AllocationId": address.get_cfn_attribute("AllocationId"), "SubnetId": self.subnets[0]}
        with self.assertRaisesRegex(ClientError, rf"\(Gateway.NotAttached\).*Network {self.vpc} has no Internet gateway"):
            self.create("EC2::NatGateway", given)
        gateway = self.provider.internet(self.vpc)
        nat = self.create("EC2::NatGateway", given)
        found = self.provider.ec2.describe_nat_gateways()["NatGateways"][0]["NatGatewayAddresses"][0]
        self.assertEqual(address.physical_resource_id, found["PublicIp"])
        with self.assertRaisesRegex(ClientError, r"\(Resource.AlreadyAssociated\)"):
            self.create("EC2::NatGateway", given | {"SubnetId": self.subnets[1]})
        with self.assertRaisesRegex(ClientError, r"\(DependencyViolation\).*mapped public address"):
            self.provider.ec2.detach_internet_gateway(InternetGatewayId=gateway, VpcId=self.vpc)
        self.delete(nat)
        self.provider.ec2.detach_internet_gateway(InternetGatewayId=gateway, VpcId=self.vpc)
        self.delete(address)


class TestServices(BalancerCase):
    def service(self, *groups: Resource) -> Resource:
        definition = {
            "Family": "api",
            "NetworkMode": "awsvpc",
            "ContainerDefinitions": [{"Name": "api", "Image": "api", "PortMappings": [{"ContainerPort": 8080}], "Memory": 512}],
        }
        network = {"AwsvpcConfiguration": {"Subnets": self.subnets, "SecurityGroups": [self.provider.group(self.vpc)]}}
        return self.create(
            "ECS::Service",
            {
                "Cluster": self.create("ECS::Cluster", {}).physical_resource_id,
                "TaskDefinition": self.create("ECS::TaskDefinition", definition).physical_resource_id,
                "DesiredCount": 2,
                "LoadBalancers": self.registered(*groups),
                "NetworkConfiguration": network,
            },
        )

    def registered(self, *groups: Resource) -> list[dict[str, Any]]:
        one = {"ContainerName": "api", "ContainerPort": 8080}
        return [one | {"TargetGroupArn": group.physical_resource_id} for group in groups]

    def targets(self, group: Resource) -> set[str]:
        found = self.provider.of("elbv2").describe_target_health(TargetGroupArn=group.physical_resource_id)
        return {one["Target"]["Id"] for one in found["TargetHealthDescriptions"]}

    def test_a_service_registers_with_several_groups(self) -> None:
        public, private = self.group("public"), self.group("private")
        self.rule(self.listener(self.balancer("first")), public)
        service = self.service(public)
        before = self.targets(public)
        self.assertEqual(2, len(before))
        both = self.registered(public, private)
        with self.assertRaisesRegex(ClientError, "does not have an associated load balancer"):
            self.update(service, LoadBalancers=both)
        self.rule(self.listener(self.balancer("second")), private)
        updated = self.update(service, LoadBalancers=both)
        self.assertEqual(service.physical_resource_id, updated.physical_resource_id)
        self.assertEqual(2, len(self.targets(public)))
        self.assertEqual(self.targets(public), self.targets(private))
        self.assertEqual(set(), self.targets(public) & before)
        found = self.provider.of("ecs").describe_services(
            cluster=updated.properties["Cluster"], services=[updated.physical_resource_id]
        )
        self.assertEqual(2, len(found["services"][0]["loadBalancers"]))
        updated = self.update(updated, LoadBalancers=self.registered(private))
        self.assertEqual((0, 2), (len(self.targets(public)), len(self.targets(private))))
        self.delete(updated)
        self.assertEqual(set(), self.targets(private))
        self.assertEqual(
            [],
            self.provider.ec2.describe_network_interfaces(
                Filters=[{"Name": "description", "Values": [updated.physical_resource_id]}]
            )["NetworkInterfaces"],
        )


if __name__ == "__main__":
    unittest.main()
