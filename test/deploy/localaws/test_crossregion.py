"""Endpoints of services in another Region."""

from __future__ import annotations

import unittest
from typing import Any

from botocore.exceptions import ClientError

from .testaccounts import CONSUMER, REGION, Clients, LatticeCase, TypeCase

_FAR = "eu-central-1"


class TestCrossRegion(LatticeCase, TypeCase):
    def setUp(self) -> None:
        super().setUp()
        elb = self.provider.of("elbv2")
        subnets = self.provider.subnets(self.provider.vpc())
        made = elb.create_load_balancer(Name="nlb", Type="network", Scheme="internal", Subnets=subnets)
        given = {"NetworkLoadBalancerArns": [made["LoadBalancers"][0]["LoadBalancerArn"]], "AcceptanceRequired": False}
        self.service = self.create("EC2::VPCEndpointService", given | {"SupportedRegions": [_FAR]})
        allowed = {"ServiceId": self.service.physical_resource_id, "AllowedPrincipals": [f"arn:aws:iam::{CONSUMER}:root"]}
        self.create("EC2::VPCEndpointServicePermissions", allowed)
        self.name = f"com.amazonaws.vpce.{REGION}.{self.service.physical_resource_id}"

    def connect(self, clients: Clients, **settings: Any) -> dict[str, Any]:
        ec2 = Clients(clients.credentials, _FAR).of("ec2")
        vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
        subnet = ec2.create_subnet(VpcId=vpc, CidrBlock="10.0.0.0/24", AvailabilityZone=f"{_FAR}c")["Subnet"]["SubnetId"]
        given = {"VpcEndpointType": "Interface", "VpcId": vpc, "SubnetIds": [subnet], "PrivateDnsEnabled": False}
        return ec2.create_vpc_endpoint(**(given | {"ServiceName": self.name, "ServiceRegion": REGION} | settings))["VpcEndpoint"]

    def test_a_supported_region(self) -> None:
        made = self.connect(self.consumer.clients)
        self.assertEqual((REGION, "available"), (made["ServiceRegion"], made["State"]))
        self.assertRegex(made["DnsEntries"][0]["DnsName"], rf"\.vpce-svc-\w+\.{REGION}\.vpce\.amazonaws\.com$")
        found = self.provider.of("ec2").describe_vpc_endpoint_connections()["VpcEndpointConnections"]
        self.assertEqual([(CONSUMER, _FAR)], [(one["VpcEndpointOwner"], one["VpcEndpointRegion"]) for one in found])

    def test_refusals(self) -> None:
        for what, clients, settings, code in (
            ("no Region of the service", self.consumer.clients, {"ServiceRegion": _FAR}, "InvalidServiceName"),
            ("an account that is not allowed", self.other.clients, {}, "InvalidServiceName"),
            ("a role that may not", self.allowed("ec2:*"), {}, "UnauthorizedOperation"),
        ):
            with self.subTest(what), self.assertRaisesRegex(ClientError, code):
                self.connect(clients, **settings)
        self.connect(self.allowed("ec2:*", "vpce:AllowMultiRegion"))
        self.update(self.service, SupportedRegions=["us-east-1"])
        with self.assertRaisesRegex(ClientError, "InvalidServiceName"):
            self.connect(self.consumer.clients)

    def allowed(self, *actions: str) -> Clients:
        """A role of the consumer."""
        role = self.consumer.trusting(CONSUMER, {"Effect": "Allow", "Action": list(actions), "Resource": "*"})
        return self.consumer.clients.assume(role, "role")


if __name__ == "__main__":
    unittest.main()
