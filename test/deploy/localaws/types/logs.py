"""Logs: flow logs, deliveries of what services of AWS log, and saved queries."""

from functools import partial

from ..engine.expression import ID, api, prop
from ..engine.resourcetype import ResourceType, register
from .tags import RETAG, tags

_FLOW_LOG = (
    "DeliverLogsPermissionArn LogDestination LogDestinationType LogFormat LogGroupName MaxAggregationInterval ResourceType "
    "TrafficType"
)

_save = partial(
    api,
    "logs.put_query_definition",
    name=prop("Name"),
    queryString=prop("QueryString"),
    logGroupNames=prop("LogGroupNames", []),
    queryLanguage=prop("QueryLanguage"),
)

register(
    ResourceType(
        "AWS::EC2::FlowLog",
        replacement=f"{_FLOW_LOG} ResourceId",
        in_place="Tags",
        create=[api("ec2.create_flow_logs", _FLOW_LOG, ResourceIds=[prop("ResourceId")], TagSpecifications=tags("vpc-flow-log"))],
        update=RETAG,
        delete=[api("ec2.delete_flow_logs", FlowLogIds=[ID])],
        id="FlowLogIds[0]",
        attributes={"Id": ID},
    ),
    ResourceType(
        "AWS::Logs::QueryDefinition",
        in_place="LogGroupNames Name QueryLanguage QueryString",
        create=[_save()],
        update=[_save(queryDefinitionId=ID)],
        delete=[api("logs.delete_query_definition", queryDefinitionId=ID)],
        id="queryDefinitionId",
        attributes={"QueryDefinitionId": ID},
    ),
    ResourceType(
        "AWS::Logs::DeliverySource",
        replacement="Name",
        in_place="LogType ResourceArn",
        create=[
            api(
                "logs.put_delivery_source",
                name=prop("Name"),
                logType=prop("LogType"),
                resourceArn=prop("ResourceArn"),
                result="deliverySource",
            )
        ],
        delete=[api("logs.delete_delivery_source", name=ID)],
        id="name",
        attributes={"Arn": "arn", "ResourceArns": "resourceArns", "Service": "service"},
    ),
    ResourceType(
        "AWS::Logs::DeliveryDestination",
        replacement="DestinationResourceArn Name OutputFormat",
        create=[
            api(
                "logs.put_delivery_destination",
                name=prop("Name"),
                outputFormat=prop("OutputFormat"),
                deliveryDestinationConfiguration={"destinationResourceArn": prop("DestinationResourceArn")},
                result="deliveryDestination",
            )
        ],
        delete=[api("logs.delete_delivery_destination", name=ID)],
        id="name",
        attributes={"Arn": "arn"},
    ),
    ResourceType(
        "AWS::Logs::Delivery",
        replacement="DeliveryDestinationArn DeliverySourceName",
        create=[
            api(
                "logs.create_delivery",
                deliverySourceName=prop("DeliverySourceName"),
                deliveryDestinationArn=prop("DeliveryDestinationArn"),
                result="delivery",
            )
        ],
        delete=[api("logs.delete_delivery", id=ID)],
        id="id",
        attributes={"Arn": "arn", "DeliveryDestinationType": "deliveryDestinationType", "DeliveryId": ID},
    ),
)
