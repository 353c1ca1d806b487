"""What EC2 refuses of peering connections, transit gateways, routes and references: each refusal is made here once."""

from __future__ import annotations

import unittest
from collections.abc import Callable
from typing import Any

from botocore.exceptions import ClientError

from .services.api import REFUSED
from .services.ec2 import EC2
from .testaccounts import CONSUMER, OTHER, OUTSIDE, PROVIDER
from .testnetworks import ACCEPT_ALL, OWN_TABLES, NetworkCase

Deed = Callable[[NetworkCase], Any]
_CASES: list[tuple[str, str, str, Deed]] = []
_NO_TABLE = "tgw-rtb-00000000000000000"


def refused(name: str, code: str, words: str) -> Callable[[Deed], Deed]:
    """A refusal by its name, its code, and a part of its words. The function does what is refused."""

    def register(deed: Deed) -> Deed:
        _CASES.append((name, code, words, deed))
        return deed

    return register


def case(name: str, code: str, words: str, deed: Deed) -> None:
    _CASES.append((name, code, words, deed))


# Parameters

case(
    "invalid parameter",
    "InvalidParameterValue",
    r"Value \(yes\) for parameter Options.AutoAcceptSharedAttachments is invalid",
    lambda t: t.provider.hub(AutoAcceptSharedAttachments="yes"),
)
case(
    "missing parameter",
    "MissingParameter",
    "Missing required parameter in request: RouteTableId",
    lambda t: t.provider.raw("create_route", DestinationCidrBlock="10.9.0.0/16"),
)
case(
    "unknown filter",
    "InvalidParameterValue",
    "The filter 'color' is invalid",
    lambda t: t.provider.ec2.describe_transit_gateways(Filters=[{"Name": "color", "Values": ["red"]}]),
)

# Peering connections


@refused("VPCs peered twice", "VpcPeeringConnectionAlreadyExists", "between the VPCs already exists")
def _twice(t: NetworkCase) -> None:
    own, peer, _ = t.peers()
    t.provider.peer(own, peer, PeerOwnerId=CONSUMER)


@refused(
    "role that may not accept", "UnauthorizedOperation", "not authorized to perform: ec2:AcceptVpcPeeringConnection on resource"
)
def _role(t: NetworkCase) -> None:
    own, peer = t.provider.network(1), t.consumer.network(2)
    peering = t.provider.peer(own, peer, PeerOwnerId=CONSUMER)
    role = t.consumer.accepter({"Effect": "Allow", "Action": "ec2:Describe*", "Resource": "*"})
    accepter = t.provider.clients.assume(role, "test").of("ec2")
    accepter.accept_vpc_peering_connection(VpcPeeringConnectionId=peering)


@refused("options before the peering is active", "OperationNotPermitted", "is not active. Peering options can be added only to")
def _pending(t: NetworkCase) -> None:
    peering = t.provider.peer(t.provider.network(1), t.consumer.network(2), PeerOwnerId=CONSUMER)
    _resolve(t, peering, "Requester")


def _resolve(t: NetworkCase, peering: str, side: str) -> None:
    options = {f"{side}PeeringConnectionOptions": {"AllowDnsResolutionFromRemoteVpc": True}}
    t.provider.ec2.modify_vpc_peering_connection_options(VpcPeeringConnectionId=peering, **options)


case(
    "options of the other side",
    "OperationNotPermitted",
    f"User {PROVIDER} cannot modify accepter peering options",
    lambda t: _resolve(t, t.peers()[2], "Accepter"),
)
case(
    "block that overlaps one of a peer",
    "InvalidVpc.Range",
    "The CIDR '10.2.128.0/20' overlaps",
    lambda t: t.provider.ec2.associate_vpc_cidr_block(VpcId=t.peers()[0], CidrBlock="10.2.128.0/20"),
)

# Routes


def _routed(t: NetworkCase, block: str = "10.2.0.0/16", twice: bool = False, **targets: str) -> None:
    table = t.provider.table(targets.pop("vpc", "") or t.provider.network(1))
    for _ in range(2 if twice else 1):
        t.provider.route(table, block, **targets)


case("route without a target", "MissingParameter", "must contain exactly one of gatewayId", _routed)


@refused("route with two targets", "InvalidParameterCombination", "must contain exactly one of gatewayId")
def _two(t: NetworkCase) -> None:
    own, _, peering = t.peers()
    _routed(t, vpc=own, VpcPeeringConnectionId=peering, GatewayId="igw-1")


