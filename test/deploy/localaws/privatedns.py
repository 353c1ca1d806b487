"""Private DNS names of endpoint services: who owns the domain must prove it in public DNS before consumers can use the name."""

from __future__ import annotations

import secrets
from typing import Any, Iterator

from moto.core.responses import ActionResult
from moto.ec2.exceptions import EC2ClientError
from moto.ec2.models.vpc_service_configuration import VPCServiceConfiguration
from moto.ec2.responses.vpc_service_configuration import VPCEndpointServiceConfiguration
from moto.route53.models import route53_backends


def ask_for_proof(service: Any) -> None:
    """Ask for a TXT record "_<token>" with the value "vpce:<token>" at the domain of the name.

    https://docs.aws.amazon.com/vpc/latest/privatelink/manage-dns-names.html
    """
    token = secrets.token_hex(8)
    service.dns_verification = {
        "State": "pendingVerification", "Type": "TXT", "Value": f"vpce:{token}", "Name": f"_{token}",
    }  # fmt: skip


def _start(self: Any) -> ActionResult:
    """Look for the record in public DNS.

    https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_StartVpcEndpointServicePrivateDnsVerification.html
    The states: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_PrivateDnsNameConfiguration.html
    Assumption: one look decides, and here it is over when the call is; AWS looks later, several times, and also unasked.
    """
    service = self.ec2_backend.describe_vpc_endpoint_service_configurations([self._get_param("ServiceId")])[0]
    if not service.private_dns_name:
        # Assumption: the code and the words.
        raise EC2ClientError("InvalidParameter", f"Service {service.id} has no private DNS name")
    proof = service.dns_verification
    names = {f"{proof['Name']}.{domain}." for domain in _domains(service.private_dns_name)}
    found = any(name in names and proof["Value"] in values for name, values in _public_texts())
    service.dns_verification = proof | {"State": "verified" if found else "failed"}
    return ActionResult({"ReturnValue": True})


def _domains(name: str) -> Iterator[str]:
    """The domains that prove a name: its own and those above it, but for the top level.

    https://docs.aws.amazon.com/vpc/latest/privatelink/manage-dns-names.html
    """
    labels = name.removeprefix("*.").split(".")
    for start in range(len(labels) - 1):
        yield ".".join(labels[start:])


def _public_texts() -> Iterator[tuple[str, list[str]]]:
    """Each TXT record of public DNS. Assumption: it has all public hosted zones of the local API, and nothing else."""
    for partitions in list(route53_backends.values()):
        for backend in list(partitions.values()):
            for zone in backend.zones.values():
                for record in [] if zone.private_zone else zone.rrsets:
                    if record.type == "TXT":
                        yield record.name, [value.strip('"') for value in record.records]


def install() -> None:
    """Lay the rules over moto's EC2, where each name is verified from the start."""
    response: Any = VPCEndpointServiceConfiguration
    response.start_vpc_endpoint_service_private_dns_verification = _start
    model: Any = VPCServiceConfiguration
    model.private_dns_name_configuration = property(lambda s: s.dns_verification if s.private_dns_name else {})
