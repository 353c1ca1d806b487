"""Transit gateways and peering connections: what the local API keeps, and who sees it."""

from __future__ import annotations

import unittest
from typing import Any

from .testaccounts import CONSUMER, PROVIDER, REGION
from .testnetworks import ACCEPT_ALL, ALL_ROUTES, OWN_TABLES, NetworkCase

_REFERENCES = {"SecurityGroupReferencingSupport": "enable"}


class TestTransitGateway(NetworkCase):
    def test_segments(self) -> None:
        """Two spokes reach a third one, and not each other."""
        hub = self.sharedHub(**OWN_TABLES, **ACCEPT_ALL)
        spokes = [self.provider.spoke(hub, 1), self.consumer.spoke(hub, 2), self.consumer.spoke(hub, 3)]
        shared, isolated = self.provider.hubTable(hub), self.provider.hubTable(hub)
        for (_, attachment), table in zip(spokes, (shared, isolated, isolated), strict=True):
            self.provider.associate(table, attachment)
            self.provider.propagate(shared if table == isolated else isolated, attachment)
        want = {shared: ["10.2.0.0/16", "10.3.0.0/16"], isolated: ["10.1.0.0/16"]}
        for table, blocks in want.items():
            self.assertEqual([(block, "propagated", "active") for block in blocks], self.provider.hubRoutes(table))
        found = self.provider.ec2.get_transit_gateway_route_table_associations(TransitGatewayRouteTableId=isolated)
        self.assertEqual([spokes[1][0], spokes[2][0]], [one["ResourceId"] for one in found["Associations"]])
        self.assertEqual({"associated"}, {one["State"] for one in found["Associations"]})

    def test_the_default_table_joins_all(self) -> None:
        hub = self.sharedHub(**ACCEPT_ALL)
        self.provider.spoke(hub, 1)
        self.consumer.spoke(hub, 2)
        table = hub["Options"]["AssociationDefaultRouteTableId"]
        self.assertEqual(table, hub["Options"]["PropagationDefaultRouteTableId"])
        self.assertEqual(["10.1.0.0/16", "10.2.0.0/16"], [route[0] for route in self.provider.hubRoutes(table)])

    def test_acceptance(self) -> None:
        hub = self.sharedHub()
        _, attachment = self.consumer.spoke(hub, 1)
        self.assertEqual(["pendingAcceptance"], self.seen(self.provider))
        table = hub["Options"]["AssociationDefaultRouteTableId"]
        self.assertEqual([], self.provider.hubRoutes(table))
        self.provider.ec2.accept_transit_gateway_vpc_attachment(TransitGatewayAttachmentId=attachment)
        self.assertEqual([["available"], ["available"], []], [self.seen(one) for one in self.accounts()])
        self.assertEqual([("10.1.0.0/16", "propagated", "active")], self.provider.hubRoutes(table))

    def accounts(self) -> list[Any]:
        return [self.provider, self.consumer, self.other]

    def seen(self, account: Any) -> list[str]:
        found = account.ec2.describe_transit_gateway_vpc_attachments()["TransitGatewayVpcAttachments"]
        self.assertEqual(len(found), len(account.ec2.describe_transit_gateway_attachments()["TransitGatewayAttachments"]))
        return [one["State"] for one in found]

    def test_a_gateway_is_seen_by_those_that_it_is_shared_with(self) -> None:
        hub = self.sharedHub()
        found = [len(one.ec2.describe_transit_gateways()["TransitGateways"]) for one in self.accounts()]
        self.assertEqual([1, 1, 0], found)
        tables = [len(one.ec2.describe_transit_gateway_route_tables()["TransitGatewayRouteTables"]) for one in self.accounts()]
        self.assertEqual([1, 0, 0], tables)
        self.assertEqual("disable", hub["Options"]["SecurityGroupReferencingSupport"])

    def test_an_attachment_outlives_the_share(self) -> None:
        hub = self.provider.hub(**ACCEPT_ALL)
        share = self.provider.share(hub["TransitGatewayArn"], CONSUMER)
        vpc, _ = self.consumer.spoke(hub, 1)
        self.provider.ram.delete_resource_share(resourceShareArn=share["resourceShareArn"])
        table = self.consumer.table(vpc)
        self.consumer.route(table, "10.2.0.0/16", TransitGatewayId=hub["TransitGatewayId"])
        self.assertEqual("active", self.consumer.states(table)["10.2.0.0/16"])

    def test_overlapping_blocks_are_not_propagated(self) -> None:
        """Nobody is told. Other blocks of the same VPC are propagated."""
        hub = self.sharedHub(**ACCEPT_ALL)
        first, attachment = self.provider.spoke(hub, 1)
        second, _ = self.consumer.spoke(hub, 1)
        self.consumer.ec2.associate_vpc_cidr_block(VpcId=second, CidrBlock="10.2.0.0/16")
        table = hub["Options"]["AssociationDefaultRouteTableId"]
        to = self.targets(table)
        self.assertEqual({"10.1.0.0/16": first, "10.2.0.0/16": second}, to)
        self.provider.ec2.delete_transit_gateway_vpc_attachment(TransitGatewayAttachmentId=attachment)
        self.assertEqual({"10.1.0.0/16": second, "10.2.0.0/16": second}, self.targets(table))

    def test_ipv6_is_propagated_where_it_is_supported(self) -> None:
        hub = self.provider.hub()
        for number, support in ((1, "enable"), (2, "disable")):
            vpc = self.provider.network(number)
            self.provider.ec2.associate_vpc_cidr_block(VpcId=vpc, AmazonProvidedIpv6CidrBlock=True)
            self.provider.join(hub, vpc, self.provider.subnet(vpc, number), Ipv6Support=support)
        blocks = [route[0] for route in self.provider.hubRoutes(hub["Options"]["AssociationDefaultRouteTableId"])]
        self.assertEqual([False, True, False], [":" in block for block in blocks])

    def targets(self, table: str) -> dict[str, str | None]:
        """The VPCs that the routes of a gateway's table lead to, by destination."""
        found = self.provider.ec2.search_transit_gateway_routes(TransitGatewayRouteTableId=table, Filters=ALL_ROUTES)["Routes"]
        return {one["DestinationCidrBlock"]: one.get("TransitGatewayAttachments", [{}])[0].get("ResourceId") for one in found}

    def test_static_routes(self) -> None:
        """A static route replaces a propagated one. It becomes a blackhole with its attachment."""
        hub = self.provider.hub()
        _, first = self.provider.spoke(hub, 1)
        second, other = self.provider.spoke(hub, 2)
        table = hub["Options"]["AssociationDefaultRouteTableId"]
        where = {"TransitGatewayRouteTableId": table}
        create = self.provider.ec2.create_transit_gateway_route
        create(**where, DestinationCidrBlock="10.1.0.0/16", TransitGatewayAttachmentId=other)
        create(**where, DestinationCidrBlock="10.9.0.0/16", Blackhole=True)
        self.assertEqual(second, self.targets(table)["10.1.0.0/16"])
        want = [("10.1.0.0/16", "static", "active"), ("10.2.0.0/16", "propagated", "active")]
        self.assertEqual([*want, ("10.9.0.0/16", "static", "blackhole")], self.provider.hubRoutes(table))
        self.provider.ec2.delete_transit_gateway_vpc_attachment(TransitGatewayAttachmentId=other)
        self.assertEqual([("10.1.0.0/16", "static", "blackhole")], self.provider.hubRoutes(table)[:1])
        self.provider.ec2.delete_transit_gateway_route(**where, DestinationCidrBlock="10.1.0.0/16")
        self.assertEqual([("10.1.0.0/16", "propagated", "active")], self.provider.hubRoutes(table)[:1])
        self.provider.ec2.delete_transit_gateway_vpc_attachment(TransitGatewayAttachmentId=first)
        self.provider.ec2.delete_transit_gateway(TransitGatewayId=hub["TransitGatewayId"])
        self.assertEqual([], self.provider.ec2.describe_transit_gateway_route_tables()["TransitGatewayRouteTables"])

    def test_a_route_is_a_blackhole_without_its_attachment(self) -> None:
        hub = self.provider.hub()
        vpc, attachment = self.provider.spoke(hub, 1)
        table = self.provider.table(vpc)
        self.provider.route(table, "10.2.0.0/16", TransitGatewayId=hub["TransitGatewayId"])
        self.assertEqual({"10.1.0.0/16": "active", "10.2.0.0/16": "active"}, self.provider.states(table))
        self.provider.ec2.delete_transit_gateway_vpc_attachment(TransitGatewayAttachmentId=attachment)
        self.assertEqual({"10.1.0.0/16": "active", "10.2.0.0/16": "blackhole"}, self.provider.states(table))

    def test_an_inbound_rule_names_a_group_over_a_gateway(self) -> None:
        hub = self.sharedHub(**ACCEPT_ALL, **_REFERENCES)
        own, _ = self.provider.spoke(hub, 1)
        peer, _ = self.consumer.spoke(hub, 2)
        group, other = self.provider.group(own), self.consumer.group(peer)
        self.provider.allow(group, other, UserId=CONSUMER)
        self.assertEqual([(other, CONSUMER)], self.references(group))

    def references(self, group: str) -> list[tuple[str, str]]:
        found = self.provider.ec2.describe_security_groups(GroupIds=[group])["SecurityGroups"][0]["IpPermissions"]
        return [(pair["GroupId"], pair["UserId"]) for one in found for pair in one["UserIdGroupPairs"]]


