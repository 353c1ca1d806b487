"""Profiles of Route 53, which bring private hosted zones to the VPCs of several accounts."""

from ..engine.expression import ID, api
from ..engine.resourcetype import ResourceType, register, same

register(
    ResourceType(
        "AWS::Route53Profiles::Profile",
        replacement="Name",
        in_place="Tags",
        create=[api("route53profiles.create_profile", "Name Tags", result="Profile")],
        read=api("route53profiles.get_profile", ProfileId=ID, result="Profile"),
        delete=[api("route53profiles.delete_profile", ProfileId=ID)],
        id="Id",
        attributes=same("Arn ClientToken Id ShareStatus"),
    ),
    ResourceType(
        "AWS::Route53Profiles::ProfileAssociation",
        replacement="Name ProfileId ResourceId",
        in_place="Arn Tags",
        create=[api("route53profiles.associate_profile", "Name ProfileId ResourceId Tags", result="ProfileAssociation")],
        delete=[api("route53profiles.disassociate_profile", "ProfileId ResourceId")],
        id="Id",
        attributes=same("Id"),
    ),
    ResourceType(
        "AWS::Route53Profiles::ProfileResourceAssociation",
        replacement="Name ProfileId ResourceArn",
        in_place="ResourceProperties",
        create=[
            api(
                "route53profiles.associate_resource_to_profile",
                "Name ProfileId ResourceArn ResourceProperties",
                result="ProfileResourceAssociation",
            )
        ],
        delete=[api("route53profiles.disassociate_resource_from_profile", "ProfileId ResourceArn")],
        id="Id",
        attributes=same("Id ResourceType"),
    ),
)
