"""Availability Zones by their IDs, which are the same in all accounts, as their names are not."""

from __future__ import annotations

from functools import cache
from typing import Any

from moto.ec2.models import EC2Backend, ec2_backends
from moto.ec2.models.availability_zones_and_regions import RegionsAndZonesBackend, Zone


def zone_ids(account: str, region: str, subnet_ids: list[str]) -> dict[str, str]:
    """The zone ID of each subnet.

    https://docs.aws.amazon.com/ram/latest/userguide/working-with-az-ids.html
    """
    backend: Any = ec2_backends[account][region]
    return {subnet_id: backend.get_subnet(subnet_id).availability_zone_id for subnet_id in subnet_ids}


@cache
def _zones(account: str) -> dict[str, list[Zone]]:
    """The zones of each Region by the names of an account. Assumption: names of odd accounts have the last two IDs of a
    Region swapped; AWS maps them as it likes, and moto in the same way for all.

    https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-regions-availability-zones.html
    """
    mapped = {}
    for region, zones in RegionsAndZonesBackend.zones.items():
        ids = [zone.zone_id for zone in zones]
        if int(account) % 2:
            ids[-2:] = reversed(ids[-2:])
        mapped[region] = [
            Zone(name=zone.name, region_name=region, zone_id=zone_id, zone_type=zone.zone_type)
            for zone, zone_id in zip(zones, ids)
        ]
    return mapped


def _create_subnet(plain: Any) -> Any:
    def create_subnet(self: Any, *arguments: Any, **named: Any) -> Any:
        subnet = plain(self, *arguments, **named)
        subnet._availability_zone = self.get_zone_by_name(subnet.availability_zone)
        return subnet

    return create_subnet


def install() -> None:
    """Give each account its own names of zones."""
    backend: Any = EC2Backend
    backend.zones = property(lambda self: _zones(self.account_id))
    backend.create_subnet = _create_subnet(backend.create_subnet)
