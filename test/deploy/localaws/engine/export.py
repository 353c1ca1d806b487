"""Outputs of stacks, and the exports that other stacks import."""

from typing import Any

from moto.cloudformation.exceptions import ValidationError
from moto.cloudformation.parsing import Export

from .resolver import Scope


def set_outputs(stack: Any, backend: Any, scope: Scope, template: dict[str, Any]) -> list[dict[str, Any]]:
    """The outputs of a template. Other stacks can import those with an Export from now on."""
    outputs, exports = [], {}
    for key, output in (template.get("Outputs") or {}).items():
        if "Condition" in output and not scope.lazy_condition_map[output["Condition"]]:
            continue
        value = str(scope.resolve(output["Value"]))
        name = scope.resolve(output["Export"]["Name"]) if "Export" in output else None
        if name is not None:
            exports[name] = Export(stack.stack_id, name, value)
        outputs.append({"OutputKey": key, "OutputValue": value, "Description": output.get("Description"), "ExportName": name})
    _check_exports(stack, backend, exports)
    old = {export.name for export in stack.exports}
    backend.exports = {name: export for name, export in backend.exports.items() if name not in old} | exports
    stack.exports = list(exports.values())
    return outputs


def _check_exports(stack: Any, backend: Any, new: dict[str, Export]) -> None:
    """https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-stack-exports.html"""
    for name in new:
        existing = backend.exports.get(name)
        if existing is not None and existing.exporting_stack_id != stack.stack_id:
            raise ValidationError(message=f"Export with name {name} is already exported by {existing.exporting_stack_id}")
    for old in stack.exports:
        if (old.name not in new or new[old.name].value != old.value) and (users := importers(backend, stack, old.name)):
            raise ValidationError(message=f"Export {old.name} cannot be updated as it is in use by {' and '.join(users)}")


def importers(backend: Any, stack: Any, name: str) -> list[str]:
    """The stacks that import an export."""
    return [other.name for other in backend.stacks.values() if other is not stack and name in other.imports]
