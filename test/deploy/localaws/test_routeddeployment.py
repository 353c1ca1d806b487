"""Stacks of two accounts with a transit gateway or a peering connection: the order in which they can be made and deleted."""

from __future__ import annotations

import unittest
from typing import Any

from .engine.deployment import Deployment, Failed
from .engine.resolver import Scope
from .engine.resource import Resource
from .testaccounts import CONSUMER, REGION
from .testnetworks import ACCEPT_ALL, OWN_TABLES, Network, NetworkCase

_VPC = {"Type": "AWS::EC2::VPC", "Properties": {"CidrBlock": "10.1.0.0/16"}}
_SUBNET = {
    "Type": "AWS::EC2::Subnet",
    "Properties": {"VpcId": {"Ref": "Vpc"}, "CidrBlock": "10.1.0.0/24", "AvailabilityZone": f"{REGION}a"},
}
_TABLE = {"Type": "AWS::EC2::RouteTable", "Properties": {"VpcId": {"Ref": "Vpc"}}}


class Stack:
    """A stack of an account: its resources, and why one of them failed."""

    region_name, name, stack_id = REGION, "Stack", "stack-id"

    def __init__(self, account: Network) -> None:
        self.account, self.account_id = account, account.id
        self.existing: dict[str, Resource] = {}
        self.reasons: list[str] = []

    def record(self, status: str, name: str, physical_id: str, type_name: str, reason: str = "") -> None:
        if status.endswith("_FAILED"):
            self.reasons.append(f"{name}: {reason}")

    def deploy(self, resources: dict[str, Any]) -> list[str]:
        """Deploy a template, or roll back. Returns the resources that could not be deleted."""
        scope = Scope(self.stack_id, self.name, {}, {}, REGION, self.account_id, {"Resources": resources}, {})
        scope.clients = self.account.clients
        scope.load()
        deployment = Deployment(self, scope)
        try:
            deployment.apply()
        except Failed:
            return deployment.roll_back()
        return deployment.remove_all({name: one for name, one in self.existing.items() if name not in resources})

    def ref(self, name: str) -> str:
        return self.existing[name].physical_resource_id


