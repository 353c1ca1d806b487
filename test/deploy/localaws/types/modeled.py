"""Resource types that moto's own CloudFormation creates well enough: those of bootstrap, and those beside the path."""

from __future__ import annotations

from typing import Any

from moto.cloudformation.parsing import generate_resource_name, get_model_map

from ..engine.expression import ID, Api, Computed
from ..engine.resource import Request
from ..engine.resourcetype import ResourceType, register
from ..lock import STATE


def _create(name: str, request: Request) -> Any:
    """Moto's object for a new resource."""
    model, properties = get_model_map()[name], request.properties
    generated = generate_resource_name(name, request.stack_name, request.logical_id)
    name_property = model.cloudformation_name_type()
    with STATE:
        return model.create_from_cloudformation_json(
            properties.get(name_property, generated) if name_property else generated,
            {"Type": name, "Properties": properties},
            request.account,
            request.region,
            LogicalId=request.logical_id,
            StackId=request.stack_id,
            ResourceType=name,
        )


def _attribute(name: str) -> Computed:
    return Computed(lambda request: request.result.get_cfn_attribute(name))


def _modeled(name: str, replacement: str, in_place: str, delete: Api, attributes: str) -> ResourceType:
    """A type of moto's CloudFormation. moto's updates are not those of AWS, so an update in place fails."""
    return ResourceType(
        name,
        replacement=replacement,
        in_place=in_place,
        create=[Computed(lambda request: _create(name, request), frozenset([*replacement.split(), *in_place.split()]))],
        delete=[delete],
        id=Computed(lambda request: request.result.physical_resource_id),
        attributes={attribute: _attribute(attribute) for attribute in attributes.split()},
    )


register(
    _modeled(
        "AWS::ECR::Repository",
        "RepositoryName",
        "ImageTagMutability LifecyclePolicy RepositoryPolicyText",
        Api("ecr.delete_repository", "", {"repositoryName": ID}),
        "Arn RepositoryUri",
    ),
    _modeled(
        "AWS::Lambda::Function",
        "FunctionName",
        "Code Description Environment Handler MemorySize Role Runtime Timeout",
        Api("lambda.delete_function", "", {"FunctionName": ID}),
        "Arn",
    ),
    _modeled(
        "AWS::Logs::LogGroup",
        "LogGroupName",
        "RetentionInDays",
        Api("logs.delete_log_group", "", {"logGroupName": ID}),
        "Arn",
    ),
    _modeled(
        "AWS::S3::Bucket",
        "BucketName",
        "AccessControl BucketEncryption LifecycleConfiguration PublicAccessBlockConfiguration VersioningConfiguration",
        Api("s3.delete_bucket", "", {"Bucket": ID}),
        "Arn DomainName RegionalDomainName",
    ),
    _modeled(
        "AWS::SNS::Topic",
        "TopicName",
        "DisplayName KmsMasterKeyId Subscription",
        Api("sns.delete_topic", "", {"TopicArn": ID}),
        "TopicName",
    ),
    _modeled(
        "AWS::SSM::Parameter",
        "Name",
        "Type Value",
        Api("ssm.delete_parameter", "", {"Name": ID}),
        "",
    ),
)
