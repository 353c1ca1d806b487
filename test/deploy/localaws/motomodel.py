"""Resource types that moto's own CloudFormation creates well enough: what bootstrap needs, and what stands beside the path."""

from __future__ import annotations

from typing import Any

from moto.cloudformation.exceptions import UnformattedGetAttTemplateException, ValidationError
from moto.cloudformation.parsing import generate_resource_name, get_model_map, parse_and_delete_resource

from .resource import HANDLERS, IN_PLACE, REPLACE, Call, Deployed, Handler, Refused
from .turn import STATE


class Modelled(Deployed):
    """A resource of moto's, whose attributes moto knows."""

    def get_cfn_attribute(self, name: str) -> Any:
        try:
            return self.model.get_cfn_attribute(name)
        except (UnformattedGetAttTemplateException, NotImplementedError) as error:
            text = f"resource {self.logical_resource_id} does not support attribute type {name} in Fn::GetAtt"
            raise ValidationError(message=f"Template error: {text}") from error


class MotoModel(Handler):
    """A type of moto's CloudFormation. A change is a replacement, or refused: moto's updates are not those of AWS."""

    def __init__(self, type_name: str, replaced: str, updated: str = "") -> None:
        self.type_name = type_name  # type: ignore[misc]
        self.properties = dict.fromkeys(replaced.split(), REPLACE) | dict.fromkeys(updated.split(), IN_PLACE)  # type: ignore[misc]
        self.model = get_model_map()[type_name]

    def create(self, call: Call) -> Deployed:
        with STATE:
            return self.make(call)

    def make(self, call: Call) -> Deployed:
        name = generate_resource_name(self.type_name, call.stack_name, call.logical_id)
        name_property = self.model.cloudformation_name_type()
        resource = {"Type": self.type_name, "Properties": call.properties}
        made = self.model.create_from_cloudformation_json(
            call.properties.get(name_property, name) if name_property else name,
            resource,
            call.account,
            call.region,
            LogicalId=call.logical_id,
            StackId=call.stack_id,
            ResourceType=self.type_name,
        )
        physical_id = str(made.physical_resource_id)
        return Modelled(call.logical_id, self.type_name, physical_id, call.properties, model=made)

    def delete(self, call: Call, old: Deployed) -> None:
        with STATE:
            self.unmake(call, old)

    def unmake(self, call: Call, old: Deployed) -> None:
        resource = {"Type": self.type_name, "Properties": old.properties}
        if hasattr(old.model, "delete"):
            old.model.delete(call.account, call.region)
        elif not hasattr(self.model.delete_from_cloudformation_json, "__isabstractmethod__"):
            parse_and_delete_resource(old.physical_resource_id, resource, call.account, call.region)
        else:
            raise Refused(f"the local API does not support to delete {self.type_name}")


def install() -> None:
    """Register the types. Update behaviors are those of the page of each type in the CloudFormation Template Reference."""
    for type_name, replaced, updated in (
        ("AWS::ECR::Repository", "RepositoryName", "ImageTagMutability LifecyclePolicy RepositoryPolicyText"),
        ("AWS::Lambda::Function", "FunctionName", "Code Description Handler MemorySize Role Runtime Timeout Environment"),
        ("AWS::Logs::LogGroup", "LogGroupName", "RetentionInDays"),
        (
            "AWS::S3::Bucket",
            "BucketName",
            "AccessControl BucketEncryption LifecycleConfiguration PublicAccessBlockConfiguration VersioningConfiguration",
        ),
        ("AWS::SNS::Topic", "TopicName", "KmsMasterKeyId DisplayName Subscription"),
        ("AWS::SSM::Parameter", "Name", "Type Value"),
    ):
        HANDLERS[type_name] = MotoModel(type_name, replaced, updated)
