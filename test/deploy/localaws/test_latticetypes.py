"""The resource types of VPC Lattice and of Resource Access Manager: creations, updates, replacements and attributes."""

from __future__ import annotations

import re
import unittest
from typing import Any

from .engine.changeset import compare
from .engine.resolver import Scope
from .engine.resource import Invalid, NotSupported, Properties
from .engine.resourcetype import REPLACEMENT, resource_type
from .testaccounts import CONSUMER, OTHER, PROVIDER, REGION, LatticeCase, TypeCase

_ANSWER = {"FixedResponse": {"StatusCode": "404"}}
_POLICY = {"Statement": [{"Effect": "Allow", "Principal": "*", "Action": "vpc-lattice-svcs:Invoke", "Resource": "*"}]}
_PATH = {"HttpMatch": {"Method": "GET", "PathMatch": {"Match": {"Prefix": "/v1"}}}}


class TestTypes(LatticeCase, TypeCase):
    def test_a_service(self) -> None:
        tags = [{"Key": "a", "Value": "1"}, {"Key": "b", "Value": "2"}]
        service = self.create("VpcLattice::Service", {"AuthType": "AWS_IAM", "Tags": tags, "IdleTimeoutSeconds": 120})
        arn = service.physical_resource_id
        self.assertEqual((arn, "ACTIVE"), (service.get_cfn_attribute("Arn"), service.get_cfn_attribute("Status")))
        self.assertRegex(service.get_cfn_attribute("Id"), r"^svc-[0-9a-z]{17}$")
        self.assertRegex(service.get_cfn_attribute("DnsEntry.DomainName"), r"^stack-logical-[0-9a-f]{12}-0\w+\.")
        self.assertTrue(service.get_cfn_attribute("DnsEntry.HostedZoneId"))
        policy = self.create("VpcLattice::AuthPolicy", {"ResourceIdentifier": arn, "Policy": _POLICY})
        self.assertEqual((arn, "Active"), (policy.physical_resource_id, policy.get_cfn_attribute("State")))

        group = self.create("VpcLattice::TargetGroup", self.group_settings())
        action = {"Forward": {"TargetGroups": [{"TargetGroupIdentifier": group.physical_resource_id, "Weight": "1"}]}}
        listener = self.create(
            "VpcLattice::Listener", {"ServiceIdentifier": arn, "Protocol": "HTTP", "Port": "80", "DefaultAction": _ANSWER}
        )
        where = {"ServiceIdentifier": arn, "ListenerIdentifier": listener.physical_resource_id}
        rule = self.create("VpcLattice::Rule", where | {"Priority": "10", "Match": _PATH, "Action": action})
        self.update(rule, Priority=20)
        self.update(listener, DefaultAction={"FixedResponse": {"StatusCode": 500}})
        self.update(service, AuthType="NONE", Tags=[{"Key": "a", "Value": "3"}])
        lattice = self.provider.lattice
        found = lattice.get_service(serviceIdentifier=arn)
        self.assertEqual("NONE", found["authType"])
        self.assertEqual({"a": "3"}, lattice.list_tags_for_resource(resourceArn=arn)["tags"])
        rules = lattice.list_rules(serviceIdentifier=found["id"], listenerIdentifier=listener.get_cfn_attribute("Id"))["items"]
        self.assertEqual([20, None], [one.get("priority") for one in rules])
        self.delete(rule, listener, group, policy, service)
        self.assertEqual([], lattice.list_services()["items"])
        self.assertEqual([], lattice.list_target_groups()["items"])

    def group_settings(self, **settings: Any) -> Properties:
        return {"Type": "IP", "Config": {"Port": 8080, "Protocol": "HTTP", "VpcIdentifier": self.provider.vpc()} | settings}

    def test_targets_change_in_place(self) -> None:
        one, two = {"Id": "10.0.0.4", "Port": 8080}, {"Id": "10.0.0.5", "Port": 8080}
        group = self.create("VpcLattice::TargetGroup", self.group_settings() | {"Targets": [one]})
        group = self.update(group, Targets=[two])
        config = group.properties["Config"] | {"HealthCheck": {"Path": "/health", "Matcher": {"HttpCode": "200-299"}}}
        self.update(group, Config=config)
        lattice, identifier = self.provider.lattice, {"targetGroupIdentifier": group.physical_resource_id}
        self.assertEqual(["10.0.0.5"], [target["id"] for target in lattice.list_targets(**identifier)["items"]])
        self.assertEqual("/health", lattice.get_target_group(**identifier)["config"]["healthCheck"]["path"])

    def test_a_target_that_is_refused_fails_the_creation(self) -> None:
        settings = self.group_settings(Protocol="HTTPS") | {"Type": "ALB", "Targets": [{"Id": "arn:none"}]}
        with self.assertRaisesRegex(Exception, "must be an Application Load Balancer"):
            self.create("VpcLattice::TargetGroup", settings)
        self.assertEqual([], self.provider.lattice.list_target_groups()["items"])

    def test_a_network(self) -> None:
        network = self.create("VpcLattice::ServiceNetwork", {"SharingConfig": {"enabled": "true"}})
        service, vpc = self.create("VpcLattice::Service", {}), self.provider.vpc()
        groups = [self.provider.group(vpc, name) for name in ("one", "two")]
        identifier = {"ServiceNetworkIdentifier": network.physical_resource_id}
        attached = self.create(
            "VpcLattice::ServiceNetworkVpcAssociation", identifier | {"VpcIdentifier": vpc, "SecurityGroupIds": groups[:1]}
        )
        joined = self.create(
            "VpcLattice::ServiceNetworkServiceAssociation", identifier | {"ServiceIdentifier": service.physical_resource_id}
        )
        log = self.create(
            "VpcLattice::AccessLogSubscription",
            {"ResourceIdentifier": network.physical_resource_id, "DestinationArn": "arn:aws:s3:::bucket-a"},
        )
        self.assertEqual(vpc, attached.get_cfn_attribute("VpcId"))
        self.assertEqual(network.get_cfn_attribute("Id"), joined.get_cfn_attribute("ServiceNetworkId"))
        self.assertEqual(network.get_cfn_attribute("Id"), log.get_cfn_attribute("ResourceId"))
        for name in ("DnsEntry.DomainName", "DnsEntry.HostedZoneId"):
            self.assertEqual(service.get_cfn_attribute(name), joined.get_cfn_attribute(name))
        self.update(attached, SecurityGroupIds=groups)
        found = self.provider.lattice.get_service_network_vpc_association(
            serviceNetworkVpcAssociationIdentifier=attached.get_cfn_attribute("Id")
        )
        self.assertEqual(groups, found["securityGroupIds"])
        with self.assertRaisesRegex(NotSupported, "an update of SecurityGroupIds"):  # one must remain
            self.update(attached, SecurityGroupIds=None)
        self.update(network, AuthType="AWS_IAM")
        self.delete(log, joined, attached, network)
        self.assertEqual([], self.provider.lattice.list_service_networks()["items"])

    def test_a_share(self) -> None:
        service = self.create("VpcLattice::Service", {})
        share = self.create(
            "RAM::ResourceShare", {"Name": "share", "ResourceArns": [service.physical_resource_id], "Principals": [CONSUMER]}
        )
        self.assertEqual((PROVIDER, "ACTIVE"), (share.get_cfn_attribute("OwningAccountId"), share.get_cfn_attribute("Status")))
        self.assertEqual([1, 0], self.sees_services())
        share = self.update(share, Principals=[OTHER], Name="renamed")
        self.assertEqual([0, 1], self.sees_services())
        self.delete(share)
        self.assertEqual([0, 0], self.sees_services())

    def sees_services(self) -> list[int]:
        return [len(account.lattice.list_services()["items"]) for account in (self.consumer, self.other)]

    def test_a_permission_of_a_function(self) -> None:
        functions, role = self.provider.of("lambda"), self.provider.role("lambda.amazonaws.com")
        functions.create_function(FunctionName="api", Role=role, Code={"ZipFile": b"code"}, Runtime="python3.13", Handler="a.b")
        permission = self.create(
            "Lambda::Permission",
            {"FunctionName": "api", "Action": "lambda:InvokeFunction", "Principal": "vpc-lattice.amazonaws.com"},
        )
        self.assertIn("vpc-lattice.amazonaws.com", functions.get_policy(FunctionName="api")["Policy"])
        self.delete(permission)

    def test_what_the_schemas_refuse(self) -> None:
        base = {"ServiceIdentifier": "svc", "ListenerIdentifier": "listener", "Priority": 1, "Match": _PATH, "Action": _ANSWER}
        header = {"Name": "a" * 41, "Match": {"Exact": "b" * 129}}
        for name, properties, want in (
            ("Rule", base | {"Priority": "101"}, "#/Priority: 101 is not less or equal to 100"),
            (
                "Rule",
                base | {"Match": {"HttpMatch": {"Method": "PATCH"}}},
                "#/Match/HttpMatch/Method: PATCH is not a valid enum value",
            ),
            (
                "Rule",
                base | {"Match": {"HttpMatch": {"PathMatch": {"Match": {"Exact": "/" * 129}}}}},
                "maxLength: 128, actual: 129",
            ),
            ("Rule", base | {"Match": {"HttpMatch": {"HeaderMatches": [header]}}}, "maxLength: 40, actual: 41"),
            ("Rule", base | {"Match": {"HttpMatch": {"HeaderMatches": [header]}}}, "maxLength: 128, actual: 129"),
            (
                "TargetGroup",
                {"Type": "IP", "Config": {"HealthCheck": {"HealthyThresholdCount": 1}}},
                "1 is not greater or equal to 2",
            ),
        ):
            with self.subTest(want=want), self.assertRaisesRegex(Invalid, re.escape(want)):
                self.create(f"VpcLattice::{name}", properties)

    def test_replacements(self) -> None:
        """A change set says what a change does to a target group, and a deployment does it."""
        old = self.create("VpcLattice::TargetGroup", self.group_settings(HealthCheck={"Path": "/"}))
        config, vpc = old.properties["Config"], {"Type": "AWS::EC2::VPC", "Properties": {"CidrBlock": "10.9.0.0/16"}}
        for name, changed, want in (
            ("health check", config | {"HealthCheck": {"Path": "/health"}}, "False"),
            ("port", config | {"Port": 9090}, "True"),
            ("VPC that does not exist yet", config | {"VpcIdentifier": {"Ref": "Vpc"}}, "Conditional"),
            ("health check that is not known", config | {"HealthCheck": {"Path": {"Ref": "Vpc"}}}, "False"),
        ):
            with self.subTest(name):
                resource = {"Type": old.cf_resource_type, "Properties": {"Type": "IP", "Config": changed}}
                template = {"Resources": {"Logical": resource, "Vpc": vpc}}
                scope = Scope("stack-id", "Stack", {}, {}, REGION, PROVIDER, template, {})
                scope.load()
                changes = {change.logical_resource_id: change for change in compare({"Logical": old}, scope)}
                self.assertEqual(want, changes["Logical"].replacement)
        found = resource_type(old.cf_resource_type)
        self.assertEqual(REPLACEMENT, found.behavior_of("Config", config, config | {"Protocol": "HTTPS"}))


if __name__ == "__main__":
    unittest.main()
