"""VPCs, Availability Zones and prefix lists, where moto differs from EC2."""

import hashlib
from functools import cache
from typing import Any

from moto.ec2.models import EC2Backend
from moto.ec2.models.availability_zones_and_regions import RegionsAndZonesBackend, Zone
from moto.ec2.models.managed_prefixes import ManagedPrefixListBackend
from moto.ec2.models.vpcs import VPCBackend

from ..overlay import after, instead


@after(VPCBackend, "delete_vpc")
def _default_network_acl(backend: Any, result: Any, vpc_id: str) -> None:
    """The default network ACL is deleted with its VPC.

    https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteVpc.html
    """
    for acl in [acl for acl in backend.network_acls.values() if acl.vpc_id == vpc_id and acl.default]:
        del backend.network_acls[acl.id]


@cache
def _zones(account: str) -> dict[str, list[Zone]]:
    """The zones of each Region with the names that they have in an account.

    https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-regions-availability-zones.html
    Assumption: accounts with an odd ID have the last two zones of a Region swapped. AWS chooses; moto has one choice for
    all accounts.
    """
    mapped = {}
    for region, zones in RegionsAndZonesBackend.zones.items():
        ids = [zone.zone_id for zone in zones]
        if int(account) % 2:
            ids[-2:] = reversed(ids[-2:])
        mapped[region] = [
            Zone(name=zone.name, region_name=region, zone_id=zone_id, zone_type=zone.zone_type)
            for zone, zone_id in zip(zones, ids, strict=True)
        ]
    return mapped


@instead(EC2Backend, "zones")
@property
def _zones_of_account(backend: Any) -> dict[str, list[Zone]]:
    return _zones(backend.account_id)


@after(EC2Backend, "create_subnet")
def _zone_of_subnet(backend: Any, subnet: Any, *arguments: Any, **named: Any) -> None:
    subnet._availability_zone = backend.get_zone_by_name(subnet.availability_zone)


@after(ManagedPrefixListBackend, "create_default_pls")
def _prefix_lists(backend: Any, result: Any) -> None:
    """The prefix lists of AWS have the same ID in all accounts of a Region; moto gives each account its own.

    https://docs.aws.amazon.com/vpc/latest/userguide/working-with-aws-managed-prefix-lists.html
    """
    for prefix_list in list(backend.managed_prefix_lists.values()):
        del backend.managed_prefix_lists[prefix_list.id]
        name = f"{backend.region_name}/{prefix_list.prefix_list_name}"
        prefix_list.id = f"pl-0{hashlib.sha256(name.encode()).hexdigest()[:16]}"
        backend.managed_prefix_lists[prefix_list.id] = prefix_list