class TestPeering(NetworkCase):
    def test_acceptance(self) -> None:
        own, peer = self.provider.network(1), self.consumer.network(2)
        peering = self.provider.peer(own, peer, PeerOwnerId=CONSUMER)
        table, back = self.provider.table(own), self.consumer.table(peer)
        self.provider.route(table, "10.2.0.0/16", VpcPeeringConnectionId=peering)
        self.consumer.route(back, "10.1.0.0/16", VpcPeeringConnectionId=peering)
        self.assertEqual("blackhole", self.provider.states(table)["10.2.0.0/16"])
        self.consumer.accept(peering)
        for account in (self.provider, self.consumer):
            self.assertEqual("active", account.status(peering)[0])
        self.assertEqual("active", self.provider.states(table)["10.2.0.0/16"])
        self.assertEqual("active", self.consumer.states(back)["10.1.0.0/16"])
        self.consumer.ec2.delete_vpc_peering_connection(VpcPeeringConnectionId=peering)
        self.assertEqual("blackhole", self.provider.states(table)["10.2.0.0/16"])

    def test_any_overlapping_block_fails(self) -> None:
        own, peer = self.provider.network(1), self.consumer.network(2)
        self.consumer.ec2.associate_vpc_cidr_block(VpcId=peer, CidrBlock="10.1.128.0/20")
        for one, settings in ((peer, {"PeerOwnerId": CONSUMER}), (own, {})):
            code, message = self.provider.status(self.provider.peer(own, one, **settings))
            self.assertEqual("failed", code)
            self.assertEqual("Failed due to incorrect VPC-ID, Account ID, or overlapping CIDR range", message)

    def test_rules_name_groups_of_a_peer(self) -> None:
        """In both directions, with or without the owner, and until they are revoked after the connection is gone."""
        own, peer, peering = self.peers()
        group, other = self.provider.group(own), self.consumer.group(peer)
        self.provider.allow(group, other, UserId=CONSUMER)
        self.provider.allow(group, other, "egress")
        self.consumer.allow(other, group, UserId=PROVIDER)
        self.provider.ec2.delete_vpc_peering_connection(VpcPeeringConnectionId=peering)
        pair = {"GroupId": other, "UserId": CONSUMER}
        permission = {"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "UserIdGroupPairs": [pair]}
        self.provider.ec2.revoke_security_group_ingress(GroupId=group, IpPermissions=[permission])

    def test_a_role_accepts_for_one_vpc_alone(self) -> None:
        own, peer, others = self.provider.network(1), self.consumer.network(2), self.consumer.network(3)
        arn = f"arn:aws:ec2:{REGION}:{CONSUMER}"
        allowed = {
            "Effect": "Allow",
            "Action": "ec2:AcceptVpcPeeringConnection",
            "Resource": [f"{arn}:vpc/{peer}", f"{arn}:vpc-peering-connection/*"],
        }
        condition = {"ArnEquals": {"ec2:AccepterVpc": f"{arn}:vpc/{peer}"}}
        for number, policy in enumerate((allowed, allowed | {"Resource": "*", "Condition": condition})):
            with self.subTest(policy=policy):
                role = self.consumer.accepter(policy, name=f"Accepter{number}")
                accepter = self.provider.clients.assume(role, "test").of("ec2")
                denied = self.provider.peer(own, others, PeerOwnerId=CONSUMER)
                with self.assertRaisesRegex(Exception, "UnauthorizedOperation"):
                    accepter.accept_vpc_peering_connection(VpcPeeringConnectionId=denied)
                peering = self.provider.peer(own, peer, PeerOwnerId=CONSUMER)
                accepter.accept_vpc_peering_connection(VpcPeeringConnectionId=peering)
                self.assertEqual("active", self.provider.status(peering)[0])
                self.provider.ec2.delete_vpc_peering_connection(VpcPeeringConnectionId=peering)


if __name__ == "__main__":
    unittest.main()
