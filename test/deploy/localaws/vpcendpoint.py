"""Endpoints: what EC2 checks when one is created, and the resource type."""

from __future__ import annotations

import json
import re
from typing import Any

from moto.core.responses import ActionResult
from moto.ec2.exceptions import EC2ClientError
from moto.ec2.models.vpcs import VPCBackend, VPCEndPoint
from moto.ec2.responses.vpcs import VPCs

from .endpointservice import service_named, zones_of
from .identity import principals_of
from .resource import IN_PLACE, REPLACE, Call, Deployed, Handler, as_bool, handles, tags_for
from .zone import zone_ids

_OWN = re.compile(r"(cn\.)?com\.amazonaws\.vpce\.([a-z0-9-]+)\.(vpce-svc-[0-9a-f]+)")

# Assumption: one hosted zone serves the names of all endpoints of a Region; which one matters to nobody here.
_ENDPOINT_ZONE = "Z00000LOCALENDPOINTS"


def visible_service(request: Any, name: str) -> Any | None:
    """The service of a name, if the caller may see it: EC2 denies that others exist.

    https://docs.aws.amazon.com/vpc/latest/privatelink/configure-endpoint-service.html
    Assumption: the account that owns a service sees it without being listed.
    """
    service = service_named(name, request.region)
    if service is None:
        return None
    if service.ec2_backend.account_id == request.current_account:
        return service
    return service if principals_of(request) & set(service.principals) else None


def _check_subnets(request: Any, name: str, zones: set[str] | None, subnets: list[str]) -> None:
    """One subnet in each zone, and only in zones of the service, compared by ID.

    https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html; the text of a zone that is not
    supported is that of github.com/aws/aws-sdk-go-v2/issues/1024.
    """
    taken: set[str] = set()
    for subnet, zone in zone_ids(request.current_account, request.region, subnets).items():
        if zones is not None and zone not in zones:
            text = f"The VPC endpoint service {name} does not support the availability zone of the subnet: {subnet}."
            raise EC2ClientError("InvalidParameter", text)
        if zone in taken:
            text = f"Found another VPC endpoint subnet in the availability zone of {subnet}"
            raise EC2ClientError("DuplicateSubnetsInSameZone", text)
        taken.add(zone)


def _check_policy(name: str, policy: str | None) -> None:
    """Full access is the only policy that EC2 takes for services of others.

    https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html; the text is that of
    github.com/pulumi/pulumi-aws-native/issues/1711.
    """
    if policy and json.loads(policy).get("Statement") != VPCEndPoint.DEFAULT_POLICY["Statement"]:
        raise EC2ClientError("InvalidParameter", f"Service {name} only supports the full-access endpoint policy.")


def _check_private_dns(request: Any, service: Any | None, name: str) -> None:
    """https://docs.aws.amazon.com/vpc/latest/privatelink/manage-dns-names.html and
    https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html#prerequisites-interface-endpoints
    Assumption: the exact words.
    """
    vpc = request.ec2_backend.get_vpc(request._get_param("VpcId"))
    if not (as_bool(vpc.enable_dns_support) and as_bool(vpc.enable_dns_hostnames)):
        text = "Enabling private DNS requires both enableDnsSupport and enableDnsHostnames VPC attributes set to true"
        raise EC2ClientError("InvalidParameter", f"{text} for {vpc.id}")
    if service is None:
        return
    if not service.private_dns_name:
        text = f"Private DNS can't be enabled because the service {name} does not provide a private DNS name."
        raise EC2ClientError("InvalidParameter", text)
    if service.dns_verification["State"] != "verified":
        text = f"Private DNS can't be enabled because the service {name} has not verified the private DNS name."
        raise EC2ClientError("InvalidParameter", text)
    if service.acceptance_required:
        text = "Private DNS can only be enabled after the endpoint connection is accepted by the owner of"
        raise EC2ClientError("InvalidParameter", f"{text} {name}.")


def _create(plain: Any) -> Any:
    def create_vpc_endpoint(self: Any) -> ActionResult:
        name = self._get_param("ServiceName")
        own = _OWN.fullmatch(name)
        service = visible_service(self, name) if own else None
        # A service of another Region, of another account that does not list the caller, or a typo: all the same answer.
        if (own and service is None) or not (own or re.match(rf"com\.amazonaws\.{self.region}\.", name)):
            raise EC2ClientError("InvalidServiceName", f"The Vpc Endpoint Service '{name}' does not exist")
        subnets = self._get_param("SubnetIds", [])
        _check_subnets(self, name, zones_of(service) if service else None, subnets)
        if service:
            _check_policy(name, self._get_param("PolicyDocument"))
        if self._get_param("VpcEndpointType") == "Interface" and self._get_bool_param("PrivateDnsEnabled", if_none=True):
            _check_private_dns(self, service, name)
        result: ActionResult = plain(self)
        endpoint = result.result["VpcEndpoint"]
        endpoint.account_id, endpoint.region_name = self.current_account, self.region
        if service and service.acceptance_required:
            endpoint.state = "pendingAcceptance"
        return result

    return create_vpc_endpoint


