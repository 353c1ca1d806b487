"""Hosted zones of Route 53 and their records."""

from typing import Any

from ..engine.expression import ID, Api, Computed, Item, Property
from ..engine.resourcetype import ResourceType, register


def _change_record(action: str) -> Api:
    record = {
        "Name": Property("Name"),
        "Type": Property("Type"),
        "TTL": Property("TTL"),
        "AliasTarget": Property("AliasTarget && merge({EvaluateTargetHealth: `false`}, AliasTarget)"),
        "ResourceRecords": Property("ResourceRecords[].{Value: @}"),
    }
    batch: dict[str, Any] = {"Changes": [{"Action": action, "ResourceRecordSet": record}]}
    return Api("route53.change_resource_record_sets", "HostedZoneId", {"ChangeBatch": batch})


register(
    ResourceType(
        "AWS::Route53::HostedZone",
        replacement="DelegationSetId Name",
        in_place="HostedZoneConfig HostedZoneTags QueryLoggingConfig VPCs",
        create=[
            Api(
                "route53.create_hosted_zone",
                "Name",
                {
                    "CallerReference": Computed(lambda request: f"{request.stack_id}/{request.logical_id}"),
                    "HostedZoneConfig": {
                        "Comment": Property("HostedZoneConfig.Comment", ""),
                        "PrivateZone": Computed(lambda request: bool(request.properties.get("VPCs"))),
                    },
                    "VPC": Property("VPCs[0]"),
                },
            ),
            Api(
                "route53.associate_vpc_with_hosted_zone",
                "",
                {"HostedZoneId": ID, "VPC": Item()},
                each=Property("VPCs[1:]"),
            ),
        ],
        delete=[Api("route53.delete_hosted_zone", "", {"Id": ID})],
        id=Computed(lambda request: request.result["HostedZone"]["Id"].rsplit("/", 1)[1]),
        attributes={"Id": ID, "NameServers": "DelegationSet.NameServers || `[]`"},
    ),
    ResourceType(
        "AWS::Route53::RecordSet",
        replacement="HostedZoneId Name",
        in_place="AliasTarget ResourceRecords TTL Type",
        create=[_change_record("CREATE")],
        delete=[_change_record("DELETE")],
        id=Property("Name"),
    ),
)
