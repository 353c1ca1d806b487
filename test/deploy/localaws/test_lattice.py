"""VPC Lattice and Resource Access Manager: what the local API keeps, and who sees it."""

from __future__ import annotations

import json
import unittest
from collections.abc import Callable
from typing import Any

from botocore.exceptions import ClientError

from .services import organization
from .testaccounts import CONSUMER, OTHER, OUTSIDE, REGION, Account, LatticeCase, forward

_DOMAIN = "api.company.com"
_POLICY = json.dumps({"Statement": [{"Effect": "Allow", "Principal": "*", "Action": "vpc-lattice-svcs:Invoke", "Resource": "*"}]})


class TestLattice(LatticeCase):
    def test_a_shared_service_is_associated(self) -> None:
        certificate = self.provider.certificate()
        service = self.shared(customDomainName=_DOMAIN, certificateArn=certificate, authType="AWS_IAM")
        network, vpc = self.consumer.network(), self.consumer.vpc()
        group = self.consumer.group(vpc)
        joined = self.consumer.join(network["arn"], service["arn"])
        attached = self.consumer.attach(network["id"], vpc, group)

        self.assertRegex(service["id"], r"^svc-[0-9a-z]{17}$")
        self.assertRegex(service["dnsEntry"]["domainName"], rf"^pricing-0\w+\.\w+\.vpc-lattice-svcs\.{REGION}\.on\.aws$")
        self.assertEqual((service["dnsEntry"], _DOMAIN), (joined["dnsEntry"], joined["customDomainName"]))
        self.assertEqual([group], attached["securityGroupIds"])
        lists: dict[str, Callable[[Account], Any]] = {
            "services": lambda account: account.lattice.list_services(),
            "networks": lambda account: account.lattice.list_service_networks(),
            "services of the network": lambda account: account.lattice.list_service_network_service_associations(
                serviceNetworkIdentifier=network["id"]
            ),
            "networks of the service": lambda account: account.lattice.list_service_network_service_associations(
                serviceIdentifier=service["id"]
            ),
            "VPCs": lambda account: account.lattice.list_service_network_vpc_associations(vpcIdentifier=vpc),
        }
        seen = {name: [len(of(one)["items"]) for one in (self.provider, self.consumer, self.other)] for name, of in lists.items()}
        want = {"services": [1, 1, 0], "networks": [0, 1, 0], "services of the network": [1, 1, 0]}
        want |= {"networks of the service": [1, 1, 0], "VPCs": [0, 1, 0]}
        self.assertEqual(want, seen)
        counted = self.consumer.lattice.get_service_network(serviceNetworkIdentifier=network["id"])
        self.assertEqual((1, 1), (counted["numberOfAssociatedServices"], counted["numberOfAssociatedVPCs"]))
        self.assertEqual(service["id"], self.consumer.lattice.get_service(serviceIdentifier=service["arn"])["id"])

        # Both owners may delete the association.
        self.provider.lattice.delete_service_network_service_association(serviceNetworkServiceAssociationIdentifier=joined["id"])
        self.provider.lattice.delete_service(serviceIdentifier=service["id"])

    def test_an_association_outlives_the_share(self) -> None:
        service = self.provider.service()
        share = self.provider.share(service["arn"], CONSUMER)
        joined = self.consumer.join(self.consumer.network()["arn"], service["arn"])
        self.provider.ram.delete_resource_share(resourceShareArn=share["resourceShareArn"])
        found = self.consumer.lattice.get_service_network_service_association(
            serviceNetworkServiceAssociationIdentifier=joined["id"]
        )
        self.assertEqual("ACTIVE", found["status"])
        with self.assertRaisesRegex(ClientError, "no resource-based policy allows"):
            self.consumer.lattice.get_service(serviceIdentifier=service["arn"])

    def test_routes(self) -> None:
        lattice, service, group = self.provider.lattice, self.provider.service()["id"], self.provider.targets()
        self.assertEqual("UNUSED", self.status(group, "10.0.0.4"))
        listener = self.provider.listener(service)
        for priority in (20, 10):
            self.provider.rule(service, listener, priority, action=forward(group))
        where = {"serviceIdentifier": service, "listenerIdentifier": listener}
        rules = lattice.list_rules(**where)["items"]
        self.assertEqual(["r10", "r20", "default"], [rule["name"] for rule in rules])
        self.assertEqual("HEALTHY", self.status(group, "10.0.0.4"))
        described = lattice.get_target_group(targetGroupIdentifier=group)
        self.assertEqual(
            (1, 30), (len(described["serviceArns"]), described["config"]["healthCheck"]["healthCheckIntervalSeconds"])
        )
        rule = lattice.update_rule(**where, ruleIdentifier=rules[0]["id"], priority=30)
        self.assertEqual((30, "/v1"), (rule["priority"], rule["match"]["httpMatch"]["pathMatch"]["match"]["prefix"]))
        lattice.delete_listener(**where)
        lattice.delete_target_group(targetGroupIdentifier=group)

    def status(self, group: str, target: str) -> str:
        self.provider.register(group, target)
        return self.provider.lattice.list_targets(targetGroupIdentifier=group)["items"][0]["status"]

    def test_policies_are_inactive_without_authentication(self) -> None:
        lattice, service = self.provider.lattice, self.provider.service()["arn"]
        put = lattice.put_auth_policy(resourceIdentifier=service, policy=_POLICY)
        self.assertEqual("Inactive", put["state"])
        lattice.update_service(serviceIdentifier=service, authType="AWS_IAM")
        found = lattice.get_auth_policy(resourceIdentifier=service)
        self.assertEqual(("Active", _POLICY), (found["state"], found["policy"]))
        lattice.delete_auth_policy(resourceIdentifier=service)
        with self.assertRaisesRegex(ClientError, "There is no auth policy"):
            lattice.get_auth_policy(resourceIdentifier=service)

    def test_tags(self) -> None:
        lattice, service = self.provider.lattice, self.provider.service(tags={"a": "1"})["arn"]
        lattice.tag_resource(resourceArn=service, tags={"b": "2"})
        lattice.untag_resource(resourceArn=service, tagKeys=["a"])
        self.assertEqual({"b": "2"}, lattice.list_tags_for_resource(resourceArn=service)["tags"])

    def test_logs(self) -> None:
        lattice, service = self.provider.lattice, self.provider.service()["arn"]
        log = lattice.create_access_log_subscription(resourceIdentifier=service, destinationArn="arn:aws:s3:::bucket-a")
        lattice.update_access_log_subscription(accessLogSubscriptionIdentifier=log["id"], destinationArn="arn:aws:s3:::bucket-b")
        found = lattice.list_access_log_subscriptions(resourceIdentifier=service)["items"]
        self.assertEqual([("arn:aws:s3:::bucket-b", service)], [(one["destinationArn"], one["resourceArn"]) for one in found])
        lattice.delete_access_log_subscription(accessLogSubscriptionIdentifier=log["arn"])
        self.assertEqual([], lattice.list_access_log_subscriptions(resourceIdentifier=service)["items"])

    def test_an_account_outside_the_organization_accepts_an_invitation(self) -> None:
        service = self.provider.service()
        share = self.provider.share(service["arn"], OUTSIDE)
        network = self.outside.network()["arn"]
        with self.assertRaisesRegex(ClientError, "no resource-based policy allows"):
            self.outside.join(network, service["arn"])
        invitation = self.outside.ram.get_resource_share_invitations()["resourceShareInvitations"][0]
        self.assertEqual(("PENDING", share["resourceShareArn"]), (invitation["status"], invitation["resourceShareArn"]))
        self.outside.ram.accept_resource_share_invitation(resourceShareInvitationArn=invitation["resourceShareInvitationArn"])
        self.assertEqual("ACTIVE", self.outside.join(network, service["arn"])["status"])

    def test_shares(self) -> None:
        service, whole = self.provider.service()["arn"], organization.arn("aws")
        share = {"resourceShareArn": self.provider.share(service, whole)["resourceShareArn"]}
        for account, want in ((self.consumer, 1), (self.other, 1), (self.outside, 0)):
            found = account.ram.get_resource_shares(resourceOwner="OTHER-ACCOUNTS")["resourceShares"]
            self.assertEqual(want, len(found), account.id)
        ram = self.provider.ram
        self.assertEqual([whole], [one["id"] for one in ram.list_principals(resourceOwner="SELF")["principals"]])
        resources = self.consumer.ram.list_resources(resourceOwner="OTHER-ACCOUNTS")["resources"]
        self.assertEqual([(service, "vpc-lattice:Service")], [(one["arn"], one["type"]) for one in resources])
        permissions = ram.list_resource_share_permissions(**share)["permissions"]
        self.assertEqual(["vpc-lattice:Service"], [one["resourceType"] for one in permissions])

        ram.disassociate_resource_share(**share, principals=[whole])
        ram.associate_resource_share(**share, principals=[OTHER, OUTSIDE])
        found = ram.get_resource_share_associations(associationType="PRINCIPAL", resourceShareArns=[share["resourceShareArn"]])
        states = {one["associatedEntity"]: one["status"] for one in found["resourceShareAssociations"]}
        self.assertEqual({OTHER: "ASSOCIATED", OUTSIDE: "ASSOCIATING"}, states)
        self.assertEqual([], self.consumer.lattice.list_services()["items"])
        self.assertEqual(1, len(self.other.lattice.list_services()["items"]))
        renamed = ram.update_resource_share(**share, name="renamed")["resourceShare"]
        self.assertEqual("renamed", renamed["name"])
        ram.delete_resource_share(**share)
        self.assertEqual([], ram.get_resource_shares(resourceOwner="SELF", resourceShareStatus="ACTIVE")["resourceShares"])
        self.assertEqual(1, len(ram.get_resource_shares(resourceOwner="SELF", resourceShareStatus="DELETED")["resourceShares"]))

    def test_endpoints_of_service_networks(self) -> None:
        network, ec2, vpc = self.provider.network(), self.consumer.of("ec2"), self.consumer.vpc()
        given = {"VpcEndpointType": "ServiceNetwork", "VpcId": vpc, "ServiceNetworkArn": network["arn"]}
        small, large = self.consumer.subnets(vpc, 29), self.consumer.subnets(self.consumer.vpc())
        with self.assertRaisesRegex(ClientError, "InvalidServiceNetworkArn.NotFound"):
            ec2.create_vpc_endpoint(**given, SubnetIds=large)
        self.provider.share(network["arn"], CONSUMER)
        with self.assertRaisesRegex(ClientError, "InsufficientFreeAddressesInSubnet"):
            ec2.create_vpc_endpoint(**given, SubnetIds=small)
        with self.assertRaisesRegex(ClientError, "requires a service network, and no service"):
            ec2.create_vpc_endpoint(VpcEndpointType="ServiceNetwork", VpcId=vpc, ServiceName="com.amazonaws.eu-west-1.s3")
        created = ec2.create_vpc_endpoint(**given, SubnetIds=large)["VpcEndpoint"]
        self.assertEqual((network["arn"], []), (created["ServiceNetworkArn"], created["DnsEntries"]))


if __name__ == "__main__":
    unittest.main()
