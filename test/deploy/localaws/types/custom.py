"""Custom resources: those of functions, and what the functions of CDK would do, which come as assets and do not run here."""

import json
import uuid
from typing import Any

from ..engine.expression import computed
from ..engine.resource import Incomplete, Invalid, Properties, Request, Resource
from ..engine.resourcetype import FAMILIES, IN_PLACE, ResourceType, register
from ..functions import response
from ..functions.invocation import wait_for
from .names import GENERATED


@computed("DefaultSecurityGroupId")
def _remove_rules(request: Request) -> None:
    group, ec2 = request.properties["DefaultSecurityGroupId"], request.clients.of("ec2")
    found = ec2.describe_security_groups(GroupIds=[group])["SecurityGroups"][0]
    for direction, rules in (("ingress", found["IpPermissions"]), ("egress", found["IpPermissionsEgress"])):
        permissions = [{key: value for key, value in rule.items() if value} for rule in rules]
        if permissions:
            getattr(ec2, f"revoke_security_group_{direction}")(GroupId=group, IpPermissions=permissions)


@computed()
def _restore_rules(request: Request) -> None:
    group, ec2 = request.properties["DefaultSecurityGroupId"], request.clients.of("ec2")
    members = [{"IpProtocol": "-1", "UserIdGroupPairs": [{"GroupId": group}]}]
    everything = [{"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}]
    ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=members)
    ec2.authorize_security_group_egress(GroupId=group, IpPermissions=everything)


register(
    # https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_ec2.VpcProps.html#restrictdefaultsecuritygroup
    ResourceType(
        "Custom::VpcRestrictDefaultSG",
        replacement="ServiceToken",
        in_place="Account DefaultSecurityGroupId",
        without_effect="Account ServiceToken",
        create=[_remove_rules],
        delete=[_restore_rules],
    )
)


def _texts(value: Any) -> Any:
    """Properties as CloudFormation sends them: numbers and booleans are text."""
    if isinstance(value, dict):
        return {key: _texts(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_texts(one) for one in value]
    return str(value).lower() if isinstance(value, bool) else str(value)


class CustomResource(ResourceType):
    """A resource that a function creates, updates and deletes at CloudFormation's request.

    https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/crpg-ref.html
    """

    def behavior(self, name: str) -> str:
        """Assumption: change sets say that no property replaces a custom resource; the function decides that later."""
        return IN_PLACE

    def check(self, properties: Properties) -> None:
        """Any property is the function's."""

    def create_resource(self, request: Request) -> Resource:
        return self._answered(request, _ask(self.name, "Create", request))

    def update_resource(self, request: Request, attributes: dict[str, Any]) -> Resource:
        if request.old["ServiceToken"] != request.properties["ServiceToken"]:
            raise Invalid("Modifying service token is not allowed.")
        return self._answered(request, _ask(self.name, "Update", request, OldResourceProperties=_texts(request.old)))

    def delete_resource(self, request: Request) -> None:
        self._answered(request, _ask(self.name, "Delete", request))

    def _answered(self, request: Request, response: dict[str, Any]) -> Resource:
        physical_id = response.get("PhysicalResourceId") or request.physical_id
        failed = response.get("Status") != "SUCCESS" and response.get("Reason", "")
        if not physical_id:
            # Assumption: the words, and the ID, which CloudFormation makes up to delete what may be there.
            physical_id, failed = str(GENERATED.of(request)), failed or "Invalid PhysicalResourceId"
        resource = Resource(request.logical_id, self.name, physical_id, request.properties, response.get("Data") or {})
        if failed is not False:
            raise Incomplete(failed, resource)
        return resource


def _ask(name: str, kind: str, request: Request, **more: Any) -> dict[str, Any]:
    """Send a request to the function, and wait for its response.

    https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/crpg-ref-requests.html
    """
    key, url = response.awaited()
    token, request_id = request.properties["ServiceToken"], str(uuid.uuid4())
    event = {
        "RequestType": kind,
        "ServiceToken": token,
        "ResponseURL": url,
        "StackId": request.stack_id,
        "RequestId": request_id,
        "LogicalResourceId": request.logical_id,
        "ResourceType": name,
        "ResourceProperties": _texts(request.properties),
    } | more
    if request.physical_id:
        event["PhysicalResourceId"] = request.physical_id
    answer = request.clients.of("lambda").invoke(FunctionName=token, InvocationType="Event", Payload=json.dumps(event))
    wait_for(answer["ResponseMetadata"]["RequestId"])
    return _checked(response.taken(key), event)


def _checked(found: dict[str, Any] | None, event: dict[str, Any]) -> dict[str, Any]:
    """The response to a request, or why it failed.

    Assumption: a function that has ended without a response sends none. CloudFormation waits for an hour, or for the
    ServiceTimeout. The words are those of github.com/aws/aws-cdk/issues/24464.
    """
    if found is None:
        text = "CloudFormation did not receive a response from your custom resource. Please check your logs for requestId"
        return {"Status": "FAILED", "Reason": f"{text} [{event['RequestId']}]."}
    for name in ("StackId", "RequestId", "LogicalResourceId"):
        if found.get(name) != event[name] and found.get("Status") != response.INVALID:
            return found | {"Status": "FAILED", "Reason": f"Invalid response object: {name} is not that of the request"}
    if found.get("Status") == "FAILED":
        text = f"Received response status [FAILED] from custom resource. Message returned: {found.get('Reason', '')}"
        return found | {"Reason": f"{text} (RequestId: {event['RequestId']})"}
    return found


FAMILIES.update({"Custom::": CustomResource, "AWS::CloudFormation::CustomResource": CustomResource})