@refused("route that exists", "RouteAlreadyExists", "The route identified by 10.2.0.0/16 already exists")
def _exists(t: NetworkCase) -> None:
    own, _, peering = t.peers()
    _routed(t, vpc=own, VpcPeeringConnectionId=peering, twice=True)


@refused("route for a part of the VPC", "InvalidParameterValue", "10.1.7.0/24 is equal to or more specific than one of this VPC")
def _part(t: NetworkCase) -> None:
    own, _, peering = t.peers()
    _routed(t, "10.1.7.0/24", vpc=own, VpcPeeringConnectionId=peering)


case(
    "gateway that the VPC is not attached to",
    "InvalidTransitGatewayID.NotFound",
    "The transitGateway ID 'tgw-[0-9a-f]+' does not exist",
    lambda t: _routed(t, TransitGatewayId=t.provider.hub()["TransitGatewayId"]),
)


@refused("gateway that the VPC is not attached to", "InvalidTransitGatewayID.NotFound", "The transitGateway ID 'tgw-")
def _waiting_route(t: NetworkCase) -> None:
    hub = t.sharedHub()
    vpc, _ = t.consumer.spoke(hub, 1)
    t.consumer.route(t.consumer.table(vpc), "10.2.0.0/16", TransitGatewayId=hub["TransitGatewayId"])


case(
    "peering of other VPCs",
    "InvalidParameterValue",
    "belong to different networks",
    lambda t: _routed(t, vpc=t.provider.network(3), VpcPeeringConnectionId=t.peers()[2]),
)


@refused("peering that is gone", "InvalidVpcPeeringConnectionID.NotFound", "The vpcPeeringConnection ID 'pcx-")
def _gone(t: NetworkCase) -> None:
    own, _, peering = t.peers()
    t.provider.ec2.delete_vpc_peering_connection(VpcPeeringConnectionId=peering)
    _routed(t, vpc=own, VpcPeeringConnectionId=peering)


# References


@refused("group of another VPC", "InvalidGroup.NotFound", "two resources that belong to different networks")
def _other_vpc(t: NetworkCase) -> None:
    t.provider.allow(*(t.provider.group(t.provider.network(number)) for number in (1, 2)))


def _reference(t: NetworkCase, own: str, peer: str, direction: str = "ingress", **owner: Any) -> None:
    t.provider.allow(t.provider.group(own), t.consumer.group(peer), direction, **owner)


_FOREIGN = ("group of another account", "InvalidGroup.NotFound", "The security group 'sg-[0-9a-f]+' does not exist")
case(*_FOREIGN, lambda t: _reference(t, t.provider.network(1), t.consumer.network(2)))
case(*_FOREIGN, lambda t: _reference(t, *t.peers()[:2], UserId=OTHER))
case(*_FOREIGN, lambda t: t.provider.allow(t.provider.group(t.provider.network(1)), "sg-0000"))


@refused(*_FOREIGN)
def _not_accepted(t: NetworkCase) -> None:
    own, peer = t.provider.network(1), t.consumer.network(2)
    t.provider.peer(own, peer, PeerOwnerId=CONSUMER)
    _reference(t, own, peer)


def _over_gateway(t: NetworkCase, direction: str = "ingress", hub: str = "enable", spoke: str = "enable") -> None:
    gateway = t.sharedHub(SecurityGroupReferencingSupport=hub, **ACCEPT_ALL)
    own, _ = t.provider.spoke(gateway, 1)
    peer, _ = t.consumer.spoke(gateway, 2, SecurityGroupReferencingSupport=spoke)
    _reference(t, own, peer, direction)


case(*_FOREIGN, lambda t: _over_gateway(t, hub="disable"))
case(*_FOREIGN, lambda t: _over_gateway(t, spoke="disable"))
case(*_FOREIGN, lambda t: _over_gateway(t, "egress"))

# Transit gateways

case(
    "unknown gateway",
    "InvalidTransitGatewayID.NotFound",
    "Transit Gateway tgw-[0-9a-f]+ was deleted or does not exist",
    lambda t: t.consumer.spoke(t.provider.hub(), 1),
)
case(
    "unknown gateway",
    "InvalidTransitGatewayID.NotFound",
    "was deleted or does not exist",
    lambda t: t.consumer.hubTable(t.sharedHub()),  # only the owner has tables
)
case(
    "unknown gateway",
    "InvalidTransitGatewayID.NotFound",
    "was deleted or does not exist",
    lambda t: t.consumer.ec2.describe_transit_gateways(TransitGatewayIds=[t.provider.hub()["TransitGatewayId"]]),
)


