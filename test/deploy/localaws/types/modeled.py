"""Resource types that moto's own CloudFormation creates well enough: those of bootstrap, and those beside the path."""

from copy import deepcopy
from typing import Any

from moto.cloudformation.parsing import generate_resource_name, get_model_map

from ..dispatch import STATE
from ..engine.expression import ID, Expression, api, computed
from ..engine.resource import Request
from ..engine.resourcetype import ResourceType, register


def _create(name: str, request: Request) -> Any:
    """Moto's object for a new resource."""
    model, properties = get_model_map()[name], deepcopy(request.properties)  # which moto writes to
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


def _modeled(name: str, replacement: str, in_place: str, delete: Expression, attributes: str = "Arn") -> ResourceType:
    """A type of moto's CloudFormation. moto's updates are not those of AWS, so an update in place fails."""

    def attribute(attribute: str) -> Expression:
        return Expression(lambda request: request.result.get_cfn_attribute(attribute))

    return ResourceType(
        name,
        replacement=replacement,
        in_place=in_place,
        create=[computed(f"{replacement} {in_place}")(lambda request: _create(name, request))],
        delete=[delete],
        id=Expression(lambda request: request.result.physical_resource_id),
        attributes={one: attribute(one) for one in attributes.split()},
    )


_BUCKET = "AccessControl BucketEncryption LifecycleConfiguration PublicAccessBlockConfiguration VersioningConfiguration"
_REPOSITORY = "ImageTagMutability LifecyclePolicy RepositoryPolicyText"

register(
    _modeled("AWS::ECR::Repository", "RepositoryName", _REPOSITORY, api("ecr.delete_repository", repositoryName=ID)),
    _modeled("AWS::S3::Bucket", "BucketName", _BUCKET, api("s3.delete_bucket", Bucket=ID), "Arn DomainName RegionalDomainName"),
)
