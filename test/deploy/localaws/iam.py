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

    def delete(self, call: Call, old: Deployed) -> None:
        for role in old.properties.get("Roles", []):
            call.client("iam").delete_role_policy(RoleName=role, PolicyName=old.properties["PolicyName"])
