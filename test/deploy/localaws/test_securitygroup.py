"""Security groups with rules in the template: their updates."""

from __future__ import annotations

import unittest
from typing import Any

from .engine.resource import Resource
from .testaccounts import TypeCase
from .testnetworks import NetworkCase

_ALL = ("-1", "0.0.0.0/0", "")


def _rule(block: str, description: str = "") -> dict[str, Any]:
    return {"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "CidrIp": block, "Description": description}


class TestSecurityGroup(NetworkCase, TypeCase):
    def rules(self, group: Resource, direction: str = "Egress") -> set[tuple[str, str, str]]:
        found = self.provider.ec2.describe_security_groups(GroupIds=[group.physical_resource_id])["SecurityGroups"][0]
        permissions = found["IpPermissionsEgress" if direction == "Egress" else "IpPermissions"]
        peers = ((one["IpProtocol"], peer) for one in permissions for peer in one["IpRanges"])
        return {(protocol, peer["CidrIp"], peer.get("Description", "")) for protocol, peer in peers}

    def test_rules_in_the_template_change_in_place(self) -> None:
        group = self.create("EC2::SecurityGroup", {"GroupDescription": "client", "VpcId": self.provider.network(1)})
        self.assertEqual({_ALL}, self.rules(group))
        for direction in ("Egress", "Ingress"):
            for blocks in (["10.1.0.0/24", "10.1.1.0/24"], ["10.1.1.0/24", "10.1.2.0/24"], ["10.1.2.0/24"]):
                with self.subTest(direction=direction, blocks=blocks):
                    group = self.update(group, **{f"SecurityGroup{direction}": [_rule(block) for block in blocks]})
                    self.assertEqual({("tcp", block, "") for block in blocks}, self.rules(group, direction))
            described = {f"SecurityGroup{direction}": [_rule("10.1.2.0/24", "described")]}
            group = self.update(group, **described)
            self.assertEqual({("tcp", "10.1.2.0/24", "described")}, self.rules(group, direction))

    def test_an_update_leaves_rules_of_other_resources(self) -> None:
        group = self.create("EC2::SecurityGroup", {"GroupDescription": "client", "VpcId": self.provider.network(1)})
        self.create("EC2::SecurityGroupEgress", {"GroupId": group.physical_resource_id} | _rule("10.2.0.0/24"))
        group = self.update(group, SecurityGroupEgress=[_rule("10.1.0.0/24")])
        self.assertEqual({("tcp", "10.1.0.0/24", ""), ("tcp", "10.2.0.0/24", "")}, self.rules(group))
        self.assertEqual({("tcp", "10.2.0.0/24", "")}, self.rules(self.update(group, SecurityGroupEgress=None)))


if __name__ == "__main__":
    unittest.main()