def dns_entries(endpoint: Any) -> list[dict[str, str]]:
    """Regional name first, then those of the zones, then the private one if it is enabled.

    https://docs.aws.amazon.com/vpc/latest/privatelink/privatelink-access-aws-services.html#interface-endpoint-dns-hostnames
    Assumption: the order beyond the first.
    """
    if (endpoint.vpc_endpoint_type or "").lower() != "interface":
        return []
    backend = endpoint.ec2_backend
    region = backend.region_name
    own = _OWN.fullmatch(endpoint.service_name)
    service = own.group(3) if own else endpoint.service_name.rsplit(".", 1)[-1]
    suffix = f"{service}.{region}.vpce.amazonaws.com"
    host = f"{endpoint.id}-{endpoint.id[-8:]}"
    zones = [backend.get_subnet(subnet).availability_zone for subnet in endpoint.subnet_ids or []]
    names = [f"{host}.{suffix}", *(f"{host}-{zone}.{suffix}" for zone in sorted(zones))]
    offered = service_named(endpoint.service_name, region) if own and endpoint.private_dns_enabled else None
    if offered:
        names.append(offered.private_dns_name)
    return [{"DnsName": name, "HostedZoneId": _ENDPOINT_ZONE} for name in names]


def _delete_endpoints(plain: Any) -> Any:
    def delete_vpc_endpoints(self: Any, vpce_ids: list[str] | None = None) -> None:
        plain(self, vpce_ids)
        for endpoint_id in vpce_ids or []:
            self.vpc_end_points.pop(endpoint_id, None)

    return delete_vpc_endpoints


def install() -> None:
    """Lay the rules over moto's EC2."""
    response: Any = VPCs
    response.create_vpc_endpoint = _create(response.create_vpc_endpoint)
    backend: Any = VPCBackend
    backend.delete_vpc_endpoints = _delete_endpoints(backend.delete_vpc_endpoints)
    model: Any = VPCEndPoint
    model.dns_entries = property(dns_entries, lambda endpoint, value: None)


@handles
class VpcEndpoint(Handler):
    """https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-vpcendpoint.html"""

    type_name = "AWS::EC2::VPCEndpoint"
    eager = True  # it takes a service name, so nothing but DependsOn makes it wait for the permissions
    properties = {
        "PolicyDocument": IN_PLACE,
        "PrivateDnsEnabled": IN_PLACE,
        "RouteTableIds": IN_PLACE,
        "SecurityGroupIds": IN_PLACE,
        "ServiceName": REPLACE,
        "SubnetIds": IN_PLACE,
        "Tags": IN_PLACE,
        "VpcEndpointType": REPLACE,
        "VpcId": REPLACE,
    }
    planned = {"DnsOptions": IN_PLACE, "IpAddressType": IN_PLACE, "ServiceRegion": REPLACE}

    def create(self, call: Call) -> Deployed:
        p = call.properties
        arguments = {key: p[key] for key in ("RouteTableIds", "SecurityGroupIds", "SubnetIds") if key in p}
        if "PolicyDocument" in p:
            arguments["PolicyDocument"] = json.dumps(p["PolicyDocument"])
        endpoint = call.client("ec2").create_vpc_endpoint(
            VpcId=p["VpcId"],
            ServiceName=p["ServiceName"],
            VpcEndpointType=p.get("VpcEndpointType", "Gateway"),
            PrivateDnsEnabled=as_bool(p.get("PrivateDnsEnabled", False)),
            TagSpecifications=tags_for(p, "vpc-endpoint"),
            **arguments,
        )["VpcEndpoint"]
        # Assumption: CloudFormation does not wait for the owner of the service to accept.
        return self.read(call, endpoint["VpcEndpointId"])

    def read(self, call: Call, endpoint_id: str) -> Deployed:
        endpoint = call.client("ec2").describe_vpc_endpoints(VpcEndpointIds=[endpoint_id])["VpcEndpoints"][0]
        entries = [f"{entry['HostedZoneId']}:{entry['DnsName']}" for entry in endpoint.get("DnsEntries", [])]
        return self.deployed(
            call,
            endpoint_id,
            Id=endpoint_id,
            CreationTimestamp=str(endpoint["CreationTimestamp"]),
            DnsEntries=entries,
            NetworkInterfaceIds=endpoint.get("NetworkInterfaceIds", []),
        )

    def delete(self, call: Call, old: Deployed) -> None:
        call.client("ec2").delete_vpc_endpoints(VpcEndpointIds=[old.physical_resource_id])
