"""Hosted zones of Route 53 and their records."""

from dataclasses import replace

from ..engine.expression import ID, Expression, api, computed, item, prop
from ..engine.resource import NotSupported, Request
from ..engine.resourcetype import ResourceType, register

_POLICY = "Failover GeoLocation HealthCheckId MultiValueAnswer Region SetIdentifier Weight"


def _removable(name: str) -> Expression:
    """A property that an update may remove: the record is written without it."""
    return replace(prop(name), removable=frozenset({name}))


@computed("SetIdentifier")
def _identifier(request: Request) -> str | None:
    """The identifier is a part of a record's key, so that UPSERT would leave the old record."""
    old, new = (properties.get("SetIdentifier") for properties in (request.old, request.properties))
    if old and new and old != new:
        raise NotSupported("an update of SetIdentifier of AWS::Route53::RecordSet")
    return new


_RECORD = {name: _removable(name) for name in _POLICY.split()} | {
    "Name": prop("Name"),
    "Type": prop("Type"),
    "TTL": prop("TTL"),
    "AliasTarget": prop("AliasTarget && merge({EvaluateTargetHealth: `false`}, AliasTarget)"),
    "ResourceRecords": prop("ResourceRecords[].{Value: @}"),
    "SetIdentifier": replace(_identifier, removable=frozenset({"SetIdentifier"})),
}


# A change of the type is no change of the record: UPSERT would leave the old one, so a deployment refuses it.
_SAME_TYPE = {"Type": Expression(lambda request: request.properties["Type"])}


# Assumption: CloudFormation writes a record that changes its routing policy as it is, without a deletion of the old one.
# Then Route 53 refuses it: see refusals.record.
def _change_record(action: str, record: dict[str, Expression] = _RECORD) -> Expression:
    changes = [{"Action": action, "ResourceRecordSet": record}]
    return api("route53.change_resource_record_sets", "HostedZoneId", ChangeBatch={"Changes": changes})


register(
    ResourceType(
        "AWS::Route53::HostedZone",
        replacement="DelegationSetId Name",
        in_place="HostedZoneConfig HostedZoneTags QueryLoggingConfig VPCs",
        create=[
            api(
                "route53.create_hosted_zone",
                "Name",
                CallerReference=Expression(lambda request: f"{request.stack_id}/{request.logical_id}"),
                HostedZoneConfig={
                    "Comment": prop("HostedZoneConfig.Comment", ""),
                    "PrivateZone": Expression(lambda request: bool(request.properties.get("VPCs"))),
                },
                VPC=prop("VPCs[0]"),
            ),
            api("route53.associate_vpc_with_hosted_zone", each=prop("VPCs[1:]"), HostedZoneId=ID, VPC=item()),
        ],
        delete=[api("route53.delete_hosted_zone", Id=ID)],
        id=Expression(lambda request: request.result["HostedZone"]["Id"].rsplit("/", 1)[1]),
        attributes={"Id": ID, "NameServers": "DelegationSet.NameServers || `[]`"},
    ),
    ResourceType(
        "AWS::Route53::RecordSet",
        replacement="HostedZoneId Name",
        in_place=f"AliasTarget ResourceRecords TTL Type {_POLICY}",
        create=[_change_record("CREATE")],
        update=[_change_record("UPSERT", _RECORD | _SAME_TYPE)],
        delete=[_change_record("DELETE")],
        id=prop("Name"),
    ),
)
