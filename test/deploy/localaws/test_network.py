"""Networks that are created by the resource types, on moto."""

import unittest
from typing import Any

from moto import mock_aws

from . import refusals, types  # noqa: F401
from .client import Clients
from .engine.resource import Properties, Request, Resource
from .engine.resourcetype import resource_type

_CREDENTIALS = {"aws_access_key_id": "unused", "aws_secret_access_key": "unused"}


@mock_aws
class TestNetwork(unittest.TestCase):
    def setUp(self) -> None:
        self.clients = Clients(_CREDENTIALS, "eu-west-1")
        self.ec2: Any = self.clients.of("ec2")

    def request(self, old: Properties, new: Properties | None, physical_id: str = "") -> Request:
        return Request(self.clients, "123456789012", "eu-west-1", "Stack", "stack-id", "Logical", old, new, physical_id)

    def create(self, name: str, properties: Properties) -> Resource:
        created = resource_type(name)
        created.check(properties)
        return created.create_resource(self.request({}, properties))

    def test_route_through_a_peering_connection(self) -> None:
        vpcs = [self.create("AWS::EC2::VPC", {"CidrBlock": block}) for block in ("10.1.0.0/16", "10.2.0.0/16")]
        own, peer = (vpc.physical_resource_id for vpc in vpcs)
        peering = self.create("AWS::EC2::VPCPeeringConnection", {"VpcId": own, "PeerVpcId": peer})
        table = self.create("AWS::EC2::RouteTable", {"VpcId": own})
        route = {
            "RouteTableId": table.physical_resource_id,
            "DestinationCidrBlock": "10.2.0.0/16",
            "VpcPeeringConnectionId": peering.get_cfn_attribute("Id"),
        }
        created = self.create("AWS::EC2::Route", route)

        found = self.ec2.describe_vpc_peering_connections()["VpcPeeringConnections"]
        self.assertEqual(["active"], [connection["Status"]["Code"] for connection in found])
        self.assertIn((route["DestinationCidrBlock"], route["VpcPeeringConnectionId"]), self.routes(table))
        self.assertEqual(f"{table.physical_resource_id}|10.2.0.0/16", created.physical_resource_id)

        resource_type("AWS::EC2::Route").delete_resource(self.request(route, None, created.physical_resource_id))
        self.assertNotIn((route["DestinationCidrBlock"], route["VpcPeeringConnectionId"]), self.routes(table))

    def routes(self, table: Resource) -> list[tuple[str, str | None]]:
        found = self.ec2.describe_route_tables(RouteTableIds=[table.physical_resource_id])["RouteTables"][0]["Routes"]
        return [(route["DestinationCidrBlock"], route.get("VpcPeeringConnectionId")) for route in found]

    def test_the_prefix_list_of_lattice_is_that_of_the_region(self) -> None:
        found = set()
        for account in ("111111111111", "222222222222"):
            ec2 = self.clients.assume(f"arn:aws:iam::{account}:role/OrganizationAccountAccessRole", "test").of("ec2")
            filters = [{"Name": "prefix-list-name", "Values": ["com.amazonaws.eu-west-1.vpc-lattice"]}]
            lists = ec2.describe_managed_prefix_lists(Filters=filters)["PrefixLists"]
            found |= {one["PrefixListId"] for one in lists}
            entries = ec2.get_managed_prefix_list_entries(PrefixListId=lists[0]["PrefixListId"])["Entries"]
            self.assertIn("169.254.171.0/24", [entry["Cidr"] for entry in entries])
        self.assertEqual(1, len(found))
        self.assertRegex(found.pop(), r"^pl-[0-9a-f]{17}$")

    def test_tags_are_updated(self) -> None:
        old: Properties = {"CidrBlock": "10.1.0.0/16", "Tags": [{"Key": "a", "Value": "1"}, {"Key": "b", "Value": "2"}]}
        new: Properties = {"CidrBlock": "10.1.0.0/16", "Tags": [{"Key": "a", "Value": "3"}]}
        vpc = self.create("AWS::EC2::VPC", old)
        updated = resource_type("AWS::EC2::VPC").update_resource(self.request(old, new, vpc.physical_resource_id), vpc.attributes)
        found = self.ec2.describe_vpcs(VpcIds=[vpc.physical_resource_id])["Vpcs"][0]
        self.assertEqual([{"Key": "a", "Value": "3"}], found["Tags"])
        self.assertEqual(vpc.attributes, updated.attributes)


if __name__ == "__main__":
    unittest.main()
