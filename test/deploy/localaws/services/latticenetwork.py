"""Service networks, and what is associated with them: VPCs and services.

https://docs.aws.amazon.com/vpc-lattice/latest/ug/service-networks.html
"""

from .api import Call, Values, page
from .lattice import LATTICE, Entity, create, entities, find, network_of, own, remove, service_of, visible


@LATTICE.operation("CreateServiceNetwork")
def _create_network(call: Call) -> Values:
    values = {
        "name": call.get("name"),
        "authType": call.get("authType", "NONE"),
        "sharingConfig": call.get("sharingConfig", {"enabled": True}),
    }
    return create(call, "ServiceNetwork", values).values


@LATTICE.operation("GetServiceNetwork")
def _get_network(call: Call) -> Values:
    return _counted(call, network_of(call))


@LATTICE.operation("ListServiceNetworks")
def _list_networks(call: Call) -> Values:
    """Own ones and those shared with the caller.

    https://docs.aws.amazon.com/vpc-lattice/latest/APIReference/API_ListServiceNetworks.html
    """
    return page([_counted(call, network) for network in visible(call, "ServiceNetwork")])


def _counted(call: Call, network: Entity) -> Values:
    return network.values | {
        "numberOfAssociatedVPCs": len(of_network(call, "ServiceNetworkVpcAssociation", network)),
        "numberOfAssociatedServices": len(of_network(call, "ServiceNetworkServiceAssociation", network)),
    }


def of_network(call: Call, kind: str, network: Entity) -> list[Entity]:
    """The associations of a service network, in all accounts."""
    return [association for association in entities(call.region, kind) if association["serviceNetworkId"] == network.id]


@LATTICE.operation("UpdateServiceNetwork")
def _update_network(call: Call) -> Values:
    return network_of(call, owned=True).update(call, "authType")


@LATTICE.operation("DeleteServiceNetwork")
def _delete_network(call: Call) -> None:
    network = network_of(call, owned=True)
    remove(call, network, *(log for log in own(call, "AccessLogSubscription") if log["resourceId"] == network.id))


def _of(network: Entity) -> Values:
    return {"serviceNetworkId": network.id, "serviceNetworkName": network["name"], "serviceNetworkArn": network.arn}


@LATTICE.operation("CreateServiceNetworkVpcAssociation")
def _associate_vpc(call: Call) -> Values:
    """The association is created in the account of the network and in that of the VPC."""
    network = network_of(call)
    values = {
        "vpcId": call.get("vpcIdentifier"),
        "securityGroupIds": call.get("securityGroupIds", []),
        "privateDnsEnabled": call.get("privateDnsEnabled", False),
        "dnsOptions": call.get("dnsOptions"),
        "createdBy": call.account,
        "status": "ACTIVE",
    }
    return create(call, "ServiceNetworkVpcAssociation", values | _of(network), {network.owner}).values


def vpc_association_of(call: Call) -> Entity:
    return find(call, "ServiceNetworkVpcAssociation", call.get("serviceNetworkVpcAssociationIdentifier"))


@LATTICE.operation("GetServiceNetworkVpcAssociation")
def _get_vpc_association(call: Call) -> Values:
    return vpc_association_of(call).values


@LATTICE.operation("ListServiceNetworkVpcAssociations")
def _list_vpc_associations(call: Call) -> Values:
    network, vpc = call.get("serviceNetworkIdentifier"), call.get("vpcIdentifier")
    return page(
        [
            association.values
            for association in visible(call, "ServiceNetworkVpcAssociation")
            if network in (None, association["serviceNetworkId"], association["serviceNetworkArn"])
            and vpc in (None, association["vpcId"])
        ]
    )


@LATTICE.operation("UpdateServiceNetworkVpcAssociation")
def _update_vpc_association(call: Call) -> Values:
    return vpc_association_of(call).update(call, "securityGroupIds")


@LATTICE.operation("DeleteServiceNetworkVpcAssociation")
def _delete_vpc_association(call: Call) -> Values:
    association = vpc_association_of(call)
    remove(call, association)
    return association.values | {"status": "DELETE_IN_PROGRESS"}


@LATTICE.operation("CreateServiceNetworkServiceAssociation")
def _associate_service(call: Call) -> Values:
    """The name of the association is that of the service: that is all it is by, in the examples of
    https://docs.aws.amazon.com/cli/latest/reference/vpc-lattice/create-service-network-service-association.html
    """
    network, service = network_of(call), service_of(call)
    values = {
        "serviceId": service.id,
        "serviceName": service["name"],
        "serviceArn": service.arn,
        "dnsEntry": service["dnsEntry"],
        "customDomainName": service["customDomainName"],
        "createdBy": call.account,
        "status": "ACTIVE",
    }
    owners = {network.owner, service.owner}
    return create(call, "ServiceNetworkServiceAssociation", values | _of(network), owners).values


def service_association_of(call: Call) -> Entity:
    return find(call, "ServiceNetworkServiceAssociation", call.get("serviceNetworkServiceAssociationIdentifier"))


@LATTICE.operation("GetServiceNetworkServiceAssociation")
def _get_service_association(call: Call) -> Values:
    return service_association_of(call).values


@LATTICE.operation("ListServiceNetworkServiceAssociations")
def _list_service_associations(call: Call) -> Values:
    network, service = call.get("serviceNetworkIdentifier"), call.get("serviceIdentifier")
    return page(
        [
            association.values
            for association in visible(call, "ServiceNetworkServiceAssociation")
            if network in (None, association["serviceNetworkId"], association["serviceNetworkArn"])
            and service in (None, association["serviceId"], association["serviceArn"])
        ]
    )


@LATTICE.operation("DeleteServiceNetworkServiceAssociation")
def _delete_service_association(call: Call) -> Values:
    """The owner of the service may delete it too.

    https://docs.aws.amazon.com/vpc-lattice/latest/ug/sharing.html
    """
    association = service_association_of(call)
    remove(call, association)
    return association.values | {"status": "DELETE_IN_PROGRESS"}
