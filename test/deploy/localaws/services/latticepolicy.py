"""Auth policies, access log subscriptions and tags of VPC Lattice.

https://docs.aws.amazon.com/vpc-lattice/latest/ug/auth-policies.html
https://docs.aws.amazon.com/vpc-lattice/latest/ug/monitoring-access-logs.html
"""

from moto.core.utils import utcnow

from .api import Call, Values, page
from .lattice import LATTICE, REFERENCE, Entity, create, entities, find, own, remove, resource_of


@LATTICE.operation("PutAuthPolicy")
def _put(call: Call) -> Values:
    """A policy of a resource with the auth type NONE is accepted, and inactive.

    https://docs.aws.amazon.com/vpc-lattice/latest/APIReference/API_PutAuthPolicy.html
    """
    resource, now = resource_of(call), utcnow()
    created = (resource["authPolicy"] or {}).get("createdAt", now)
    resource.values["authPolicy"] = {"policy": call.get("policy"), "createdAt": created, "lastUpdatedAt": now}
    return _described(resource)


def _described(resource: Entity) -> Values:
    return resource["authPolicy"] | {"state": "Active" if resource["authType"] == "AWS_IAM" else "Inactive"}


_NONE = LATTICE.refusal(
    "no policy",
    "",
    "ResourceNotFoundException",
    "There is no auth policy of {resource}",
    f"{REFERENCE}API_GetAuthPolicy.html",
    "the words",
)


def _existing(call: Call) -> Entity:
    resource = resource_of(call)
    if not resource["authPolicy"]:
        raise _NONE.error({"resource": resource.arn})
    return resource


@LATTICE.operation("GetAuthPolicy")
def _get(call: Call) -> Values:
    return _described(_existing(call))


@LATTICE.operation("DeleteAuthPolicy")
def _delete(call: Call) -> None:
    _existing(call).values.pop("authPolicy")


@LATTICE.operation("CreateAccessLogSubscription")
def _subscribe(call: Call) -> Values:
    resource = resource_of(call)
    values = {
        "resourceId": resource.id,
        "resourceArn": resource.arn,
        "destinationArn": call.get("destinationArn"),
        "serviceNetworkLogType": call.get("serviceNetworkLogType"),
    }
    return create(call, "AccessLogSubscription", values).values


def _subscription(call: Call) -> Entity:
    return find(call, "AccessLogSubscription", call.get("accessLogSubscriptionIdentifier"), owned=True)


@LATTICE.operation("GetAccessLogSubscription")
def _get_subscription(call: Call) -> Values:
    return _subscription(call).values


@LATTICE.operation("ListAccessLogSubscriptions")
def _subscriptions(call: Call) -> Values:
    resource = resource_of(call)
    return page([log.values for log in own(call, "AccessLogSubscription") if log["resourceId"] == resource.id])


@LATTICE.operation("UpdateAccessLogSubscription")
def _redirect(call: Call) -> Values:
    return _subscription(call).update(call, "destinationArn")


@LATTICE.operation("DeleteAccessLogSubscription")
def _unsubscribe(call: Call) -> None:
    remove(call, _subscription(call))


_KINDS = (
    "Service ServiceNetwork Listener Rule TargetGroup ServiceNetworkVpcAssociation ServiceNetworkServiceAssociation "
    "AccessLogSubscription"
)


def _tagged(call: Call) -> Entity:
    arn = call.get("resourceArn")
    kind = next((kind for kind in _KINDS.split() for one in entities(call.region, kind) if one.arn == arn), "Service")
    return find(call, kind, arn, owned=True)


@LATTICE.operation("TagResource")
def _tag(call: Call) -> None:
    _tagged(call).tags.update(call.get("tags", {}))


@LATTICE.operation("UntagResource")
def _untag(call: Call) -> None:
    tags = _tagged(call).tags
    for key in call.get("tagKeys", []):
        tags.pop(key, None)


@LATTICE.operation("ListTagsForResource")
def _tags(call: Call) -> Values:
    return {"tags": _tagged(call).tags}
