"""Functions that run: what Lambda and those that invoke functions do, over what moto keeps of them.

authority    who may invoke a function, and what a function may call
credentials  the keys by which a function calls
invocation   the invocations of functions, with their logs
node         the runtime
response     the responses to CloudFormation's requests for custom resources
schedule     what EventBridge Scheduler does when the time of a schedule comes
topic        what SNS delivers to functions
"""

# ruff: noqa: F401
from . import authority, invocation, response, schedule, topic
