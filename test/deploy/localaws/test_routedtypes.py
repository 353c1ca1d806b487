"""The resource types of peering connections, transit gateways and routes: creations, updates, replacements and attributes."""

from __future__ import annotations

import unittest
from typing import Any

from botocore.exceptions import ClientError

from .engine.resource import Invalid, NotStabilized, NotSupported, Resource
from .engine.resourcetype import IN_PLACE, REPLACEMENT, resource_type
from .testaccounts import CONSUMER, OTHER, PROVIDER, TypeCase
from .testnetworks import NetworkCase

_SWITCHES = {"DefaultRouteTableAssociation": "disable", "DefaultRouteTablePropagation": "disable"}


class TestPeering(NetworkCase, TypeCase):
    def connect(self, **properties: Any) -> Resource:
        return self.create("EC2::VPCPeeringConnection", {"VpcId": self.provider.network(1)} | properties)

    def test_a_role_of_the_other_account_accepts(self) -> None:
        peer, role = self.consumer.network(2), self.consumer.accepter()
        peering = self.connect(PeerVpcId=peer, PeerOwnerId=CONSUMER, PeerRoleArn=role)
        self.assertEqual("active", self.consumer.status(peering.get_cfn_attribute("Id"))[0])
        self.delete(peering)
        self.assertEqual("deleted", self.consumer.status(peering.physical_resource_id)[0])

    def test_another_region(self) -> None:
        ireland, frankfurt = self.provider.network(1), self.provider.elsewhere("eu-central-1")
        peer = frankfurt.create_vpc(CidrBlock="10.2.0.0/16")["Vpc"]["VpcId"]
        self.connect(VpcId=ireland, PeerVpcId=peer, PeerRegion="eu-central-1")
        found = frankfurt.describe_vpc_peering_connections()["VpcPeeringConnections"]
        self.assertEqual(
            [("active", "eu-central-1")], [(one["Status"]["Code"], one["AccepterVpcInfo"]["Region"]) for one in found]
        )

    def test_nothing_remains_of_a_connection_that_is_not_accepted(self) -> None:
        peer = {"PeerVpcId": self.consumer.network(2), "PeerOwnerId": CONSUMER}
        unable = {"Effect": "Allow", "Action": "ec2:Describe*", "Resource": "*"}
        for name, properties, kind, words in (
            ("no role", {}, ClientError, rf"User \({PROVIDER}\) cannot accept peering pcx-"),
            ("no trust", {"PeerRoleArn": self.consumer.accepter(trusted=OTHER, name="A")}, ClientError, "sts:AssumeRole"),
            ("no permission", {"PeerRoleArn": self.consumer.accepter(unable, name="B")}, ClientError, "ec2:AcceptVpcPeering"),
            ("overlap", {"PeerVpcId": self.consumer.network(1)}, NotStabilized, "^VpcPeeringConnection failed to stabilize$"),
        ):
            with self.subTest(name), self.assertRaisesRegex(kind, words):
                self.connect(**peer | properties)
        found = self.provider.ec2.describe_vpc_peering_connections()["VpcPeeringConnections"]
        self.assertEqual({"deleted"}, {one["Status"]["Code"] for one in found})


