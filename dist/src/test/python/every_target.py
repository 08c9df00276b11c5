# SPDX-License-Identifier: Apache-2.0
"""A bus whose events go to a function, a queue and an HTTP endpoint at once, through boto3.

Usage: every_target.py deploy OUT URL | drain QUEUE OUT   prints one JSON document. The endpoint comes from AWS_ENDPOINT_URL.
"""

import json
import sys

import boto3
from botocore.config import Config

from order_system import deploy_recorder

MOST = 5_000


def client(name):
    return boto3.client(name, config=Config(retries={"max_attempts": 1}, read_timeout=60))


def deploy(out, url):
    """The function writes the ids of its events to a file, as does whoever serves the URL."""
    events, queues = client("events"), client("sqs")
    bus = deploy_recorder(out, "every")["bus"]
    rule = events.describe_rule(Name="all", EventBusName=bus)["Arn"]
    queue = queues.create_queue(QueueName="every")["QueueUrl"]
    arn = queues.get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    policy = {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Principal": {"Service": "events.amazonaws.com"},
                "Action": "sqs:SendMessage",
                "Resource": arn,
                "Condition": {"ArnEquals": {"aws:SourceArn": rule}},
            }
        ],
    }
    queues.set_queue_attributes(QueueUrl=queue, Attributes={"Policy": json.dumps(policy)})
    connection = events.create_connection(
        Name="every",
        AuthorizationType="API_KEY",
        AuthParameters={"ApiKeyAuthParameters": {"ApiKeyName": "X-Key", "ApiKeyValue": "k"}},
    )["ConnectionArn"]
    endpoint = events.create_api_destination(
        Name="every",
        ConnectionArn=connection,
        InvocationEndpoint=url,
        HttpMethod="POST",
        InvocationRateLimitPerSecond=300,
    )["ApiDestinationArn"]
    targets = [{"Id": "queue", "Arn": arn}, {"Id": "endpoint", "Arn": endpoint}]
    assert events.put_targets(Rule="all", EventBusName=bus, Targets=targets)["FailedEntryCount"] == 0
    return {"bus": bus, "queue": queue.rsplit("/", 1)[1]}


def drain(name, out):
    """Takes messages until there are none, or many; the ids of their events go to a file before they are deleted."""
    queues = client("sqs")
    queue = queues.get_queue_url(QueueName=name)["QueueUrl"]
    taken = 0
    with open(out, "a", buffering=1, encoding="utf-8") as file:
        while taken < MOST:
            messages = queues.receive_message(QueueUrl=queue, MaxNumberOfMessages=10, WaitTimeSeconds=1).get("Messages")
            if not messages:
                break
            taken += len(messages)
            file.writelines(json.loads(message["Body"])["id"] + "\n" for message in messages)
            entries = [
                {"Id": str(number), "ReceiptHandle": message["ReceiptHandle"]} for number, message in enumerate(messages)
            ]
            assert not queues.delete_message_batch(QueueUrl=queue, Entries=entries).get("Failed")
    return {"taken": taken}


def main(command, *arguments):
    print(json.dumps({"deploy": deploy, "drain": drain}[command](*arguments)))


if __name__ == "__main__":
    main(*sys.argv[1:])
