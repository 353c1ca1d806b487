"""Private DNS names of endpoint services: the owner of the domain proves it in public DNS before consumers can use it."""

import secrets
from collections.abc import Iterator
from typing import Any

from moto.core.responses import ActionResult
from moto.ec2.models.vpc_service_configuration import VPCServiceConfiguration
from moto.ec2.responses.vpc_service_configuration import VPCEndpointServiceConfiguration
from moto.route53.models import route53_backends

from ..overlay import after, instead, refusal


def _require_verification(service: Any) -> None:
    """Require a TXT record "_<token>" with the value "vpce:<token>" in the domain of the name.

    https://docs.aws.amazon.com/vpc/latest/privatelink/manage-dns-names.html
    """
    token = secrets.token_hex(8)
    record = {"Type": "TXT", "Value": f"vpce:{token}", "Name": f"_{token}"}
    service.dns_verification = {"State": "pendingVerification"} | record


@after(VPCEndpointServiceConfiguration, "create_vpc_endpoint_service_configuration")
def _created(call: Any, result: Any) -> None:
    _require_verification(result.result["ServiceConfiguration"])


@after(VPCEndpointServiceConfiguration, "modify_vpc_endpoint_service_configuration")
def _renamed(call: Any, result: Any) -> None:
    if call._get_param("PrivateDnsName"):
        _require_verification(call.ec2_backend.configurations[call._get_param("ServiceId")])


@instead(VPCServiceConfiguration, "private_dns_name_configuration")
@property
def _configuration(service: Any) -> dict[str, str]:
    return service.dns_verification if service.private_dns_name else {}


@instead(VPCEndpointServiceConfiguration, "start_vpc_endpoint_service_private_dns_verification")
def _verify(call: Any) -> ActionResult:
    """Look up the record in public DNS.

    https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_StartVpcEndpointServicePrivateDnsVerification.html
    The states: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_PrivateDnsNameConfiguration.html
    Assumption: one lookup decides, and it is complete when the call returns; AWS looks later, several times, and also
    without being called.
    """
    service = call.ec2_backend.describe_vpc_endpoint_service_configurations([call._get_param("ServiceId")])[0]
    if not service.private_dns_name:
        # Assumption: the code and the words.
        raise refusal("ec2", "InvalidParameter", f"Service {service.id} has no private DNS name")
    record = service.dns_verification
    names = {f"{record['Name']}.{domain}." for domain in _domains(service.private_dns_name)}
    found = any(name in names and record["Value"] in values for name, values in _public_txt_records())
    service.dns_verification = record | {"State": "verified" if found else "failed"}
    return ActionResult({"ReturnValue": True})


def _domains(name: str) -> Iterator[str]:
    """The domains whose record proves a name: its own and its parents, except the top-level domain.

    https://docs.aws.amazon.com/vpc/latest/privatelink/manage-dns-names.html
    """
    labels = name.removeprefix("*.").split(".")
    for start in range(len(labels) - 1):
        yield ".".join(labels[start:])


def _public_txt_records() -> Iterator[tuple[str, list[str]]]:
    """All TXT records in public DNS. Assumption: they are those of the public hosted zones of the local API."""
    for partitions in list(route53_backends.values()):
        for backend in list(partitions.values()):
            for zone in backend.zones.values():
                for record in [] if zone.private_zone else zone.rrsets:
                    if record.type == "TXT":
                        yield record.name, [value.strip('"') for value in record.records]
