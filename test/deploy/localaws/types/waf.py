"""AWS WAF: IP sets, web ACLs, and the load balancers that they protect."""

from typing import Any

from ..engine.expression import Expression, added, api, computed, prop
from ..engine.resource import Request
from ..engine.resourcetype import ResourceType, register, same
from .names import GENERATED
from .tags import removed_keys

_REFERENCES = ("IPSetReferenceStatement", "RegexPatternSetReferenceStatement", "RuleGroupReferenceStatement")


def _of_api(value: Any) -> Any:
    """A part of a rule with the names of the API, which has ARN where the templates have Arn."""
    if isinstance(value, list):
        return [_of_api(one) for one in value]
    if not isinstance(value, dict):
        return value
    return {
        name: {"ARN" if key == "Arn" else key: _of_api(item) for key, item in one.items()}
        if name in _REFERENCES
        else _of_api(one)
        for name, one in value.items()
    }


@computed("Rules")
def _rules(request: Request) -> Any:
    return _of_api(request.properties.get("Rules", []))


_RULES = Expression(_rules.of, _rules.reads, removable=frozenset({"Rules"}))


def _of_id(at: int) -> Expression:
    """A part of the physical ID: name, ID and scope."""
    return Expression(lambda request: request.physical_id.split("|")[at])


_KEY: dict[str, Any] = {"Name": _of_id(0), "Id": _of_id(1), "Scope": _of_id(2)}
_PHYSICAL_ID = Expression(lambda request: "|".join((request.result["Name"], request.result["Id"], request.properties["Scope"])))


def _retag(arn: Expression) -> list[Expression]:
    return [
        api("wafv2.untag_resource", ResourceARN=arn, TagKeys=removed_keys("Tags")),
        api("wafv2.tag_resource", ResourceARN=arn, Tags=added("Tags")),
    ]


_IP_SET_TOKEN = api("wafv2.get_ip_set", result="LockToken", **_KEY)
_WEB_ACL_TOKEN = api("wafv2.get_web_acl", result="LockToken", **_KEY)
_WEB_ACL = (
    "AssociationConfig CaptchaConfig ChallengeConfig CustomResponseBodies DefaultAction Description TokenDomains VisibilityConfig"
)

register(
    ResourceType(
        "AWS::WAFv2::IPSet",
        replacement="Name Scope",
        in_place="Addresses Description IPAddressVersion Tags",
        create=[
            api(
                "wafv2.create_ip_set",
                "Addresses Description IPAddressVersion Scope Tags",
                Name=prop("Name", GENERATED),
                result="Summary",
            )
        ],
        update=[
            api("wafv2.update_ip_set", "Addresses Description", LockToken=_IP_SET_TOKEN, **_KEY),
            *_retag(api("wafv2.get_ip_set", result="IPSet.ARN", **_KEY)),
        ],
        delete=[api("wafv2.delete_ip_set", LockToken=_IP_SET_TOKEN, **_KEY)],
        id=_PHYSICAL_ID,
        attributes={"Arn": "ARN", "Id": "Id"},
    ),
    ResourceType(
        "AWS::WAFv2::WebACL",
        replacement="Name Scope",
        in_place=f"{_WEB_ACL} DataProtectionConfig OnSourceDDoSProtectionConfig Rules Tags",
        create=[
            api("wafv2.create_web_acl", f"{_WEB_ACL} Scope Tags", Name=prop("Name", GENERATED), Rules=_RULES, result="Summary")
        ],
        read=api("wafv2.get_web_acl", result="WebACL", **_KEY),
        update=[
            api("wafv2.update_web_acl", _WEB_ACL, Rules=_RULES, LockToken=_WEB_ACL_TOKEN, **_KEY),
            *_retag(api("wafv2.get_web_acl", result="WebACL.ARN", **_KEY)),
        ],
        delete=[api("wafv2.delete_web_acl", LockToken=_WEB_ACL_TOKEN, **_KEY)],
        id=_PHYSICAL_ID,
        attributes=same("Capacity Id LabelNamespace") | {"Arn": "ARN"},
    ),
    # Assumption: a deletion ends whatever association the resource has, so that of a replaced one ends the new one, too.
    # That happens in github.com/pulumi/pulumi-aws/issues/4782; AWS documents nothing.
    ResourceType(
        "AWS::WAFv2::WebACLAssociation",
        replacement="ResourceArn WebACLArn",
        create=[api("wafv2.associate_web_acl", "ResourceArn WebACLArn")],
        delete=[api("wafv2.disassociate_web_acl", "ResourceArn")],
        id=Expression(lambda request: f"{request.properties['ResourceArn']}|{request.properties['WebACLArn']}"),
    ),
)
