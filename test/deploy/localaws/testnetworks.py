"""Accounts of the tests of peering connections and transit gateways, on moto."""

from __future__ import annotations

import json
import unittest
from typing import Any

import boto3
from botocore.config import Config
from moto import mock_aws

from .client import Clients
from .testaccounts import CONSUMER, OTHER, OUTSIDE, PROVIDER, REGION, Account

OWN_TABLES = {"DefaultRouteTableAssociation": "disable", "DefaultRouteTablePropagation": "disable"}
ALL_ROUTES = [{"Name": "state", "Values": ["active", "blackhole"]}]
ACCEPT_ALL = {"AutoAcceptSharedAttachments": "enable"}


class Network(Account):
    """An account with networks: calls with settings where a test does not care."""

    @property
    def ec2(self) -> Any:
        return self.of("ec2")

    def raw(self, operation: str, **parameters: Any) -> Any:
        """A call that boto does not check."""
        config = Config(parameter_validation=False, retries={"max_attempts": 0})
        return getattr(boto3.client("ec2", REGION, config=config, **self.clients.credentials), operation)(**parameters)

    def elsewhere(self, region: str) -> Any:
        """EC2 in another Region."""
        return Clients(self.clients.credentials, region).of("ec2")

    def network(self, number: int) -> str:  # type: ignore[override]
        """A VPC of 10.number.0.0/16."""
        return self.vpc(f"10.{number}.0.0/16")

    def subnet(self, vpc: str, number: int, part: int = 0, zone: str = "a") -> str:
        made = self.ec2.create_subnet(VpcId=vpc, CidrBlock=f"10.{number}.{part}.0/24", AvailabilityZone=f"{REGION}{zone}")
        return made["Subnet"]["SubnetId"]

    def table(self, vpc: str) -> str:
        return self.ec2.create_route_table(VpcId=vpc)["RouteTable"]["RouteTableId"]

    def route(self, table: str, block: str, **target: Any) -> None:
        self.ec2.create_route(RouteTableId=table, DestinationCidrBlock=block, **target)

    def states(self, table: str) -> dict[str, str]:
        """The states of the routes of a table, by destination."""
        routes = self.ec2.describe_route_tables(RouteTableIds=[table])["RouteTables"][0]["Routes"]
        return {route["DestinationCidrBlock"]: route["State"] for route in routes}

    def peer(self, vpc: str, other: str, **settings: Any) -> str:
        made = self.ec2.create_vpc_peering_connection(VpcId=vpc, PeerVpcId=other, **settings)
        return made["VpcPeeringConnection"]["VpcPeeringConnectionId"]

    def accept(self, peering: str) -> None:
        self.ec2.accept_vpc_peering_connection(VpcPeeringConnectionId=peering)

    def status(self, peering: str) -> tuple[str, str]:
        found = self.ec2.describe_vpc_peering_connections(VpcPeeringConnectionIds=[peering])["VpcPeeringConnections"][0]
        return found["Status"]["Code"], found["Status"]["Message"]

    def accepter(self, policy: dict[str, Any] | None = None, trusted: str = PROVIDER, name: str = "Accepter") -> str:
        """A role with which another account accepts peering connections."""
        trust = {"Effect": "Allow", "Principal": {"AWS": f"arn:aws:iam::{trusted}:root"}, "Action": "sts:AssumeRole"}
        iam = self.of("iam")
        role = iam.create_role(RoleName=name, AssumeRolePolicyDocument=_document(trust))["Role"]["Arn"]
        allowed = policy or {"Effect": "Allow", "Action": "ec2:AcceptVpcPeeringConnection", "Resource": "*"}
        iam.put_role_policy(RoleName=name, PolicyName="Accept", PolicyDocument=_document(allowed))
        return role

    def hub(self, **options: Any) -> dict[str, Any]:
        return self.ec2.create_transit_gateway(Options=options)["TransitGateway"]

    def hubTable(self, hub: dict[str, Any]) -> str:  # noqa: N802 as the methods of unittest
        made = self.ec2.create_transit_gateway_route_table(TransitGatewayId=hub["TransitGatewayId"])
        return made["TransitGatewayRouteTable"]["TransitGatewayRouteTableId"]

    def join(self, hub: dict[str, Any], vpc: str, *subnets: str, **options: Any) -> str:  # type: ignore[override]
        """Attach a VPC to a gateway."""
        made = self.ec2.create_transit_gateway_vpc_attachment(
            TransitGatewayId=hub["TransitGatewayId"], VpcId=vpc, SubnetIds=list(subnets), Options=options
        )
        return made["TransitGatewayVpcAttachment"]["TransitGatewayAttachmentId"]

    def spoke(self, hub: dict[str, Any], number: int, **options: Any) -> tuple[str, str]:
        """A VPC with an attachment: the IDs of both."""
        vpc = self.network(number)
        return vpc, self.join(hub, vpc, self.subnet(vpc, number), **options)

    def associate(self, table: str, attachment: str) -> None:
        self.ec2.associate_transit_gateway_route_table(TransitGatewayRouteTableId=table, TransitGatewayAttachmentId=attachment)

    def propagate(self, table: str, attachment: str) -> None:
        self.ec2.enable_transit_gateway_route_table_propagation(
            TransitGatewayRouteTableId=table, TransitGatewayAttachmentId=attachment
        )

    def hubRoutes(self, table: str) -> list[tuple[str, str, str]]:  # noqa: N802 as the methods of unittest
        """The routes of a gateway's table: destination, type and state."""
        found = self.ec2.search_transit_gateway_routes(TransitGatewayRouteTableId=table, Filters=ALL_ROUTES)
        return [(route["DestinationCidrBlock"], route["Type"], route["State"]) for route in found["Routes"]]

    def allow(self, group: str, other: str, direction: str = "ingress", **owner: Any) -> None:
        """Add a rule that names a group."""
        permission = {"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "UserIdGroupPairs": [{"GroupId": other, **owner}]}
        getattr(self.ec2, f"authorize_security_group_{direction}")(GroupId=group, IpPermissions=[permission])


def _document(statement: dict[str, Any]) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


class NetworkCase(unittest.TestCase):
    """A test with accounts: two that are connected, another one of the organization, and one outside."""

    def setUp(self) -> None:
        self.enterContext(mock_aws())
        self.provider, self.consumer = Network(PROVIDER), Network(CONSUMER)
        self.other, self.outside = Network(OTHER), Network(OUTSIDE)

    def peers(self) -> tuple[str, str, str]:
        """A VPC of the provider, one of the consumer, and an active connection that the provider requested."""
        own, peer = self.provider.network(1), self.consumer.network(2)
        peering = self.provider.peer(own, peer, PeerOwnerId=CONSUMER)
        self.consumer.accept(peering)
        return own, peer, peering

    def sharedHub(self, **options: Any) -> dict[str, Any]:  # noqa: N802 as the methods of unittest
        """A gateway of the provider that is shared with the consumer."""
        hub = self.provider.hub(**options)
        self.provider.share(hub["TransitGatewayArn"], CONSUMER)
        return hub
