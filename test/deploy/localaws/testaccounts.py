"""Accounts of the tests of VPC Lattice and of routed networks, on moto."""

from __future__ import annotations

import json
import secrets
import unittest
from typing import Any
from unittest import mock

from moto import mock_aws
from moto.ram.models import ram_backends
from moto.ssm.models import ssm_backends
from moto.vpclattice.models import vpclattice_backends

from . import refusals, types  # noqa: F401
from .client import Clients
from .engine.resource import Properties, Request, Resource
from .engine.resourcetype import resource_type
from .services.profile import profile_backends

PROVIDER, CONSUMER, OTHER, OUTSIDE = "222222222222", "111111111111", "333333333333", "999999999999"
REGION = "eu-west-1"
ANSWER = {"fixedResponse": {"statusCode": 404}}


class Account:
    """Calls as an account, with names and settings where a test does not care."""

    def __init__(self, account: str) -> None:
        self.id = account
        own = Clients({"aws_access_key_id": "unused", "aws_secret_access_key": "unused"}, REGION)
        assumed = own.assume(f"arn:aws:iam::{account}:role/OrganizationAccountAccessRole", "test")
        self.clients = Clients(assumed.credentials, REGION)

    def of(self, service: str) -> Any:
        return self.clients.of(service)

    @property
    def lattice(self) -> Any:
        return self.of("vpc-lattice")

    @property
    def ram(self) -> Any:
        return self.of("ram")

    def service(self, name: str = "pricing", **settings: Any) -> dict[str, Any]:
        return self.lattice.create_service(name=name, **settings)

    def network(self, name: str = "mesh", **settings: Any) -> dict[str, Any]:
        return self.lattice.create_service_network(name=name, **settings)

    def vpc(self, block: str = "10.0.0.0/16") -> str:
        return self.of("ec2").create_vpc(CidrBlock=block)["Vpc"]["VpcId"]

    def internet(self, vpc: str) -> str:
        """Attach an internet gateway to a VPC."""
        gateway = self.of("ec2").create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
        self.of("ec2").attach_internet_gateway(InternetGatewayId=gateway, VpcId=vpc)
        return gateway

    def group(self, vpc: str, name: str = "group") -> str:
        return self.of("ec2").create_security_group(GroupName=name, Description=name, VpcId=vpc)["GroupId"]

    def subnets(self, vpc: str, mask: int = 24) -> list[str]:
        ec2 = self.of("ec2")
        return [
            ec2.create_subnet(VpcId=vpc, CidrBlock=f"10.0.{i}.0/{mask}", AvailabilityZone=f"{REGION}{zone}")["Subnet"]["SubnetId"]
            for i, zone in enumerate("ab")
        ]

    def role(self, service: str) -> str:
        """A role that trusts a service."""
        statement = {"Effect": "Allow", "Principal": {"Service": service}, "Action": "sts:AssumeRole"}
        policy = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
        return self.of("iam").create_role(RoleName=service, AssumeRolePolicyDocument=policy)["Role"]["Arn"]

    def trusting(self, account: str, *statements: dict[str, Any]) -> str:
        """A role that trusts an account, and may do what its statements say."""
        name, trust = f"role-{secrets.token_hex(4)}", {"Effect": "Allow", "Action": "sts:AssumeRole"}
        documents = [
            json.dumps({"Version": "2012-10-17", "Statement": found})
            for found in ([trust | {"Principal": {"AWS": f"arn:aws:iam::{account}:root"}}], list(statements))
        ]
        made = self.of("iam").create_role(RoleName=name, AssumeRolePolicyDocument=documents[0])
        if statements:
            self.of("iam").put_role_policy(RoleName=name, PolicyName="policy", PolicyDocument=documents[1])
        return made["Role"]["Arn"]

    def certificate(self, domain: str = "api.company.com") -> str:
        return self.of("acm").request_certificate(DomainName=domain)["CertificateArn"]

    def targets(self, name: str = "tasks", kind: str = "IP", **config: Any) -> str:
        given = {"port": 8080, "protocol": "HTTP"} | config
        if kind == "LAMBDA":
            given = config
        elif "vpcIdentifier" not in given:
            given["vpcIdentifier"] = self.vpc()
        return self.lattice.create_target_group(name=name, type=kind, config=given)["id"]

    def listener(self, service: str, name: str = "http", **settings: Any) -> str:
        given = {"protocol": "HTTP", "port": 80, "defaultAction": ANSWER} | settings
        return self.lattice.create_listener(serviceIdentifier=service, name=name, **given)["id"]

    def rule(self, service: str, listener: str, priority: int = 1, name: str = "", **settings: Any) -> dict[str, Any]:
        match = {"httpMatch": {"pathMatch": {"match": {"prefix": "/v1"}}}}
        given = {"match": match, "action": ANSWER} | settings
        return self.lattice.create_rule(
            serviceIdentifier=service, listenerIdentifier=listener, priority=priority, name=name or f"r{priority:02}", **given
        )

    def share(self, arn: str, *principals: str, **settings: Any) -> dict[str, Any]:
        created = self.ram.create_resource_share(name="share", resourceArns=[arn], principals=list(principals), **settings)
        return created["resourceShare"]

    def join(self, network: str, service: str) -> dict[str, Any]:
        return self.lattice.create_service_network_service_association(
            serviceNetworkIdentifier=network, serviceIdentifier=service
        )

    def attach(self, network: str, vpc: str, *groups: str) -> dict[str, Any]:
        return self.lattice.create_service_network_vpc_association(
            serviceNetworkIdentifier=network, vpcIdentifier=vpc, securityGroupIds=list(groups)
        )

    def balancer(self, vpc: str, name: str = "alb", scheme: str = "internal", port: int | None = 8080) -> str:
        elb = self.of("elbv2")
        subnets = [
            one["SubnetId"] for one in self.of("ec2").describe_subnets(Filters=[{"Name": "vpc-id", "Values": [vpc]}])["Subnets"]
        ]
        made = elb.create_load_balancer(Name=name, Scheme=scheme, Subnets=subnets or self.subnets(vpc), Type="application")
        arn = made["LoadBalancers"][0]["LoadBalancerArn"]
        if port:
            action = {"Type": "fixed-response", "FixedResponseConfig": {"StatusCode": "404"}}
            elb.create_listener(LoadBalancerArn=arn, Port=port, Protocol="HTTP", DefaultActions=[action])
        return arn

    def register(self, group: str, target: str, **settings: Any) -> dict[str, Any]:
        return self.lattice.register_targets(targetGroupIdentifier=group, targets=[{"id": target, **settings}])


