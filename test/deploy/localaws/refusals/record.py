"""Records of Route 53: which ones its zones refuse, by routing policy."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from moto.route53.models import FakeZone, RecordSet, Route53Backend
from moto.route53.utils import validate_domain_name

from ..overlay import instead, refusal

_BATCH, _INPUT = "InvalidChangeBatch", "InvalidInput"
_POLICIES = {
    "Weight": "weighted",
    "Region": "latency",
    "Failover": "failover",
    "GeoLocation": "geolocation",
    "MultiValueAnswer": "multivalue",
}
_CONTENT = ("TTL", "ResourceRecords", "AliasTarget", "HealthCheckId", *_POLICIES)

Values = dict[str, Any]


def _lower(name: str) -> str:
    return f"{name.rstrip('.').lower()}."


def policy(record: Values) -> str:
    """The routing policy of a record."""
    return next((kind for name, kind in _POLICIES.items() if record.get(name) is not None), "simple")


def _named(record: Values) -> str:
    """A record, as the refusals of a change name it."""
    identifier = f", set-identifier='{record['SetIdentifier']}'" if record.get("SetIdentifier") else ""
    return f"[name='{record['Name']}', type='{record['Type']}'{identifier}]"


def _described(record: Values) -> str:
    """A record, as the refusals for other records name it."""
    identifier = f", SetIdentifier {record['SetIdentifier']}" if record.get("SetIdentifier") else ""
    return f"RRSet with DNS name {record['Name']}, type {record['Type']}{identifier}"


def _content(record: Values) -> Values:
    """What a deletion must repeat, as templates and the API have it."""

    def text(value: Any) -> Any:
        if isinstance(value, list):
            return sorted(str(one["Value"] if isinstance(one, dict) else one) for one in value)
        if isinstance(value, dict):
            return {key: _lower(str(one)) for key, one in value.items()}
        return str(value)

    return {name: text(record[name]) for name in _CONTENT if record.get(name) not in (None, [])}


class _Batch:
    """A batch of changes to a zone: all of them are made, or none.

    https://docs.aws.amazon.com/Route53/latest/APIReference/API_ChangeResourceRecordSets.html
    """

    def __init__(self, zone: Any) -> None:
        self.zone = zone
        self.records: list[Values] = [dict(one.given) for one in zone.rrsets]

    def apply(self, action: str, given: Values) -> None:
        validate_domain_name(given["Name"], code=_BATCH)
        record = given | {"Name": _lower(given["Name"])}
        _check_input(action, record)
        if record["Name"] != _lower(self.zone.name) and not record["Name"].endswith(f".{_lower(self.zone.name)}"):
            text = f"RRSet with DNS name {record['Name']} is not permitted in zone {_lower(self.zone.name)}"
            raise refusal("route53", _BATCH, text)
        same = next((one for one in self.records if _key(one) == _key(record)), None)
        if action == "DELETE":
            self._delete(record, same)
            return
        if action == "CREATE" and same is not None:
            raise refusal("route53", _BATCH, f"Tried to create resource record set {_named(record)} but it already exists")
        self._check_others(record)
        self.records = [one for one in self.records if one is not same] + [record]

    def _delete(self, record: Values, same: Values | None) -> None:
        if same is None:
            raise refusal("route53", _BATCH, f"Tried to delete resource record set {_named(record)} but it was not found")
        if _content(record) != _content(same):
            text = f"Tried to delete resource record set {_named(record)} but the values provided do not match the current values"
            raise refusal("route53", _BATCH, text)
        self.records.remove(same)

    def _check_others(self, record: Values) -> None:
        """Records of one name and type have one routing policy, and a simple record is alone.

        The words are those of github.com/chef-boneyard/route53/issues/100 for a simple record, and of
        github.com/kubernetes-sigs/external-dns/issues/4345 for a weighted one.
        Assumption: the words for other policies; and that it is the same for a record that itself has another policy so
        far: it does not change its policy.
        """
        others = [one for one in self.records if one["Name"] == record["Name"] and one["Type"] == record["Type"]]
        kind = policy(record)
        if any(policy(one) != kind for one in others):
            why = "other RRSets exist" if kind == "simple" else f"a non-{kind} set exists"
            raise refusal("route53", _BATCH, f"{_described(record)} cannot be created as {why} with the same name and type.")
        roles = [one for one in others if _key(one) != _key(record) and one.get("Failover") == record.get("Failover")]
        if kind == "failover" and roles:
            # Assumption: the words. A name has one primary and one secondary record.
            # https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/routing-policy-failover.html
            why = f"a failover {record['Failover']} set exists"
            raise refusal("route53", _BATCH, f"{_described(record)} cannot be created as {why} with the same name and type.")
        if any(("CNAME" in (one["Type"], record["Type"])) and one["Type"] != record["Type"] for one in self._of_name(record)):
            # https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/ResourceRecordTypes.html#CNAMEFormat
            text = f"RRSet of type {record['Type']} with DNS name {record['Name']} is not permitted as it conflicts with other"
            raise refusal("route53", _BATCH, f"{text} records with the same DNS name in zone {_lower(self.zone.name)}")

    def _of_name(self, record: Values) -> list[Values]:
        return [one for one in self.records if one["Name"] == record["Name"]]


def _key(record: Values) -> tuple[str, str, str | None]:
    return _lower(record["Name"]), record["Type"], record.get("SetIdentifier")


def _check_input(action: str, record: Values) -> None:
    """What a record must have by itself.

    https://docs.aws.amazon.com/Route53/latest/APIReference/API_ResourceRecordSet.html
    """
    change = f"Change with [Action={action}, Name={record['Name']}, Type={record['Type']}, "
    change += f"SetIdentifier={record.get('SetIdentifier', 'null')}]"
    for given, wanted in _INPUT_CHECKS:
        if given(record):
            raise refusal("route53", _INPUT, f"Invalid request: {wanted} in {change}")
    weight = record.get("Weight")
    if weight is not None and not 0 <= int(weight) <= 255:
        at = "changeBatch.changes.1.member.resourceRecordSet.weight"
        constraint = "less than or equal to 255" if int(weight) > 255 else "greater than or equal to 0"
        text = f"1 validation error detected: Value '{weight}' at '{at}' failed to satisfy constraint: Member must have value"
        raise refusal("route53", _INPUT, f"{text} {constraint}")
    if record.get("Failover") == "PRIMARY" and not record.get("HealthCheckId") and not _evaluates(record):
        # Assumption: that Route 53 refuses it, and the words. Its guide requires a health check of a primary record:
        # https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resource-record-sets-values-failover.html
        text = f"{_described(record)}, failover PRIMARY needs a health check, or an alias that evaluates the health of its target"
        raise refusal("route53", _BATCH, text)


def _evaluates(record: Values) -> bool:
    return str((record.get("AliasTarget") or {}).get("EvaluateTargetHealth")).lower() == "true"


def _values(record: Values) -> int:
    return sum(record.get(name) is not None for name in ("AliasTarget", "ResourceRecords"))


def _policies(record: Values) -> int:
    return sum(record.get(name) is not None for name in _POLICIES)


def _identified(record: Values) -> bool:
    return record.get("SetIdentifier") is not None


# The form of the words is that of moto's refusal of a deletion without values; the names in them are assumptions.
_VALUES = "[AliasTarget, all of [TTL, and ResourceRecords], or TrafficPolicyInstanceId]"
_POLICY = "[Weight, Region, Failover, GeoLocation, or MultiValueAnswer]"
_INPUT_CHECKS: list[tuple[Callable[[Values], bool], str]] = [
    (lambda record: _values(record) == 0, f"Expected exactly one of {_VALUES}, but found none"),
    (lambda record: _values(record) > 1, f"Expected exactly one of {_VALUES}, but found more than one"),
    (lambda record: _policies(record) > 1, f"Expected exactly one of {_POLICY}, but found more than one"),
    (lambda record: _identified(record) and _policies(record) == 0, f"Expected exactly one of {_POLICY}, but found none"),
    (lambda record: not _identified(record) and _policies(record) > 0, "Missing field 'SetIdentifier'"),
]


@instead(Route53Backend, "change_resource_record_sets")
def change_resource_record_sets(backend: Any, zoneid: str, change_list: list[Values]) -> None:
    zone = backend.get_hosted_zone(zoneid)
    batch = _Batch(zone)
    for change in change_list:
        batch.apply(change["Action"], change["ResourceRecordSet"])
    zone.rrsets = [_record(one) for one in batch.records]


def _record(given: Values) -> Any:
    """A record as moto answers with it, which keeps what was given."""
    values = [one["Value"] if isinstance(one, dict) else one for one in given.get("ResourceRecords", [])]
    record: Any = RecordSet(given | ({"ResourceRecords": values} if values else {}))
    record.given = given
    return record


@instead(FakeZone, "add_rrset")
def _add(zone: Any, record_set: Values) -> Any:
    """The records that a zone is created with."""
    record = _record(record_set | {"Name": _lower(record_set["Name"])})
    zone.rrsets.append(record)
    return record
