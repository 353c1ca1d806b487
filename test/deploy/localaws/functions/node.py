"""Node, the runtime of functions: each invocation is a process of its own.

https://docs.aws.amazon.com/lambda/latest/dg/lambda-nodejs.html
Assumption: nothing that a process keeps in memory for the next invocation matters; Lambda promises no next one.
"""

import io
import json
import os
import shutil
import subprocess
import tempfile
import zipfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

_REPOSITORY = Path(__file__).resolve().parents[4]
_BOOTSTRAP = Path(__file__).with_name("bootstrap.js")
_MODULES = _REPOSITORY / "test" / "handlers" / "node_modules"
"""The AWS SDK for JavaScript, which the runtime has."""

RUNTIME = "nodejs24.x"
LONGEST = 60
"""Seconds after which a function is ended here, on however busy a machine. Its own limit is that of its clock."""

_FILES = tempfile.TemporaryDirectory(prefix="localaws-functions-")  # removed with this process


@dataclass(frozen=True)
class Outcome:
    """What came of an invocation."""

    payload: Any = None
    error: dict[str, Any] | None = None  # with errorType and errorMessage
    lines: tuple[str, ...] = ()  # what the function wrote


def run(archive: bytes, digest: str, invocation: dict[str, Any], environment: dict[str, str]) -> Outcome:
    """Run the handler of a function. Archive is its code, and digest names the code."""
    code = _unpacked(archive, digest)
    result = Path(_FILES.name) / f"{invocation['requestId']}.json"
    given = invocation | {"directory": str(code), "result": str(result)}
    own = {"NODE_PATH": str(_MODULES), "NODE_COMPILE_CACHE": f"{_FILES.name}/cache", "PATH": os.environ["PATH"]}
    process = subprocess.Popen(
        [_node(), str(_BOOTSTRAP)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env=own | environment,
        cwd=code,
    )
    try:
        output, _ = process.communicate(json.dumps(given).encode(), timeout=LONGEST)
    except subprocess.TimeoutExpired:
        process.kill()
        output, _ = process.communicate()
    lines = tuple(output.decode(errors="replace").splitlines())
    return _outcome(json.loads(result.read_text()) if result.exists() else {}, process.returncode, invocation, lines)


def _outcome(result: dict[str, Any], code: int, invocation: dict[str, Any], lines: tuple[str, ...]) -> Outcome:
    """https://docs.aws.amazon.com/lambda/latest/dg/troubleshooting-invocation.html, and for the words
    https://repost.aws/knowledge-center/lambda-troubleshoot-invocation-error-502-500
    """
    request = invocation["requestId"]
    if result.get("timedOut") or code < 0:
        text = f"{request} Task timed out after {invocation['timeout']:.2f} seconds"
        return Outcome(error={"errorType": "Sandbox.Timedout", "errorMessage": text}, lines=(*lines, text))
    if not result:
        text = f"RequestId: {request} Error: Runtime exited without providing a reason"
        return Outcome(error={"errorType": "Runtime.ExitError", "errorMessage": text}, lines=(*lines, text))
    return Outcome(result.get("payload"), result.get("error"), lines)


def _unpacked(archive: bytes, digest: str) -> Path:
    """The directory that has the files of an archive."""
    directory = Path(_FILES.name) / digest
    if not directory.exists():
        building = Path(tempfile.mkdtemp(dir=_FILES.name))
        with zipfile.ZipFile(io.BytesIO(archive)) as files:
            files.extractall(building)
        try:
            building.rename(directory)
        except OSError:  # another invocation was first
            shutil.rmtree(building)
    return directory


@cache
def _node() -> str:
    """The Node of package.json, or another one where there is none for the platform."""
    own = _REPOSITORY / "node_modules" / ".bin" / "node"
    found = str(own) if own.exists() else shutil.which("node")
    if found is None:
        raise FileNotFoundError("no function can run, because there is no Node: run make setup")
    return found
