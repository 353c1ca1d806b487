"""Auth policies of VPC Lattice: what AWS refuses."""

import json

from ..services.api import Call, Values
from ..services.lattice import GUIDE, LATTICE, REFERENCE

_CODE = "the code and the words"


@LATTICE.refuses(
    "line in a policy",
    "PutAuthPolicy",
    "ValidationException",
    "The policy must not contain newlines or blank lines",
    f"{REFERENCE}API_PutAuthPolicy.html",
    _CODE,
)
def _lines(call: Call) -> Values | None:
    return {} if "\n" in call.get("policy") else None


@LATTICE.refuses(
    "size of a policy", "PutAuthPolicy", "ValidationException", "The policy exceeds 10 KB", f"{GUIDE}quotas.html", _CODE
)
def _size(call: Call) -> Values | None:
    return {} if len(call.get("policy").encode()) > 10_000 else None


@LATTICE.refuses(
    "form of a policy",
    "PutAuthPolicy",
    "ValidationException",
    "The policy is not valid: {why}",
    f"{GUIDE}auth-policies.html#auth-policies-structure",
    _CODE,
)
def _form(call: Call) -> Values | None:
    try:
        document = json.loads(call.get("policy"))
    except ValueError as error:
        return {"why": error}
    statements = document.get("Statement", []) if isinstance(document, dict) else []
    for statement in statements if isinstance(statements, list) else [statements]:
        for name in ("Effect", "Principal", "Action", "Resource"):
            if name not in statement and f"Not{name}" not in statement:
                return {"why": f"a statement has no {name}"}
        actions = statement.get("Action", [])
        for action in [actions] if isinstance(actions, str) else actions:
            if action != "*" and not action.startswith("vpc-lattice-svcs:"):
                return {"why": f"{action} is not an action of VPC Lattice services"}
    return None if statements else {"why": "it has no statement"}
