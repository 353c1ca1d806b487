"""Service networks of VPC Lattice and their associations: what AWS refuses."""

from typing import Any

from moto.ec2.models import ec2_backends

from ..services.api import Call, Values
from ..services.lattice import GUIDE, LATTICE, REFERENCE, entities, network_of, service_of
from ..services.latticenetwork import of_network, vpc_association_of

_WORDS = "the words"
_CODE = "the code and the words"
_VPC = "CreateServiceNetworkVpcAssociation"
_SERVICE = "CreateServiceNetworkServiceAssociation"


def _ec2(call: Call) -> Any:
    return ec2_backends[call.account][call.region]


@LATTICE.refuses(
    "list without a filter",
    "ListServiceNetworkVpcAssociations ListServiceNetworkServiceAssociations",
    "ValidationException",
    "A service network or a {other} must be specified",
    f"{REFERENCE}API_ListServiceNetworkVpcAssociations.html",  # "You must provide either the ID of the service network or …"
    _CODE,
)
def _filter(call: Call) -> Values | None:
    other = "vpcIdentifier" if "Vpc" in call.operation else "serviceIdentifier"
    given = call.get("serviceNetworkIdentifier") or call.get(other)
    return None if given else {"other": other.removesuffix("Identifier")}


@LATTICE.refuses(
    "VPC of another account",
    _VPC,
    "ValidationException",
    "The VPC '{vpc}' does not exist",
    f"{GUIDE}service-network-associations.html",  # only the owner of a VPC may associate it
    _CODE,
)
def _vpc(call: Call) -> Values | None:
    vpc = call.get("vpcIdentifier")
    return None if vpc in _ec2(call).vpcs else {"vpc": vpc}


# The code and the rule: github.com/aws/aws-application-networking-k8s/issues/984.
@LATTICE.refuses(
    "second service network of a VPC",
    _VPC,
    "ConflictException",
    "VPC {vpc} is already associated with service network {network}",
    f"{GUIDE}service-network-associations.html",
    _WORDS,
)
def _second_network(call: Call) -> Values | None:
    vpc = call.get("vpcIdentifier")
    for association in entities(call.region, "ServiceNetworkVpcAssociation"):
        if association["vpcId"] == vpc:
            return {"vpc": vpc, "network": association["serviceNetworkId"]}
    return None


@LATTICE.refuses(
    "security group of another VPC",
    f"{_VPC} UpdateServiceNetworkVpcAssociation",
    "ValidationException",
    "The security group {group} is not one of the VPC {vpc}",
    f"{GUIDE}security-groups.html",
    _CODE,
)
def _groups(call: Call) -> Values | None:
    vpc = call.get("vpcIdentifier") or vpc_association_of(call)["vpcId"]
    for group in call.get("securityGroupIds", []):
        found = _ec2(call).get_security_group_from_id(group)
        if found is None or found.vpc_id != vpc:
            return {"group": group, "vpc": vpc}
    return None


# "You cannot associate a service and service network that are shared with a caller. The caller must own either the service
# or the service network."
@LATTICE.refuses(
    "both shared",
    _SERVICE,
    "AccessDeniedException",
    "The caller must own either the service {service} or the service network {network}",
    f"{REFERENCE}API_{_SERVICE}.html",
    _CODE,
)
def _both_shared(call: Call) -> Values | None:
    network, service = network_of(call), service_of(call)
    return None if call.account in (network.owner, service.owner) else {"service": service.id, "network": network.id}


@LATTICE.refuses(
    "associated already",
    _SERVICE,
    "ConflictException",
    "Service {service} is already associated with service network {network}",
    f"{REFERENCE}API_{_SERVICE}.html",  # "You can't use this operation if the service and service network are already associated"
    _WORDS,
)
def _associated(call: Call) -> Values | None:
    network, service = network_of(call), service_of(call)
    twice = any(one["serviceId"] == service.id for one in of_network(call, "ServiceNetworkServiceAssociation", network))
    return {"service": service.id, "network": network.id} if twice else None


@LATTICE.refuses(
    "domain taken in the network",
    _SERVICE,
    "ConflictException",
    "Another service with the custom domain name '{domain}' is associated with service network {network}",
    f"{GUIDE}service-custom-domain-name.html",  # unique within a service network
    _CODE,
)
def _domain(call: Call) -> Values | None:
    network, service = network_of(call), service_of(call)
    domain = service["customDomainName"]
    others = of_network(call, "ServiceNetworkServiceAssociation", network) if domain else []
    taken = any(one["customDomainName"] == domain and one["serviceId"] != service.id for one in others)
    return {"domain": domain, "network": network.id} if taken else None


# "Before you can delete a service network, you must first delete all associations that the service network might have with
# any service, resource configuration, VPC, or VPC endpoint." The words are those of github.com/gruntwork-io/cloud-nuke/pull/1158
# and 1159, for VPCs and resources.
_DELETE = f"{GUIDE}delete-service-network.html"


@LATTICE.refuses(
    "network with VPCs", "DeleteServiceNetwork", "ConflictException", "ServiceNetwork {network} has VPC(s) associated", _DELETE
)
def _vpcs(call: Call) -> Values | None:
    network = network_of(call, owned=True)
    return {"network": network.id} if of_network(call, "ServiceNetworkVpcAssociation", network) else None


@LATTICE.refuses(
    "network with services",
    "DeleteServiceNetwork",
    "ConflictException",
    "ServiceNetwork {network} has service(s) associated",
    _DELETE,
    "the words, by analogy to those of VPCs",
)
def _services(call: Call) -> Values | None:
    network = network_of(call, owned=True)
    return {"network": network.id} if of_network(call, "ServiceNetworkServiceAssociation", network) else None


@LATTICE.refuses(
    "network with endpoints",
    "DeleteServiceNetwork",
    "ConflictException",
    "ServiceNetwork {network} has VPC endpoint(s) associated",
    _DELETE,
    "the words, by analogy to those of VPCs",
)
def _endpoints(call: Call) -> Values | None:
    network = network_of(call, owned=True)
    backends = [regions[call.region] for regions in list(ec2_backends.values()) if call.region in regions]
    found = [endpoint for backend in backends for endpoint in list(backend.vpc_end_points.values())]
    return {"network": network.id} if any(getattr(one, "service_network_arn", None) == network.arn for one in found) else None