@refused("default table without a table", "InvalidParameterCombination", "enable DefaultRouteTablePropagation conflicts with")
def _no_table(t: NetworkCase) -> None:
    hub, options = t.provider.hub(**OWN_TABLES), {"DefaultRouteTablePropagation": "enable"}
    t.provider.ec2.modify_transit_gateway(TransitGatewayId=hub["TransitGatewayId"], Options=options)


@refused("gateway with attachments", "IncorrectState", "has non-deleted VPC Attachments: tgw-attach-")
def _in_use(t: NetworkCase) -> None:
    hub = t.provider.hub()
    t.provider.spoke(hub, 1)
    t.provider.ec2.delete_transit_gateway(TransitGatewayId=hub["TransitGatewayId"])


@refused("VPC attached twice", "DuplicateTransitGatewayAttachment", "non-deleted Transit Gateway Attachments with same VPC ID")
def _attached_twice(t: NetworkCase) -> None:
    hub = t.provider.hub()
    vpc, _ = t.provider.spoke(hub, 1)
    t.provider.join(hub, vpc, t.provider.subnet(vpc, 1, 1, "b"))


@refused("two subnets of one zone", "DuplicateSubnetsInSameZone", "Duplicate Subnets for same AZ")
def _same_zone(t: NetworkCase) -> None:
    vpc = t.provider.network(1)
    t.provider.join(t.provider.hub(), vpc, t.provider.subnet(vpc, 1), t.provider.subnet(vpc, 1, 1))


@refused("subnet of another VPC", "InvalidSubnetID.NotFound", "Subnet subnet-[0-9a-f]+ was deleted or does not exist")
def _foreign_subnet(t: NetworkCase) -> None:
    t.provider.join(t.provider.hub(), t.provider.network(1), t.provider.subnet(t.provider.network(2), 2))


def _modify(t: NetworkCase, change: Callable[[str, str], dict[str, Any]]) -> None:
    vpc = t.provider.network(1)
    subnet = t.provider.subnet(vpc, 1)
    attachment = t.provider.join(t.provider.hub(), vpc, subnet)
    t.provider.ec2.modify_transit_gateway_vpc_attachment(TransitGatewayAttachmentId=attachment, **change(vpc, subnet))


case(
    "subnet that is not attached",
    "InvalidSubnetID.NotFound",
    "is not attached but supplied in RemoveSubnets",
    lambda t: _modify(t, lambda vpc, _: {"RemoveSubnetIds": [t.provider.subnet(vpc, 1, 1)]}),
)
case(
    "no subnet left",
    "InsufficientSubnetsException",
    "Insufficient Subnets",
    lambda t: _modify(t, lambda _, subnet: {"RemoveSubnetIds": [subnet]}),
)


@refused("subnet of an attachment", "DependencyViolation", "has dependencies and cannot be deleted")
def _subnet(t: NetworkCase) -> None:
    vpc = t.provider.network(1)
    subnet = t.provider.subnet(vpc, 1)
    t.provider.join(t.provider.hub(), vpc, subnet)
    t.provider.ec2.delete_subnet(SubnetId=subnet)


_ACCEPT = "accept_transit_gateway_vpc_attachment"


def _accept(t: NetworkCase, who: str, **options: Any) -> None:
    _, attachment = t.consumer.spoke(t.sharedHub(**options), 1)
    getattr(getattr(t, who).ec2, _ACCEPT)(TransitGatewayAttachmentId=attachment)


case(
    "unknown attachment",
    "InvalidTransitGatewayAttachmentID.NotFound",
    "Transit Gateway Attachment tgw-attach-[0-9a-f]+ was deleted or does not exist",
    lambda t: _accept(t, "consumer"),
)
case("attachment that does not wait", "IncorrectState", "is in invalid state", lambda t: _accept(t, "provider", **ACCEPT_ALL))


@refused("attachment that is not available", "IncorrectState", "is in invalid state")
def _waiting(t: NetworkCase) -> None:
    hub = t.sharedHub(**OWN_TABLES)
    t.provider.associate(t.provider.hubTable(hub), t.consumer.spoke(hub, 1)[1])


@refused("unknown attachment", "InvalidTransitGatewayAttachmentID.NotFound", "was deleted or does not exist")
def _other_gateway(t: NetworkCase) -> None:
    t.provider.associate(t.provider.hubTable(t.provider.hub()), t.provider.spoke(t.provider.hub(**OWN_TABLES), 1)[1])