class TestTransitGateway(NetworkCase):
    def setUp(self) -> None:
        super().setUp()
        self.hub, self.spoke, self.routes = Stack(self.provider), Stack(self.consumer), Stack(self.provider)

    def of_hub(self) -> dict[str, Any]:
        """A gateway with a route table, which is shared with the consumer."""
        share = {"Name": "hub", "Principals": [CONSUMER], "ResourceArns": [{"Fn::GetAtt": ["Hub", "TransitGatewayArn"]}]}
        return {
            "Hub": {"Type": "AWS::EC2::TransitGateway", "Properties": OWN_TABLES | ACCEPT_ALL},
            "Segment": {"Type": "AWS::EC2::TransitGatewayRouteTable", "Properties": {"TransitGatewayId": {"Ref": "Hub"}}},
            "Share": {"Type": "AWS::RAM::ResourceShare", "Properties": share},
        }

    def of_spoke(self, **route: Any) -> dict[str, Any]:
        """An attached VPC with a route to the gateway."""
        gateway = self.hub.ref("Hub")
        attachment = {"TransitGatewayId": gateway, "VpcId": {"Ref": "Vpc"}, "SubnetIds": [{"Ref": "Subnet"}]}
        to_gateway = {"RouteTableId": {"Ref": "Table"}, "DestinationCidrBlock": "10.0.0.0/8", "TransitGatewayId": gateway}
        return {
            "Vpc": _VPC,
            "Subnet": _SUBNET,
            "Table": _TABLE,
            "Attachment": {"Type": "AWS::EC2::TransitGatewayAttachment", "Properties": attachment},
            "Route": {"Type": "AWS::EC2::Route", "Properties": to_gateway, **route},
        }

    def of_routes(self) -> dict[str, Any]:
        """The association and the propagation of the attachment, in the account of the gateway."""
        pair = {"TransitGatewayAttachmentId": self.spoke.ref("Attachment"), "TransitGatewayRouteTableId": self.hub.ref("Segment")}
        return {
            "Association": {"Type": "AWS::EC2::TransitGatewayRouteTableAssociation", "Properties": pair},
            "Propagation": {"Type": "AWS::EC2::TransitGatewayRouteTablePropagation", "Properties": pair},
        }

    def test_a_route_waits_for_the_attachment(self) -> None:
        self.hub.deploy(self.of_hub())
        self.assertEqual([], self.spoke.deploy(self.of_spoke()))
        (reason,) = self.spoke.reasons
        self.assertRegex(
            reason, r'^Route: .*"The transitGateway ID \'tgw-\w+\' does not exist\.".*InvalidTransitGatewayID\.NotFound'
        )
        self.assertEqual({}, self.spoke.existing)
        self.spoke.reasons.clear()
        self.spoke.deploy(self.of_spoke(DependsOn="Attachment"))
        self.assertEqual([], self.spoke.reasons)
        self.routes.deploy(self.of_routes())
        self.assertEqual([("10.1.0.0/16", "propagated", "active")], self.provider.hubRoutes(self.hub.ref("Segment")))

    def test_the_hub_is_deleted_last(self) -> None:
        self.hub.deploy(self.of_hub())
        self.spoke.deploy(self.of_spoke(DependsOn="Attachment"))
        self.routes.deploy(self.of_routes())
        self.assertEqual(["Segment"], self.hub.deploy({}))
        self.assertIn("has associated attachments", self.hub.reasons.pop())
        for stack in (self.routes, self.spoke, self.hub):
            self.assertEqual([], stack.deploy({}))
            self.assertEqual([], stack.reasons)

    def test_a_spoke_needs_the_share(self) -> None:
        template = self.of_hub()
        del template["Share"]
        self.hub.deploy(template)
        self.spoke.deploy(self.of_spoke(DependsOn="Attachment"))
        self.assertRegex(self.spoke.reasons[0], r"^Attachment: .*InvalidTransitGatewayID\.NotFound")

    def test_an_association_with_another_table_fails(self) -> None:
        """It is created before the old one is deleted."""
        self.hub.deploy(self.of_hub() | {"Second": self.of_hub()["Segment"]})
        self.spoke.deploy(self.of_spoke(DependsOn="Attachment"))
        self.routes.deploy(self.of_routes())
        changed = self.of_routes()
        properties = changed["Association"]["Properties"] | {"TransitGatewayRouteTableId": self.hub.ref("Second")}
        self.routes.deploy(changed | {"Association": changed["Association"] | {"Properties": properties}})
        self.assertRegex(self.routes.reasons[0], "^Association: .*is already associated to a route table")


class TestPeering(NetworkCase):
    def test_a_connection_that_fails_rolls_back(self) -> None:
        connection = {"VpcId": {"Ref": "Vpc"}, "PeerVpcId": self.consumer.network(1), "PeerOwnerId": CONSUMER}
        stack = Stack(self.provider)
        stack.deploy({"Vpc": _VPC, "Peering": {"Type": "AWS::EC2::VPCPeeringConnection", "Properties": connection}})
        self.assertEqual(["Peering: VpcPeeringConnection failed to stabilize"], stack.reasons)
        self.assertEqual({}, stack.existing)

    def test_a_rule_whose_group_is_gone_is_deleted(self) -> None:
        """It is stale: https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-security-groups.html."""
        own, peer, _ = self.peers()
        client, stack = self.consumer.group(peer), Stack(self.provider)
        group = {"GroupDescription": "An API", "VpcId": own}
        rule = {"GroupId": {"Fn::GetAtt": ["Group", "GroupId"]}, "IpProtocol": "tcp", "FromPort": 443, "ToPort": 443}
        stack.deploy(
            {
                "Group": {"Type": "AWS::EC2::SecurityGroup", "Properties": group},
                "Rule": {"Type": "AWS::EC2::SecurityGroupIngress", "Properties": rule | {"SourceSecurityGroupId": client}},
            }
        )
        self.assertEqual({"Group", "Rule"}, set(stack.existing))
        self.consumer.ec2.delete_security_group(GroupId=client)
        self.assertEqual([], stack.deploy({}))
        self.assertEqual([], stack.reasons)


if __name__ == "__main__":
    unittest.main()
