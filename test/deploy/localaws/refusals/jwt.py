"""Actions that validate JSON Web Tokens, which moto does not have, and what Elastic Load Balancing refuses in them.

https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_JwtValidationActionConfig.html and, for the claims,
API_JwtValidationActionAdditionalClaim.html
Assumption: the codes and the words of the refusals.
"""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from moto.elbv2.models import ELBv2Backend

from ..overlay import before, instead, refusal

TYPE = "jwt-validation"
_LAST = ("forward", "redirect", "fixed-response")
_LENGTH, _CLAIMS = 256, 10
_FORMATS = ("single-string", "string-array", "space-separated-values")
_VALIDATED = ("exp", "iss", "nbf", "iat")

_plain = ELBv2Backend._validate_actions


@instead(ELBv2Backend, "_validate_actions")
def _actions(backend: Any, actions: Sequence[Any]) -> None:
    """Moto refuses a type of action that it does not know."""
    for action in actions:
        if action.type == TYPE:
            _config(action.data.get("JwtValidationConfig", {}))
    _plain(backend, [action for action in actions if action.type != TYPE])


@before(ELBv2Backend, "create_listener")
def _listened(backend: Any, load_balancer_arn: str, protocol: str, *_: Any, actions: Sequence[Any], **__: Any) -> None:
    _order(protocol, actions)


@before(ELBv2Backend, "create_rule")
def _created(backend: Any, listener_arn: str, conditions: Any, priority: Any, actions: Any, **_: Any) -> None:
    _of_listener(backend, listener_arn, actions)


@before(ELBv2Backend, "modify_rule")
def _modified(backend: Any, rule_arn: str, conditions: Any, actions: Any) -> None:
    for rule in backend.describe_rules(listener_arn=None, rule_arns=[rule_arn]):
        _of_listener(backend, rule.listener_arn, actions)


def _of_listener(backend: Any, listener_arn: str, actions: Sequence[Any]) -> None:
    for listener in backend.describe_listeners(None, [listener_arn]):
        _order(listener.protocol, actions)


def _order(protocol: str, actions: Sequence[Any]) -> None:
    """An HTTPS listener validates tokens, before the action that ends the rule.

    https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_Action.html
    https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-action-types.html
    """
    if not any(action["Type"] == TYPE for action in actions):
        return
    if protocol != "HTTPS":
        raise _refusal(f"An action of type {TYPE} requires an HTTPS listener")
    if any("Order" not in action for action in actions):
        raise _refusal("An order must be specified for each of several actions")
    if sorted(actions, key=lambda action: int(action["Order"]))[-1]["Type"] not in _LAST:
        raise _refusal(f"The last action of a rule must be one of {', '.join(_LAST)}")


def _config(config: dict[str, Any]) -> None:
    for name in ("Issuer", "JwksEndpoint"):
        _text(name, config.get(name))
    url = urlsplit(config["JwksEndpoint"])
    if url.scheme != "https" or not url.hostname or not url.path:
        raise _refusal("The JwksEndpoint must be a full URL, including the HTTPS protocol, the domain, and the path")
    claims = config.get("AdditionalClaims", [])
    if len(claims) > _CLAIMS:
        raise _refusal(f"At most {_CLAIMS} additional claims can be specified")
    for claim in claims:
        _claim(claim)


def _claim(claim: dict[str, Any]) -> None:
    name, values = claim.get("Name"), claim.get("Values", [])
    _text("Name of a claim", name)
    if name in _VALIDATED:
        raise _refusal(f"The claim {name} is validated by default")
    if claim.get("Format") not in _FORMATS:
        raise _refusal(f"The Format of a claim must be one of {', '.join(_FORMATS)}")
    if not values or len(values) > _CLAIMS:
        raise _refusal(f"A claim must have from 1 to {_CLAIMS} values")
    for value in values:
        _text("value of a claim", value)
        if claim["Format"] == _FORMATS[2] and " " in value:
            raise _refusal(f"A value of the format {_FORMATS[2]} can't include spaces")


def _text(what: str, text: Any) -> None:
    if not text or len(text) > _LENGTH:
        raise _refusal(f"The {what} must have from 1 to {_LENGTH} characters")


def _refusal(text: str) -> Exception:
    return refusal("elbv2", "ValidationError", text)
