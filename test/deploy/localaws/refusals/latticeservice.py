"""Services, listeners and rules of VPC Lattice: what AWS refuses."""

from collections.abc import Callable
from fnmatch import fnmatch
from typing import Any

from moto.acm.models import acm_backends

from ..services.api import Call, Values, words_of
from ..services.lattice import GUIDE, LATTICE, REFERENCE, Entity, entities, find, own, service_of
from ..services.latticeservice import listener_of, listeners_of, port_of, rule_of, rules_of
from ..services.latticetarget import forwarded, users_of

_WORDS = "the words"
_CODE = "the code and the words"


@LATTICE.refuses(
    "name taken",
    "CreateService CreateServiceNetwork CreateTargetGroup",
    "ConflictException",
    "A {kind} with the name '{name}' already exists",
    f"{REFERENCE}API_CreateService.html",  # and those of the two others: "The name must be unique within the account"
    _WORDS,
)
def _name(call: Call) -> Values | None:
    kind, name = call.operation.removeprefix("Create"), call.get("name")
    return {"kind": words_of(kind), "name": name} if any(one["name"] == name for one in own(call, kind)) else None


@LATTICE.refuses(
    "name of a listener or of a rule taken",
    "CreateListener CreateRule",
    "ConflictException",
    "A {kind} with the name '{name}' already exists",
    f"{REFERENCE}API_CreateListener.html",  # and API_CreateRule.html: "The name must be unique within the listener"
    _WORDS,
)
def _inner_name(call: Call) -> Values | None:
    kind, name = call.operation.removeprefix("Create"), call.get("name")
    siblings = listeners_of(call, service_of(call, owned=True)) if kind == "Listener" else rules_of(call, listener_of(call))
    return {"kind": kind.lower(), "name": name} if any(one["name"] == name for one in siblings) else None


@LATTICE.refuses(
    "certificate without a domain",
    "CreateService",
    "ValidationException",
    "A certificate requires a custom domain name",
    f"{GUIDE}service-byoc.html",
    _CODE,
)
def _certificate_alone(call: Call) -> Values | None:
    return {} if call.get("certificateArn") and not call.get("customDomainName") else None


@LATTICE.refuses(
    "certificate",
    "CreateService UpdateService",
    "ValidationException",
    "The certificate {certificate} is not an issued one of this account and Region for '{domain}'",
    f"{GUIDE}service-byoc.html",
    _CODE,
)
def _certificate(call: Call) -> Values | None:
    """The certificate is in ACM, in the Region and the account of the service, and covers its domain."""
    arn = call.get("certificateArn")
    if not arn:
        return None
    domain = call.get("customDomainName")
    if call.operation == "UpdateService":
        domain = service_of(call, owned=True)["customDomainName"]
    found: Any = acm_backends[call.account][call.region]._certificates.get(arn)
    return None if any(covers(name, domain or "") for name in _names(found)) else {"certificate": arn, "domain": domain}


def _names(certificate: Any) -> list[str]:
    """The names of an issued certificate."""
    if certificate is None:
        return []
    certificate.check()
    described = certificate.describe()["Certificate"]
    return [described["DomainName"], *described.get("SubjectAlternativeNames", [])] if described["Status"] == "ISSUED" else []


def covers(name: str, domain: str) -> bool:
    """Whether a name of a certificate, such as *.company.com, is that of a domain; a wildcard is one label."""
    return fnmatch(domain.lower(), name.lower()) and name.count(".") == domain.count(".")


@LATTICE.refuses(
    "HTTPS for a custom domain without a certificate",
    "CreateListener",
    "ValidationException",
    "An HTTPS listener of {service} requires a certificate for its custom domain name '{domain}'",
    f"{GUIDE}https-listeners.html",
    "that it is refused, and with which code and words: the page says that a certificate is required to serve such requests",
)
def _https_without_certificate(call: Call) -> Values | None:
    service = service_of(call, owned=True)
    lacks = call.get("protocol") == "HTTPS" and service["customDomainName"] and not service["certificateArn"]
    return {"service": service.id, "domain": service["customDomainName"]} if lacks else None


@LATTICE.refuses(
    "passthrough without a domain",
    "CreateListener",
    "ValidationException",
    "A TLS_PASSTHROUGH listener requires a service with a custom domain name",
    f"{GUIDE}tls-listeners.html",
    _CODE,
)
def _passthrough_without_domain(call: Call) -> Values | None:
    passes = call.get("protocol") == "TLS_PASSTHROUGH"
    return {} if passes and not service_of(call, owned=True)["customDomainName"] else None


@LATTICE.refuses(
    "rule of a passthrough listener",
    "CreateRule",
    "ValidationException",
    "The only rule allowed for a TLS_PASSTHROUGH listener is the default rule",
    f"{GUIDE}tls-listeners.html",
    _CODE,
)
def _passthrough_rule(call: Call) -> Values | None:
    return {} if listener_of(call)["protocol"] == "TLS_PASSTHROUGH" else None


def _actions(call: Call) -> Values:
    return call.get("defaultAction") or call.get("action") or {}


def _protocol(call: Call) -> str:
    return call.get("protocol") or listener_of(call)["protocol"]


_ACTIONS = "CreateListener UpdateListener CreateRule UpdateRule"


