"""Hosted zones of Route 53 and their records."""

from __future__ import annotations

from typing import Any

from .resource import IN_PLACE, REPLACE, Call, Deployed, Handler, Properties, as_bool, handles


def vpc_of(entry: Properties) -> dict[str, str]:
    """A VPC of a template as Route 53 names it."""
    return {"VPCId": entry["VPCId"], "VPCRegion": entry["VPCRegion"]}


@handles
class HostedZone(Handler):
    """https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-route53-hostedzone.html"""

    type_name = "AWS::Route53::HostedZone"
    properties = {"HostedZoneConfig": IN_PLACE, "Name": REPLACE, "VPCs": IN_PLACE}
    planned = {"DelegationSetId": REPLACE, "HostedZoneTags": IN_PLACE, "QueryLoggingConfig": IN_PLACE}

    def create(self, call: Call) -> Deployed:
        p, route53 = call.properties, call.client("route53")
        vpcs = [vpc_of(entry) for entry in p.get("VPCs", [])]
        made = route53.create_hosted_zone(
            Name=p["Name"],
            CallerReference=f"{call.stack_id}/{call.logical_id}",
            HostedZoneConfig={"Comment": p.get("HostedZoneConfig", {}).get("Comment", ""), "PrivateZone": bool(vpcs)},
            **({"VPC": vpcs[0]} if vpcs else {}),
        )
        zone_id = made["HostedZone"]["Id"].rsplit("/", 1)[1]
        for vpc in vpcs[1:]:
            route53.associate_vpc_with_hosted_zone(HostedZoneId=zone_id, VPC=vpc)
        servers = made.get("DelegationSet", {}).get("NameServers", [])
        return self.deployed(call, zone_id, Id=zone_id, NameServers=servers)

    def delete(self, call: Call, old: Deployed) -> None:
        call.client("route53").delete_hosted_zone(Id=old.physical_resource_id)


@handles
class RecordSet(Handler):
    """https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-route53-recordset.html"""

    type_name = "AWS::Route53::RecordSet"
    properties = {
        "AliasTarget": IN_PLACE,
        "HostedZoneId": REPLACE,
        "Name": REPLACE,
        "ResourceRecords": IN_PLACE,
        "TTL": IN_PLACE,
        "Type": IN_PLACE,
    }

    def record(self, p: Properties) -> dict[str, Any]:
        record: dict[str, Any] = {"Name": p["Name"], "Type": p["Type"]}
        if "AliasTarget" in p:
            alias = p["AliasTarget"]
            record["AliasTarget"] = {
                "DNSName": alias["DNSName"],
                "HostedZoneId": alias["HostedZoneId"],
                "EvaluateTargetHealth": as_bool(alias.get("EvaluateTargetHealth", False)),
            }
        if "TTL" in p:
            record["TTL"] = int(p["TTL"])
        if "ResourceRecords" in p:
            record["ResourceRecords"] = [{"Value": value} for value in p["ResourceRecords"]]
        return record

    def change(self, call: Call, action: str, p: Properties) -> None:
        changes = [{"Action": action, "ResourceRecordSet": self.record(p)}]
        call.client("route53").change_resource_record_sets(HostedZoneId=p["HostedZoneId"], ChangeBatch={"Changes": changes})

    def create(self, call: Call) -> Deployed:
        self.change(call, "CREATE", call.properties)
        return self.deployed(call, call.properties["Name"])

    def delete(self, call: Call, old: Deployed) -> None:
        self.change(call, "DELETE", old.properties)
