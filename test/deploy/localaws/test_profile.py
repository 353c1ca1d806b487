"""Route 53 Profiles: what the local API keeps, who sees it, and what it refuses."""

from __future__ import annotations

import json
import unittest
from typing import Any

from botocore.exceptions import ClientError

from .services.profile import PROFILES
from .testaccounts import CONSUMER, OTHER, PROVIDER, REGION, Account, LatticeCase, TypeCase
from .testrefusals import Table

_NONE = "rp-0000000000000000"


def profiles(account: Account) -> Any:
    return account.of("route53profiles")


def profile(account: Account, name: str = "names") -> str:
    return profiles(account).create_profile(Name=name)["Profile"]["Id"]


def arn_of(account: Account, made: str) -> str:
    return f"arn:aws:route53profiles:{REGION}:{account.id}:profile/{made}"


def zone(account: Account, private: bool = True) -> str:
    """The ARN of a hosted zone."""
    more = {"VPC": {"VPCRegion": REGION, "VPCId": account.vpc()}} if private else {}
    made = account.of("route53").create_hosted_zone(
        Name="pricing.internal.company.com", CallerReference=account.vpc(), HostedZoneConfig={"PrivateZone": private}, **more
    )
    return f"arn:aws:route53:::{made['HostedZone']['Id'].lstrip('/')}"


def shared(t: LatticeCase, **settings: Any) -> str:
    """A profile of the provider that is shared with the consumer."""
    made = profile(t.provider)
    t.provider.share(arn_of(t.provider, made), CONSUMER, **settings)
    return made


def associate(account: Account, made: str, vpc: str | None = None) -> dict[str, Any]:
    given = {"ProfileId": made, "ResourceId": vpc or account.vpc()}
    return profiles(account).associate_profile(Name="vpc", **given)["ProfileAssociation"]


def add(account: Account, made: str, arn: str | None = None) -> dict[str, Any]:
    given = {"ProfileId": made, "ResourceArn": arn or zone(account)}
    return profiles(account).associate_resource_to_profile(Name="zone", **given)["ProfileResourceAssociation"]


def permission(account: Account, *actions: str) -> str:
    template = json.dumps({"Effect": "Allow", "Action": [f"route53profiles:{action}" for action in actions]})
    made = account.ram.create_permission(name="zones", resourceType="route53profiles:Profile", policyTemplate=template)
    return made["permission"]["arn"]


refused = Table()
_NOT_FOUND = ("not found", "ResourceNotFoundException", f'Can\'t find the resource with ID "{_NONE}"')

refused.case(*_NOT_FOUND, lambda t: profiles(t.provider).get_profile(ProfileId=_NONE))
refused.case("not found", "ResourceNotFoundException", "Can't find", lambda t: associate(t.other, shared(t)))
refused.case(
    "not allowed by the share",
    "AccessDeniedException",
    "allows the route53profiles:DeleteProfile action",
    lambda t: profiles(t.consumer).delete_profile(ProfileId=shared(t)),
)
refused.case(
    "resources of a shared profile",
    "AccessDeniedException",
    "allows the route53profiles:AssociateResourceToProfile action",
    lambda t: add(t.consumer, shared(t)),
)
refused.case(
    "VPC of another account",
    "ResourceNotFoundException",
    "Can't find the resource with ID \"vpc-",
    lambda t: associate(t.consumer, shared(t), t.provider.vpc()),
)


@refused("second profile of a VPC", "ResourceExistsException", "has already been associated with the profile rp-")
def _second(t: LatticeCase) -> None:
    vpc = t.consumer.vpc()
    associate(t.consumer, profile(t.consumer), vpc)
    associate(t.consumer, shared(t), vpc)


@refused("kind of a resource", "InvalidParameterException", "is not a private hosted zone")
def _public(t: LatticeCase) -> None:
    add(t.provider, profile(t.provider), zone(t.provider, private=False))


refused.case(
    "zone of another account",
    "ResourceNotFoundException",
    "hostedzone/",
    lambda t: add(t.provider, profile(t.provider), zone(t.consumer)),
)


@refused("resource twice in a profile", "ConflictException", "has already been associated")
def _twice(t: LatticeCase) -> None:
    made, arn = profile(t.provider), zone(t.provider)
    for _ in range(2):
        add(t.provider, made, arn)


@refused("profile with VPCs", "ConflictException", "is associated with VPCs")
def _in_use(t: LatticeCase) -> None:
    made = shared(t)
    associate(t.consumer, made)
    profiles(t.provider).delete_profile(ProfileId=made)


refused.case("invalid parameters", "ValidationException", "pattern", lambda t: profile(t.provider, "1"))