class TestTransitGateway(NetworkCase, TypeCase):
    def test_a_hub_and_a_spoke(self) -> None:
        hub = self.create("EC2::TransitGateway", _SWITCHES | {"AmazonSideAsn": "64600", "AutoAcceptSharedAttachments": "enable"})
        arn = hub.get_cfn_attribute("TransitGatewayArn")
        self.assertTrue(arn.endswith(f":{PROVIDER}:transit-gateway/{hub.physical_resource_id}"))
        share = self.create("RAM::ResourceShare", {"Name": "hub", "ResourceArns": [arn], "Principals": [CONSUMER]})
        vpc = self.consumer.network(1)
        gateway = {"TransitGatewayId": hub.physical_resource_id}
        subnets = [self.consumer.subnet(vpc, 1, part, zone) for part, zone in ((0, "a"), (1, "b"))]
        spoke = gateway | {"VpcId": vpc, "SubnetIds": subnets, "Options": {"DnsSupport": "disable"}}
        attachment = self.create("EC2::TransitGatewayAttachment", spoke, self.consumer)
        self.assertEqual(attachment.physical_resource_id, attachment.get_cfn_attribute("Id"))
        table = self.create("EC2::TransitGatewayRouteTable", gateway)
        pair = {
            "TransitGatewayAttachmentId": attachment.physical_resource_id,
            "TransitGatewayRouteTableId": table.get_cfn_attribute("TransitGatewayRouteTableId"),
        }
        association = self.create("EC2::TransitGatewayRouteTableAssociation", pair)
        self.assertEqual(f"{table.physical_resource_id}|{attachment.physical_resource_id}", association.physical_resource_id)
        propagation = self.create("EC2::TransitGatewayRouteTablePropagation", pair)
        route = self.create("EC2::TransitGatewayRoute", pair | {"DestinationCidrBlock": "10.9.0.0/16"})
        hole = {
            "TransitGatewayRouteTableId": table.physical_resource_id,
            "DestinationCidrBlock": "10.8.0.0/16",
            "Blackhole": "true",
        }
        blackhole = self.create("EC2::TransitGatewayRoute", hole)
        want = {
            ("10.1.0.0/16", "propagated", "active"),
            ("10.9.0.0/16", "static", "active"),
            ("10.8.0.0/16", "static", "blackhole"),
        }
        self.assertEqual(want, set(self.provider.hubRoutes(table.physical_resource_id)))

        hub = self.update(hub, DnsSupport="disable", Tags=[{"Key": "a", "Value": "1"}], SecurityGroupReferencingSupport="enable")
        found = self.consumer.ec2.describe_transit_gateways()["TransitGateways"][0]["Options"]
        self.assertEqual(
            ("disable", "enable", 64600), (found["DnsSupport"], found["SecurityGroupReferencingSupport"], found["AmazonSideAsn"])
        )
        self.delete(blackhole, route, propagation, association, table)
        request = self.request(self.consumer, spoke, None, attachment.physical_resource_id)
        resource_type(attachment.cf_resource_type).delete_resource(request)
        self.delete(share, hub)
        self.assertEqual([], self.provider.ec2.describe_transit_gateways()["TransitGateways"])

    def spoke(self, name: str, **properties: Any) -> tuple[Resource, list[str]]:
        """An attachment through a subnet in zone a, and another subnet of its VPC in zone b."""
        vpc = self.provider.network(1)
        subnets = [self.provider.subnet(vpc, 1, part, zone) for part, zone in ((0, "a"), (1, "b"))]
        hub = self.create("EC2::TransitGateway", {})
        given = {"TransitGatewayId": hub.physical_resource_id, "VpcId": vpc, "SubnetIds": subnets[:1]}
        return self.create(f"EC2::{name}", given | properties), subnets

    def attached(self) -> dict[str, Any]:
        (found,) = self.provider.ec2.describe_transit_gateway_vpc_attachments()["TransitGatewayVpcAttachments"]
        return found

    def test_subnets_of_an_attachment_change_in_place(self) -> None:
        attachment, subnets = self.spoke("TransitGatewayAttachment")
        attachment = self.update(attachment, SubnetIds=subnets)
        attachment = self.update(attachment, SubnetIds=subnets[1:], Options={"ApplianceModeSupport": "enable"})
        found = self.attached()
        self.assertEqual((subnets[1:], "enable"), (found["SubnetIds"], found["Options"]["ApplianceModeSupport"]))
        self.assertEqual(IN_PLACE, resource_type(attachment.cf_resource_type).behavior("SubnetIds"))

    def test_those_of_the_other_type_replace_it(self) -> None:
        """The replacement is created first, so EC2 refuses it; subnets to add and to remove change in place."""
        attachment, subnets = self.spoke("TransitGatewayVpcAttachment")
        found = resource_type(attachment.cf_resource_type)
        self.assertEqual(REPLACEMENT, found.behavior("SubnetIds"))
        with self.assertRaisesRegex(ClientError, "DuplicateTransitGatewayAttachment"):
            found.create_resource(self.request(self.provider, {}, attachment.properties | {"SubnetIds": subnets}))
        attachment = self.update(attachment, AddSubnetIds=subnets[1:])
        self.update(attachment, RemoveSubnetIds=subnets[:1])
        self.assertEqual(subnets[1:], self.attached()["SubnetIds"])

    def test_a_gateway_needs_values_of_the_api(self) -> None:
        with self.assertRaisesRegex(ClientError, r"Value \(true\) for parameter Options.DnsSupport is invalid"):
            self.create("EC2::TransitGateway", {"DnsSupport": "true"})