def forward(*groups: str) -> dict[str, Any]:
    return {"forward": {"targetGroups": [{"targetGroupIdentifier": group} for group in groups]}}


class TypeCase(unittest.TestCase):
    """A test of resource types: it creates, updates and deletes resources as a stack does, in the provider's account."""

    provider: Any

    def request(self, account: Account, old: Properties, new: Properties | None, physical_id: str = "") -> Request:
        return Request(account.clients, account.id, REGION, "Stack", "stack-id", "Logical", old, new, physical_id)

    def create(self, name: str, properties: Properties, account: Account | None = None) -> Resource:
        found = resource_type(f"AWS::{name}")
        found.check(properties)
        found.validate("Logical", properties)
        return found.create_resource(self.request(account or self.provider, {}, properties))

    def update(self, resource: Resource, **changes: Any) -> Resource:
        new = {name: value for name, value in (resource.properties | changes).items() if value is not None}
        request = self.request(self.provider, resource.properties, new, resource.physical_resource_id)
        return resource_type(resource.cf_resource_type).update_resource(request, resource.attributes)

    def delete(self, *resources: Resource) -> None:
        for resource in resources:
            request = self.request(self.provider, resource.properties, None, resource.physical_resource_id)
            resource_type(resource.cf_resource_type).delete_resource(request)


class LatticeCase(unittest.TestCase):
    """A test with accounts: two that trade, another one of the organization, and one outside."""

    def setUp(self) -> None:
        self.enterContext(mock_aws())
        self.enterContext(mock.patch("moto.settings.ACM_VALIDATION_WAIT", 0))
        self.provider, self.consumer = Account(PROVIDER), Account(CONSUMER)
        self.other, self.outside = Account(OTHER), Account(OUTSIDE)

    def clear(self) -> None:
        """Forget all of VPC Lattice, of Resource Access Manager, of Route 53 Profiles and of Parameter Store."""
        tables: list[tuple[Any, str]] = [(vpclattice_backends, "entities"), (ram_backends, "shares")]
        tables += [(ram_backends, "customer_permissions"), (profile_backends, "entities"), (ssm_backends, "_parameters")]
        for backends, table in tables:
            for regions in backends.values():
                for backend in regions.values():
                    getattr(backend, table).clear()

    def shared(self, **settings: Any) -> dict[str, Any]:
        """A service of the provider that is shared with the consumer."""
        service = self.provider.service(**settings)
        self.provider.share(service["arn"], CONSUMER)
        return service
