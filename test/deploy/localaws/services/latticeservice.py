"""Services of VPC Lattice, their listeners and rules.

https://docs.aws.amazon.com/vpc-lattice/latest/ug/services.html
"""

from .api import Call, Values, page
from .lattice import LATTICE, Entity, create, find, own, remove, service_of, visible

# Assumption: one hosted zone has the names of all services of a Region; nothing here depends on which one.
_HOSTED_ZONE = "Z00000LOCALLATTICE"


@LATTICE.operation("CreateService")
def _create_service(call: Call) -> Values:
    service = create(
        call,
        "Service",
        {
            "name": call.get("name"),
            "authType": call.get("authType", "NONE"),
            "customDomainName": call.get("customDomainName"),
            "certificateArn": call.get("certificateArn"),
            "status": "ACTIVE",
        },
    )
    # The form of https://docs.aws.amazon.com/cli/latest/reference/vpc-lattice/create-service.html
    host = f"{service['name']}-{service.id.removeprefix('svc-')}.7d67968"
    name = f"{host}.vpc-lattice-svcs.{call.region}.on.aws"
    service.values["dnsEntry"] = {"domainName": name, "hostedZoneId": _HOSTED_ZONE}
    return service.values


@LATTICE.operation("GetService")
def _get_service(call: Call) -> Values:
    return service_of(call).values


@LATTICE.operation("ListServices")
def _list_services(call: Call) -> Values:
    """Own ones and those shared with the caller.

    https://docs.aws.amazon.com/vpc-lattice/latest/APIReference/API_ListServices.html
    """
    return page([service.values for service in visible(call, "Service")])


@LATTICE.operation("UpdateService")
def _update_service(call: Call) -> Values:
    return service_of(call, owned=True).update(call, "authType certificateArn")


@LATTICE.operation("DeleteService")
def _delete_service(call: Call) -> Values:
    """Everything of a service is deleted with it, except target groups.

    https://docs.aws.amazon.com/vpc-lattice/latest/APIReference/API_DeleteService.html
    """
    service = service_of(call, owned=True)
    remove(call, service, *(one for kind in ("Listener", "Rule") for one in own(call, kind) if one["serviceId"] == service.id))
    remove(call, *(log for log in own(call, "AccessLogSubscription") if log["resourceId"] == service.id))
    return service.values | {"status": "DELETE_IN_PROGRESS"}


def listeners_of(call: Call, service: Entity) -> list[Entity]:
    return [listener for listener in own(call, "Listener") if listener["serviceId"] == service.id]


def rules_of(call: Call, listener: Entity) -> list[Entity]:
    return [rule for rule in own(call, "Rule") if rule["listenerId"] == listener.id]


def listener_of(call: Call) -> Entity:
    """The listener of a call, which names its service too."""
    service = service_of(call, owned=True)
    return find(call, "Listener", call.get("listenerIdentifier"), owned=True, within={"serviceId": service.id})


def rule_of(call: Call) -> Entity:
    return find(call, "Rule", call.get("ruleIdentifier"), owned=True, within={"listenerId": listener_of(call).id})


# https://docs.aws.amazon.com/vpc-lattice/latest/APIReference/API_CreateListener.html
_PORTS = {"HTTP": 80, "HTTPS": 443, "TLS_PASSTHROUGH": 443}


def port_of(call: Call) -> int:
    """The port that a listener gets."""
    return int(call.get("port", _PORTS.get(call.get("protocol"), 443)))


@LATTICE.operation("CreateListener")
def _create_listener(call: Call) -> Values:
    service = service_of(call, owned=True)
    values = {
        "name": call.get("name"),
        "protocol": call.get("protocol"),
        "port": port_of(call),
        "defaultAction": call.get("defaultAction"),
        "serviceArn": service.arn,
        "serviceId": service.id,
    }
    return create(call, "Listener", values).values


@LATTICE.operation("GetListener")
def _get_listener(call: Call) -> Values:
    return listener_of(call).values


@LATTICE.operation("ListListeners")
def _list_listeners(call: Call) -> Values:
    return page([listener.values for listener in listeners_of(call, service_of(call, owned=True))])


@LATTICE.operation("UpdateListener")
def _update_listener(call: Call) -> Values:
    return listener_of(call).update(call, "defaultAction")


@LATTICE.operation("DeleteListener")
def _delete_listener(call: Call) -> None:
    listener = listener_of(call)
    remove(call, listener, *rules_of(call, listener))


@LATTICE.operation("CreateRule")
def _create_rule(call: Call) -> Values:
    listener = listener_of(call)
    values = {name: call.get(name) for name in ("name", "match", "priority", "action")}
    parents = {"isDefault": False, "serviceId": listener["serviceId"], "listenerId": listener.id}
    return create(call, "Rule", values | parents).values


@LATTICE.operation("GetRule")
def _get_rule(call: Call) -> Values:
    return rule_of(call).values


@LATTICE.operation("ListRules")
def _list_rules(call: Call) -> Values:
    """Assumption: the default rule is listed too, as the last one and without a priority, as a listener always has it."""
    listener = listener_of(call)
    default = {
        "arn": f"{listener.arn}/rule/default",
        "id": "default",
        "name": "default",
        "isDefault": True,
        "createdAt": listener["createdAt"],
        "lastUpdatedAt": listener["lastUpdatedAt"],
    }
    return page([*(rule.values for rule in sorted(rules_of(call, listener), key=lambda rule: rule["priority"])), default])


@LATTICE.operation("UpdateRule")
def _update_rule(call: Call) -> Values:
    return rule_of(call).update(call, "match priority action")


@LATTICE.operation("DeleteRule")
def _delete_rule(call: Call) -> None:
    remove(call, rule_of(call))
