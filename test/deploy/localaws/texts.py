"""Lists the texts with which AWS refuses something in the local API. Run as a program, it records them for internal/awserrors.

Refusals of the services are data, and those of the overlay and the engine are read from the source: the arguments of refusal(),
and of the exceptions of CloudFormation. What differs from call to call is "…". What the local API alone says is left out.
"""

from __future__ import annotations

import ast
import itertools
import json
import re
from collections.abc import Iterator
from pathlib import Path

from . import refusals, services, types  # noqa: F401
from .services.api import Api

Found = dict[str, str]

RECORD = Path(__file__).parents[3] / "internal" / "awserrors" / "testdata" / "localaws.json"

_DIRECTORIES = ("engine", "functions", "refusals", "types")
_EXCEPTIONS = {"ValidationError": "ValidationError", "Invalid": "", "NotStabilized": ""}
_OWN = re.compile(r"(?i)\bthe local API\b")
_ANY = "…"
_MOST = 12  # values of a name, before it counts as one that differs


def texts() -> list[Found]:
    """The texts, each once, by where they come from: the code and the words."""
    found = [*_declared(), *(text for path in files() for text in Source(path.parent.name, path.name, path.read_text()).texts())]
    kept = {(each["code"], each["words"]): each for each in reversed(found) if not _OWN.search(each["words"])}
    return sorted(kept.values(), key=lambda each: (each["file"], each["code"], each["words"]))


def _declared() -> Iterator[Found]:
    modules = [module for package in (services, refusals) for module in vars(package).values() if hasattr(module, "__file__")]
    for api in {id(each): each for module in modules for each in vars(module).values() if isinstance(each, Api)}.values():
        for refusal in api.refusals:
            words = re.sub(r"\{[^}]*\}", _ANY, refusal.words)
            yield {"file": "services", "code": refusal.code, "words": words}


def files() -> list[Path]:
    """The files whose texts are read."""
    root = Path(__file__).parent
    return sorted(path for directory in _DIRECTORIES for path in (root / directory).glob("*.py"))


class Source:
    """A file of Python, whose texts are read without running it."""

    def __init__(self, directory: str, name: str, source: str) -> None:
        self._file = f"{directory}/{name}"
        self._module = ast.parse(source)

    def count(self) -> int:
        """How many calls have texts."""
        return sum(
            any(words != _ANY for _, words in self._refusal(node, scope)) for scope in self._scopes() for node in _within(scope)
        )

    def texts(self) -> Iterator[Found]:
        """The texts of all calls; what says nothing but a value is none."""
        for scope in self._scopes():
            for node in _within(scope):
                for code, words in self._refusal(node, scope):
                    if words != _ANY:
                        yield {"file": self._file, "code": code, "words": " ".join(words.split())}

    def _scopes(self) -> list[ast.AST]:
        return [node for node in ast.walk(self._module) if isinstance(node, ast.FunctionDef)]

    def _refusal(self, node: ast.AST, scope: ast.AST) -> Iterator[tuple[str, str]]:
        """The codes and words of a call that makes a refusal, or of an error that an API lists in its answer."""
        match node:
            case ast.Call(func=ast.Name(id="refusal"), args=[_, code, words]):
                pass
            case ast.Call(func=ast.Name(id="_refusal" | "_refuse"), args=[words]):
                code = self._code_of_helper()
            case ast.Call(func=ast.Name(id=name), args=[words]) if _EXCEPTIONS.get(name) == "":
                code = ast.Constant("")
            case ast.Call(func=ast.Name(id="ValidationError"), keywords=[ast.keyword(arg="message", value=words)]):
                code = ast.Constant("ValidationError")
            case ast.Dict(
                keys=[ast.Constant(value="Code"), ast.Constant(value="Message")], values=[ast.Constant() as code, words]
            ):
                pass
            case _:
                return
        yield from itertools.product(self._values(code, scope), self._values(words, scope))

    def _code_of_helper(self) -> ast.expr:
        """The code with which the function of the file that takes only words makes a refusal."""
        for scope in self._scopes():
            match scope:
                case ast.FunctionDef(
                    name="_refusal" | "_refuse",
                    body=[*_, ast.Return(value=ast.Call(args=[_, code, _])) | ast.Raise(exc=ast.Call(args=[_, code, _]))],
                ):
                    return code
        raise ValueError(f"{self._file} has a helper that is not understood")

    def _values(self, node: ast.expr, scope: ast.AST) -> list[str]:
        """The values that an expression can have."""
        match node:
            case ast.Constant(value=str(text)):
                return [text]
            case ast.JoinedStr(values=parts):
                return [
                    re.sub(f"{_ANY}+", _ANY, "".join(each))
                    for each in itertools.product(*(self._values(part, scope) for part in parts))
                ]
            case ast.FormattedValue(value=value):
                return self._values(value, scope)
            case ast.IfExp(body=one, orelse=other):
                return [*self._values(one, scope), *self._values(other, scope)]
            case ast.Name():
                return self._assigned(node, scope)
        return [_ANY]

    def _assigned(self, name: ast.Name, scope: ast.AST) -> list[str]:
        """The values that a name can have where it is used: those of the last assignments before it."""
        for where in (scope, self._module):
            values: list[ast.expr] = []
            for statement, value in reversed(list(_assignments(name.id, where))):
                if where is scope and statement.lineno >= name.lineno:
                    continue
                values.append(value)
                if where is scope and _block(statement, scope) in _blocks(name, scope):
                    break  # it has been executed, so those before do not count
            found = [text for value in values if not _is_none(value) for text in self._values(value, where)]
            if found and len(found) <= _MOST:
                return found
        return [_ANY]


def _assignments(name: str, scope: ast.AST) -> Iterator[tuple[ast.Assign, ast.expr]]:
    """The assignments to a name, with the values, from top to bottom."""
    for node in _within(scope):
        match node:
            case ast.Assign(targets=[ast.Name(id=target)], value=value) if target == name:
                yield node, value
            case ast.Assign(targets=[ast.Tuple(elts=targets)], value=ast.Tuple(elts=values)):
                pairs = zip(targets, values, strict=True)
                yield from ((node, value) for target, value in pairs if isinstance(target, ast.Name) and target.id == name)


def _blocks(node: ast.AST, scope: ast.AST) -> list[int]:
    """The blocks of statements in which a node is, as numbers that tell them apart, from the outer to the inner one."""
    found: list[int] = []
    for field in ("body", "orelse", "finalbody", "handlers"):
        block = getattr(scope, field, None)
        for statement in block if isinstance(block, list) else []:
            if any(inner is node for inner in ast.walk(statement)):
                return [*found, id(block), *_blocks(node, statement)]
    return found


def _block(node: ast.AST, scope: ast.AST) -> int:
    return _blocks(node, scope)[-1]


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _within(scope: ast.AST) -> Iterator[ast.AST]:
    """The nodes of a scope, without those of functions in it."""
    for child in ast.iter_child_nodes(scope):
        if not isinstance(child, ast.FunctionDef):
            yield child
            yield from _within(child)


def recorded() -> str:
    """The texts as the record has them."""
    return json.dumps(texts(), indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    RECORD.write_text(recorded())