class TestRoute(NetworkCase, TypeCase):
    def test_the_target_changes_in_place(self) -> None:
        vpc = self.provider.network(1)
        peering = self.provider.peer(vpc, self.provider.network(2))
        self.provider.accept(peering)
        hub = self.provider.hub()
        self.provider.join(hub, vpc, self.provider.subnet(vpc, 1))
        table = self.provider.table(vpc)
        where = {"RouteTableId": table, "DestinationCidrBlock": "10.2.0.0/16"}
        route = self.create("EC2::Route", where | {"VpcPeeringConnectionId": peering})
        self.update(route, VpcPeeringConnectionId=None, TransitGatewayId=hub["TransitGatewayId"])
        (found,) = [
            one
            for one in self.provider.ec2.describe_route_tables(RouteTableIds=[table])["RouteTables"][0]["Routes"]
            if one["DestinationCidrBlock"] == "10.2.0.0/16"
        ]
        self.assertEqual((hub["TransitGatewayId"], None), (found["TransitGatewayId"], found.get("VpcPeeringConnectionId")))

    def test_exactly_one_destination(self) -> None:
        words = "^Exactly one of DestinationCidrBlock, DestinationIpv6CidrBlock and DestinationPrefixListId must be specified"
        both = {"DestinationCidrBlock": "10.2.0.0/16", "DestinationPrefixListId": "pl-1"}
        for destinations in ({}, both):
            with self.subTest(destinations), self.assertRaisesRegex(Invalid, words):
                self.create("EC2::Route", {"RouteTableId": "rtb-1", "VpcPeeringConnectionId": "pcx-1"} | destinations)

    def test_a_route_is_created_as_soon_as_it_can_be(self) -> None:
        self.assertTrue(resource_type("AWS::EC2::Route").eager)


class TestBlocks(NetworkCase, TypeCase):
    def test_blocks_of_a_vpc(self) -> None:
        vpc = self.provider.network(1)
        second = self.create("EC2::VPCCidrBlock", {"VpcId": vpc, "CidrBlock": "10.2.0.0/16"})
        sixth = self.create("EC2::VPCCidrBlock", {"VpcId": vpc, "AmazonProvidedIpv6CidrBlock": "true"})
        found = self.provider.ec2.describe_vpcs(VpcIds=[vpc])["Vpcs"][0]
        blocks = {one["CidrBlock"]: one["AssociationId"] for one in found["CidrBlockAssociationSet"]}
        self.assertEqual(second.get_cfn_attribute("Id"), blocks["10.2.0.0/16"])
        self.assertEqual([sixth.physical_resource_id], [one["AssociationId"] for one in found["Ipv6CidrBlockAssociationSet"]])
        self.delete(sixth, second)
        with self.assertRaisesRegex(NotSupported, "Ipv4IpamPoolId"):
            self.create("EC2::VPCCidrBlock", {"VpcId": vpc, "Ipv4IpamPoolId": "ipam-pool-1"})

    def test_a_rule_of_a_group_of_another_account(self) -> None:
        own, peer, _ = self.peers()
        group, other = self.provider.group(own), self.consumer.group(peer)
        rule = {"GroupId": group, "IpProtocol": "tcp", "FromPort": "443", "ToPort": "443", "SourceSecurityGroupId": other}
        created = self.create("EC2::SecurityGroupIngress", rule | {"SourceSecurityGroupOwnerId": CONSUMER})
        found = self.provider.ec2.describe_security_groups(GroupIds=[group])["SecurityGroups"][0]["IpPermissions"]
        self.assertEqual([CONSUMER], [pair["UserId"] for pair in found[0]["UserIdGroupPairs"]])
        self.delete(created)
        with self.assertRaisesRegex(ClientError, "does not exist"):
            self.create("EC2::SecurityGroupIngress", rule | {"SourceSecurityGroupOwnerId": OTHER})


if __name__ == "__main__":
    unittest.main()