class TestProfile(LatticeCase, TypeCase):
    def test_refusals(self) -> None:
        refused.check(self)

    def test_each_refusal_has_a_case_and_a_page(self) -> None:
        refused.check_complete(self, PROFILES.refusals)

    def test_a_shared_profile(self) -> None:
        made = profile(self.provider)
        self.assertEqual("NOT_SHARED", profiles(self.provider).get_profile(ProfileId=made)["Profile"]["ShareStatus"])
        self.provider.share(arn_of(self.provider, made), CONSUMER)
        added, joined = add(self.provider, made), associate(self.consumer, made)
        seen = {
            account.id: [one["ShareStatus"] for one in profiles(account).list_profiles()["ProfileSummaries"]]
            for account in (self.provider, self.consumer, self.other)
        }
        self.assertEqual({PROVIDER: ["SHARED_BY_ME"], CONSUMER: ["SHARED_WITH_ME"], OTHER: []}, seen)
        found = profiles(self.consumer).list_profile_resource_associations(ProfileId=made)["ProfileResourceAssociations"]
        self.assertEqual([(added["Id"], "PRIVATE_HOSTED_ZONE")], [(one["Id"], one["ResourceType"]) for one in found])
        one = profiles(self.consumer).get_profile_resource_association(ProfileResourceAssociationId=added["Id"])
        self.assertEqual(added["ResourceArn"], one["ProfileResourceAssociation"]["ResourceArn"])
        self.assertEqual([], profiles(self.provider).list_profile_associations(ProfileId=made)["ProfileAssociations"])
        mine = profiles(self.consumer).list_profile_associations(ResourceId=joined["ResourceId"])["ProfileAssociations"]
        self.assertEqual([(CONSUMER, joined["Id"])], [(one["OwnerId"], one["Id"]) for one in mine])
        got = profiles(self.consumer).get_profile_association(ProfileAssociationId=joined["Id"])["ProfileAssociation"]
        self.assertEqual("COMPLETE", got["Status"])

    def test_a_permission_lets_an_account_bring_zones(self) -> None:
        actions = "AssociateProfile", "AssociateResourceToProfile", "DisassociateResourceFromProfile"
        allowed = permission(self.provider, *actions)
        made = shared(self, permissionArns=[allowed])
        added = add(self.consumer, made)
        self.assertEqual(CONSUMER, added["OwnerId"])
        profiles(self.consumer).disassociate_resource_from_profile(ProfileId=made, ResourceArn=added["ResourceArn"])
        self.assertEqual("zones", self.provider.ram.get_permission(permissionArn=allowed)["permission"]["name"])
        self.provider.ram.delete_permission(permissionArn=allowed)
        with self.assertRaisesRegex(ClientError, "allows the route53profiles:AssociateResourceToProfile action"):
            add(self.consumer, made)

    def test_tags(self) -> None:
        made = profiles(self.provider).create_profile(Name="a", Tags=[{"Key": "a", "Value": "1"}])["Profile"]["Arn"]
        profiles(self.provider).tag_resource(ResourceArn=made, Tags={"b": "2"})
        profiles(self.provider).untag_resource(ResourceArn=made, TagKeys=["a"])
        self.assertEqual({"b": "2"}, profiles(self.provider).list_tags_for_resource(ResourceArn=made)["Tags"])

    def test_the_types(self) -> None:
        made = self.create("Route53Profiles::Profile", {"Name": "names"})
        self.assertRegex(made.physical_resource_id, "^rp-")
        arn = made.get_cfn_attribute("Arn")
        given = {"Name": "names", "ResourceType": "route53profiles:Profile"}
        template = {
            "Effect": "Allow",
            "Action": ["route53profiles:AssociateProfile", "route53profiles:AssociateResourceToProfile"],
        }
        allowed = self.create("RAM::Permission", given | {"PolicyTemplate": template})
        share = {
            "Name": "names",
            "ResourceArns": [arn],
            "Principals": [CONSUMER],
            "PermissionArns": [allowed.physical_resource_id],
        }
        self.create("RAM::ResourceShare", share)
        of = {"Name": "names", "ProfileId": made.physical_resource_id}
        resource = self.create("Route53Profiles::ProfileResourceAssociation", of | {"ResourceArn": zone(self.provider)})
        self.assertEqual("PRIVATE_HOSTED_ZONE", resource.get_cfn_attribute("ResourceType"))
        vpc = self.create("Route53Profiles::ProfileAssociation", of | {"ResourceId": self.consumer.vpc()}, self.consumer)
        self.assertRegex(vpc.get_cfn_attribute("Id"), "^rpassoc-")
        own = self.create("Route53Profiles::ProfileAssociation", of | {"ResourceId": self.provider.vpc()})
        profiles(self.consumer).disassociate_profile(ProfileId=of["ProfileId"], ResourceId=vpc.properties["ResourceId"])
        self.delete(resource, own, made, allowed)
        self.assertEqual([], profiles(self.provider).list_profiles()["ProfileSummaries"])


if __name__ == "__main__":
    unittest.main()