case(
    "unknown gateway route table",
    "InvalidRouteTableID.NotFound",
    f"Transit Gateway Route Table {_NO_TABLE} was deleted or does not exist",
    lambda t: t.provider.hubRoutes(_NO_TABLE),
)
case(
    "default route table",
    "IncorrectState",
    "is set as default association route table for tgw-",
    lambda t: t.provider.ec2.delete_transit_gateway_route_table(
        TransitGatewayRouteTableId=t.provider.hub()["Options"]["AssociationDefaultRouteTableId"]
    ),
)


def _spoke_and_table(t: NetworkCase) -> dict[str, Any]:
    hub = t.provider.hub(**OWN_TABLES)
    _, attachment = t.provider.spoke(hub, 1)
    return {"TransitGatewayRouteTableId": t.provider.hubTable(hub), "TransitGatewayAttachmentId": attachment}


def _call(operation: str, *, times: int = 1, first: str = "") -> Deed:
    def deed(t: NetworkCase) -> None:
        pair = _spoke_and_table(t)
        if first:
            getattr(t.provider.ec2, first)(**pair)
        given = {"TransitGatewayRouteTableId": pair["TransitGatewayRouteTableId"]} if operation.startswith("delete") else pair
        for _ in range(times):
            getattr(t.provider.ec2, operation)(**given)

    return deed


_ASSOCIATE = "associate_transit_gateway_route_table"
_PROPAGATE = "enable_transit_gateway_route_table_propagation"
case(
    "gateway route table with associations",
    "IncorrectState",
    "has associated attachments",
    _call("delete_transit_gateway_route_table", first=_ASSOCIATE),
)
case(
    "attachment associated twice",
    "Resource.AlreadyAssociated",
    "is already associated to a route table",
    _call(_ASSOCIATE, times=2),
)
case("no association", "InvalidparameterValue", "is not associated with route table", _call(f"dis{_ASSOCIATE}"))
case(
    "attachment propagated twice",
    "TransitGatewayRouteTablePropagation.Duplicate",
    "Propagation tgw-attach-[0-9a-f]+ already exists in Transit Gateway Route Table",
    _call(_PROPAGATE, times=2),
)
case(
    "no propagation",
    "InvalidparameterValue",
    "does not exist in Transit Gateway Route Table",
    _call("disable_transit_gateway_route_table_propagation"),
)


def _hub_route(t: NetworkCase, times: int = 1, **settings: Any) -> None:
    pair = _spoke_and_table(t)
    for _ in range(times):
        t.provider.ec2.create_transit_gateway_route(DestinationCidrBlock="10.9.0.0/16", **pair, **settings)


case("gateway route that exists", "RouteAlreadyExists", "Route 10.9.0.0/16 already exists in", lambda t: _hub_route(t, 2))
case(
    "gateway route without one target",
    "InvalidParameterCombination",
    "Exactly one of TransitGatewayAttachmentId and Blackhole",
    lambda t: _hub_route(t, Blackhole=True),
)
case(
    "unknown gateway route",
    "InvalidRoute.NotFound",
    "Route 10.9.0.0/16 does not exist",
    lambda t: t.provider.ec2.delete_transit_gateway_route(
        TransitGatewayRouteTableId=t.provider.hubTable(t.provider.hub()), DestinationCidrBlock="10.9.0.0/16"
    ),
)


class TestRefusals(NetworkCase):
    def test_refusals(self) -> None:
        for name, code, words, deed in _CASES:
            with self.subTest(name=name, words=words):
                self.setUp()  # moto is empty again
                REFUSED.clear()
                with self.assertRaisesRegex(ClientError, rf"\({code}\).*{words}"):
                    deed(self)
                self.assertEqual({name}, REFUSED)

    def test_each_refusal_has_a_case_and_a_page(self) -> None:
        self.assertEqual(set(), {refusal.name for refusal in EC2.refusals} - {name for name, *_ in _CASES})
        for refusal in EC2.refusals:
            self.assertTrue(refusal.page.startswith("https://docs.aws.amazon.com/"), refusal.name)

    def test_a_gateway_is_not_shared_with_roles(self) -> None:
        hub = self.provider.hub()
        for principal, words in ((f"arn:aws:iam::{CONSUMER}:role/Admin", "IAM users or roles"), (OUTSIDE, "within your AWS Org")):
            with self.subTest(principal), self.assertRaisesRegex(ClientError, words):
                self.provider.share(hub["TransitGatewayArn"], principal, allowExternalPrincipals=False)


if __name__ == "__main__":
    unittest.main()
