"""What SNS delivers to functions.

https://docs.aws.amazon.com/lambda/latest/dg/with-sns.html
"""

from typing import Any

from moto.awslambda.exceptions import UnknownFunctionException
from moto.sns.models import Subscription

from ..overlay import instead
from .authority import service_may_invoke
from .invocation import function_of, invoke_later

_publish: Any = Subscription.publish


@instead(Subscription, "publish")
def _deliver(subscription: Any, message: str, message_id: str, **settings: Any) -> None:
    """Deliver a message to a subscription, to a function in the background.

    Assumption: what cannot be delivered is dropped. SNS tries again, and puts it into a dead-letter queue if there is one.
    """
    if subscription.protocol != "lambda":
        _publish(subscription, message, message_id, **settings)
        return
    try:
        function = function_of(subscription.endpoint)
    except UnknownFunctionException:
        return
    if service_may_invoke("sns.amazonaws.com", function, subscription.topic_arn):
        invoke_later(function, {"Records": [_record(subscription, message, message_id, settings.get("subject"))]})


def _record(subscription: Any, message: str, message_id: str, subject: str | None) -> dict[str, Any]:
    content = {"Type": "Notification", "MessageId": message_id, "TopicArn": subscription.topic_arn, "Message": message}
    return {
        "EventSource": "aws:sns",
        "EventVersion": "1.0",
        "EventSubscriptionArn": subscription.arn,
        "Sns": content | {"Subject": subject},
    }