@LATTICE.refuses(
    "response of a passthrough listener",
    "CreateListener UpdateListener",
    "ValidationException",
    "The default action of a TLS_PASSTHROUGH listener must be a forward action to a TCP target group",
    f"{GUIDE}tls-listeners.html",
    _CODE,
)
def _passthrough_action(call: Call) -> Values | None:
    return {} if _protocol(call) == "TLS_PASSTHROUGH" and "fixedResponse" in _actions(call) else None


@LATTICE.refuses(
    "fixed response",
    _ACTIONS,
    "ValidationException",
    "A fixed response must have the status code 404 or 500, not {status}",
    f"{GUIDE}listeners.html",
    _CODE,
)
def _fixed_response(call: Call) -> Values | None:
    """Only 404 and 500: the documentation of FixedResponse in CloudFormation, which its schema does not enforce."""
    status = (_actions(call).get("fixedResponse") or {}).get("statusCode", 404)
    return None if int(status) in (404, 500) else {"status": status}


def _groups(call: Call) -> list[Entity]:
    """The target groups of an action: only own ones, as everything of a service belongs to one account."""
    return [find(call, "TargetGroup", name, owned=True) for name in forwarded(_actions(call))]


@LATTICE.refuses(
    "protocol of a target group",
    _ACTIONS,
    "ValidationException",
    "The protocol of target group {group} is not one that a {protocol} listener can forward to",
    f"{GUIDE}tls-listeners.html",
    "the code, the words, and that HTTP and HTTPS listeners cannot forward to TCP target groups",
)
def _group_protocol(call: Call) -> Values | None:
    tls = _protocol(call) == "TLS_PASSTHROUGH"
    for group in _groups(call):
        if tls != (group["protocol"] == "TCP"):
            return {"group": group.id, "protocol": _protocol(call)}
    return None


@LATTICE.refuses(
    "target group of another service",
    _ACTIONS,
    "ConflictException",
    "Target group {group} is already used by another service",
    f"{REFERENCE}API_CreateTargetGroup.html",  # "A target group can only be used by a single service"
    _CODE,
)
def _group_of_another_service(call: Call) -> Values | None:
    service = service_of(call, owned=True)
    for group in _groups(call):
        if any(user["serviceArn"] != service.arn for user in users_of(call, group)):
            return {"group": group.id}
    return None


def quota(name: str, operations: str, what: str, limit: int) -> Callable[[Callable[[Call], int]], Callable[[Call], int]]:
    """Refuse what exceeds a default quota, which AWS can raise. The function counts what there would be."""

    def register(count: Callable[[Call], int]) -> Callable[[Call], int]:
        def check(call: Call) -> Values | None:
            return {} if count(call) > limit else None

        words = f"The limit of {limit} {what} is exceeded"
        LATTICE.refuses(name, operations, "ServiceQuotaExceededException", words, f"{GUIDE}quotas.html", _WORDS)(check)
        return count

    return register


@quota("too many listeners", "CreateListener", "listeners per service", 2)
def _listeners(call: Call) -> int:
    return len(listeners_of(call, service_of(call, owned=True))) + 1


@quota("too many rules", "CreateRule", "rules per listener", 10)
def _rules(call: Call) -> int:
    return len(rules_of(call, listener_of(call))) + 1


@quota("too many target groups", _ACTIONS, "target groups per service", 10)
def _target_groups(call: Call) -> int:
    service = service_of(call, owned=True)
    used = {group.id for group in _groups(call)}
    for group in own(call, "TargetGroup"):
        if any(user["serviceArn"] == service.arn for user in users_of(call, group)):
            used.add(group.id)
    return len(used)


@LATTICE.refuses(
    "port of a listener",
    "CreateListener",
    "ConflictException",
    "The service {service} already has a listener on port {port}",
    f"{GUIDE}listeners.html",
    "that it is refused, and with which code and words",
)
def _listener_port(call: Call) -> Values | None:
    service = service_of(call, owned=True)
    taken = any(listener["port"] == port_of(call) for listener in listeners_of(call, service))
    return {"service": service.id, "port": port_of(call)} if taken else None


@LATTICE.refuses(
    "priority of a rule",
    "CreateRule UpdateRule",
    "ConflictException",
    "The priority {priority} is already used by another rule of the listener",
    f"{REFERENCE}API_CreateRule.html",  # "Each rule for a specific listener must have a unique priority"
    _CODE,
)
def _priority(call: Call) -> Values | None:
    priority = call.get("priority")
    itself = rule_of(call) if call.operation == "UpdateRule" else None
    taken = any(rule["priority"] == priority for rule in rules_of(call, listener_of(call)) if rule is not itself)
    return {"priority": priority} if taken else None


@LATTICE.refuses(
    "rule without a condition",
    "CreateRule UpdateRule",
    "ValidationException",
    "A rule must match a method, a path or headers",
    f"{GUIDE}listener-rules.html",
    _CODE,
)
def _condition(call: Call) -> Values | None:
    match = call.get("match")
    return {} if match is not None and not any((match.get("httpMatch") or {}).values()) else None


@LATTICE.refuses(
    "service with associations",
    "DeleteService",
    "ConflictException",
    "Service {service} has service network(s) associated",
    f"{REFERENCE}API_DeleteService.html",  # "A service can't be deleted if it's associated with a service network"
    "the words, by analogy to those of service networks",
)
def _associated(call: Call) -> Values | None:
    service = service_of(call, owned=True)
    associated = any(one["serviceId"] == service.id for one in entities(call.region, "ServiceNetworkServiceAssociation"))
    return {"service": service.id} if associated else None
