"""Roles and policies of IAM."""

from __future__ import annotations

import json
import secrets
from typing import Any

from .resource import IN_PLACE, REPLACE, Call, Deployed, Handler, Properties, handles

_GENERAL = dict.fromkeys(["Description", "ManagedPolicyArns", "PermissionsBoundary", "Policies", "Tags"], IN_PLACE)


@handles
class Role(Handler):
    """https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-role.html"""

    type_name = "AWS::IAM::Role"
    properties = _GENERAL | {"AssumeRolePolicyDocument": IN_PLACE, "RoleName": REPLACE}

    def create(self, call: Call) -> Deployed:
        p, iam = call.properties, call.client("iam")
        name = p.get("RoleName", f"{call.stack_name}-{call.logical_id}"[:50] + f"-{secrets.token_hex(6)}")
        role = iam.create_role(
            RoleName=name, AssumeRolePolicyDocument=json.dumps(p["AssumeRolePolicyDocument"]), Tags=p.get("Tags", [])
        )["Role"]
        self.set_policies(iam, name, {}, p)
        return self.deployed(call, name, Arn=role["Arn"], RoleId=role["RoleId"])

    def set_policies(self, iam: Any, name: str, old: Properties, new: Properties) -> None:
        was, now = set(old.get("ManagedPolicyArns", [])), set(new.get("ManagedPolicyArns", []))
        for arn in sorted(was - now):
            iam.detach_role_policy(RoleName=name, PolicyArn=arn)
        for arn in sorted(now - was):
            iam.attach_role_policy(RoleName=name, PolicyArn=arn)
        inline = {policy["PolicyName"]: policy["PolicyDocument"] for policy in new.get("Policies", [])}
        for policy in old.get("Policies", []):
            if policy["PolicyName"] not in inline:
                iam.delete_role_policy(RoleName=name, PolicyName=policy["PolicyName"])
        for policy_name, document in inline.items():
            iam.put_role_policy(RoleName=name, PolicyName=policy_name, PolicyDocument=json.dumps(document))

    def update(self, call: Call, old: Deployed, changed: set[str]) -> Deployed:
        unfaithful = changed & {"Description", "PermissionsBoundary", "Tags"}
        if unfaithful:
            return super().update(call, old, unfaithful)
        p, iam, name = call.properties, call.client("iam"), old.physical_resource_id
        iam.update_assume_role_policy(RoleName=name, PolicyDocument=json.dumps(p["AssumeRolePolicyDocument"]))
        self.set_policies(iam, name, old.properties, p)
        return self.deployed(call, name, **old.attributes)

    def delete(self, call: Call, old: Deployed) -> None:
        iam, name = call.client("iam"), old.physical_resource_id
        self.set_policies(iam, name, old.properties, {})
        iam.delete_role(RoleName=name)


@handles
class Policy(Handler):
    """https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-policy.html"""

    type_name = "AWS::IAM::Policy"
    properties = {"PolicyDocument": IN_PLACE, "PolicyName": IN_PLACE, "Roles": IN_PLACE}

    def create(self, call: Call) -> Deployed:
        p, iam = call.properties, call.client("iam")
        for role in p.get("Roles", []):
            iam.put_role_policy(
                RoleName=role, PolicyName=p["PolicyName"], PolicyDocument=json.dumps(p["PolicyDocument"])
            )
        return self.deployed(call, f"{call.stack_name[:5]}-{call.logical_id[:4]}-{secrets.token_hex(6)}")

    def update(self, call: Call, old: Deployed, changed: set[str]) -> Deployed:
        if changed != {"PolicyDocument"}:
            return super().update(call, old, changed)
        made = self.create(call)
        made.physical_resource_id = old.physical_resource_id
        return made

    def delete(self, call: Call, old: Deployed) -> None:
        for role in old.properties.get("Roles", []):
            call.client("iam").delete_role_policy(RoleName=role, PolicyName=old.properties["PolicyName"])


@handles
class ManagedPolicy(Handler):
    """https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-managedpolicy.html"""

    type_name = "AWS::IAM::ManagedPolicy"
    properties = {"Description": REPLACE, "ManagedPolicyName": REPLACE, "Path": REPLACE, "PolicyDocument": IN_PLACE}

    def create(self, call: Call) -> Deployed:
        p = call.properties
        policy = call.client("iam").create_policy(
            PolicyName=p.get("ManagedPolicyName", f"{call.stack_name}-{call.logical_id}-{secrets.token_hex(6)}"),
            Path=p.get("Path", "/"),
            PolicyDocument=json.dumps(p["PolicyDocument"]),
        )["Policy"]
        return self.deployed(call, policy["Arn"], PolicyArn=policy["Arn"], PolicyId=policy["PolicyId"])

    def delete(self, call: Call, old: Deployed) -> None:
        call.client("iam").delete_policy(PolicyArn=old.physical_resource_id)
