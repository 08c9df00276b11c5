# SPDX-License-Identifier: Apache-2.0
"""Dead letters that keep their trace, through boto3.

Usage: dead_letters.py COMMAND   prints one JSON document: what was seen. The endpoint comes from AWS_ENDPOINT_URL.
"""

import http.server
import json
import sys
import threading
import time

import boto3
from botocore.config import Config

from order_system import zipped


def client(name):
    return boto3.client(name, config=Config(retries={"max_attempts": 1}, read_timeout=60))


events, functions, queues, xray = client("events"), client("lambda"), client("sqs"), client("xray")
TRUST = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}],
}
RECORDING = """
def handler(event, context):
    return event["detail"]
"""
FAILING = """
def handler(event, context):
    raise ValueError("no stock for " + event["detail"]["order"])
"""
REDRIVING = """
import json, os
import boto3

events = boto3.client("events")

def handler(batch, context):
    for record in batch["Records"]:
        event = json.loads(record["body"])
        entry = {"Source": event["source"], "DetailType": event["detail-type"], "Detail": json.dumps(event["detail"])}
        if os.environ["CONTINUE"] == "yes":
            entry["TraceHeader"] = record["attributes"]["AWSTraceHeader"]
        assert events.put_events(Entries=[entry])["FailedEntryCount"] == 0
"""


def until(read, done=bool, seconds=40):
    """What read() answers once done; polls, because the service works in the background."""
    end = time.monotonic() + seconds
    while True:
        answer = read()
        if done(answer):
            return answer
        if time.monotonic() > end:
            raise AssertionError(f"still {answer} after {seconds} s")
        time.sleep(0.05)


def trace(number):
    """A trace of our own, and the header that continues it."""
    root = f"1-{int(time.time()):08x}-{number:024x}"
    return root, f"Root={root};Parent={number:016x};Sampled=1"


def queue(name):
    url = queues.create_queue(QueueName=name)["QueueUrl"]
    arn = queues.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    policy = {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Principal": {"Service": "events.amazonaws.com"},
                "Action": "sqs:SendMessage",
                "Resource": arn,
            }
        ],
    }
    queues.set_queue_attributes(QueueUrl=url, Attributes={"Policy": json.dumps(policy)})
    return url, arn


def receive(url):
    def read():
        return queues.receive_message(
            QueueUrl=url, WaitTimeSeconds=5, MessageAttributeNames=["All"], MessageSystemAttributeNames=["All"]
        ).get("Messages")

    message = until(read)[0]
    return {
        "body": json.loads(message["Body"]),
        "attributes": {name: value["StringValue"] for name, value in message.get("MessageAttributes", {}).items()},
        "trace": message["Attributes"].get("AWSTraceHeader", ""),
    }


def function(name, code, **more):
    role = client("iam").create_role(RoleName=name, AssumeRolePolicyDocument=json.dumps(TRUST))["Role"]["Arn"]
    return functions.create_function(
        FunctionName=name,
        Runtime="python3.12",
        Role=role,
        Handler="app.handler",
        Code={"ZipFile": zipped("app.py", code)},
        TracingConfig={"Mode": "Active"},
        Timeout=20,
        **more,
    )["FunctionArn"]


def allow(name, rule):
    functions.add_permission(
        FunctionName=name,
        StatementId="bus",
        Action="lambda:InvokeFunction",
        Principal="events.amazonaws.com",
        SourceArn=rule,
    )


def rule(name, target, dead):
    arn = events.put_rule(Name=name, EventPattern=json.dumps({"source": [name]}))["RuleArn"]
    target = {
        "Id": "1",
        "Arn": target,
        "RetryPolicy": {"MaximumRetryAttempts": 2, "MaximumEventAgeInSeconds": 60},
        "DeadLetterConfig": {"Arn": dead},
    }
    assert events.put_targets(Rule=name, Targets=[target])["FailedEntryCount"] == 0
    return arn


def put(source, header, order="order-1"):
    answer = events.put_events(
        Entries=[
            {
                "Source": source,
                "DetailType": "Order Created",
                "Detail": json.dumps({"order": order}),
                "TraceHeader": header,
            }
        ]
    )
    assert answer["FailedEntryCount"] == 0, answer
    return answer["Entries"][0]["EventId"]


def documents(root, enough):
    """The documents of a trace once enough() is satisfied with them and none is in progress."""

    def read():
        found = xray.batch_get_traces(TraceIds=[root])["Traces"]
        return [json.loads(segment["Document"]) for segment in found[0]["Segments"]] if found else []

    return until(read, lambda held: enough(held) and not any(document.get("in_progress") for document in held))


def ran(name):
    """Whether documents tell that this function ran."""
    return lambda held: any(
        document["name"] == name and document.get("origin") == "AWS::Lambda::Function" for document in held
    )


def refused():
    """C3.1: the function no longer allows the rule."""
    url, dead = queue("refused")
    target = function("refused", RECORDING)
    allow("refused", rule("refused", target, dead))
    functions.remove_permission(FunctionName="refused", StatementId="bus")
    root, header = trace(0xC31)
    began = time.monotonic()
    put("refused", header)
    letter = receive(url)
    return {"root": root, "seconds": time.monotonic() - began, "letter": letter, "target": target}


class Broken(http.server.BaseHTTPRequestHandler):
    requests = 0

    def do_POST(self):
        Broken.requests += 1
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.send_response(503)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


def exhausted():
    """C3.2: an endpoint that always fails."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Broken)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url, dead = queue("exhausted")
    connection = events.create_connection(
        Name="exhausted",
        AuthorizationType="API_KEY",
        AuthParameters={"ApiKeyAuthParameters": {"ApiKeyName": "X-Key", "ApiKeyValue": "k"}},
    )["ConnectionArn"]
    endpoint = events.create_api_destination(
        Name="exhausted",
        ConnectionArn=connection,
        InvocationEndpoint=f"http://127.0.0.1:{server.server_port}/",
        HttpMethod="POST",
    )["ApiDestinationArn"]
    rule("exhausted", endpoint, dead)
    root, header = trace(0xC32)
    put("exhausted", header)
    return {"root": root, "letter": receive(url), "requests": Broken.requests}


def failed():
    """C3.3: the function raises at every try."""
    dead_url, dead = queue("failed-dead")
    told_url, told = queue("failed-told")
    target = function("failed", FAILING, DeadLetterConfig={"TargetArn": dead})
    functions.put_function_event_invoke_config(
        FunctionName="failed", DestinationConfig={"OnFailure": {"Destination": told}}
    )
    allow("failed", rule("failed", target, dead))
    root, header = trace(0xC33)
    put("failed", header)
    letter, record = receive(dead_url), receive(told_url)
    tries = lambda held: sum(document.get("origin") == "AWS::Lambda::Function" for document in held) == 3
    return {"root": root, "letter": letter, "record": record, "documents": documents(root, tries)}


def redriven(name, goes_on):
    url, dead = queue(name)
    target = function(name, RECORDING)
    arn = rule(name, target, dead)
    root, header = trace(0xC34 if goes_on else 0xC340)
    put(name, header)
    until(
        lambda: queues.get_queue_attributes(QueueUrl=url, AttributeNames=["ApproximateNumberOfMessages"])[
            "Attributes"
        ]["ApproximateNumberOfMessages"],
        lambda count: count == "1",
    )
    allow(name, arn)
    redrive = name + "-redrive"
    function(redrive, REDRIVING, Environment={"Variables": {"CONTINUE": "yes" if goes_on else "no"}})
    mapping = functions.create_event_source_mapping(FunctionName=redrive, EventSourceArn=dead, BatchSize=1)
    if goes_on:
        original = documents(root, ran(name))
    else:
        original = documents(root, bool)
    return {
        "root": root,
        "mapping": functions.get_event_source_mapping(UUID=mapping["UUID"])["State"],
        "documents": original,
        "linked": linked(redrive, None if goes_on else ran(name)),
    }


def linked(name, enough):
    """The documents of the trace in which the function of this name ran."""

    def read():
        now = time.time()
        found = xray.get_trace_summaries(
            StartTime=now - 600, EndTime=now + 60, FilterExpression=f'service("{name}")'
        )["TraceSummaries"]
        return [summary["Id"] for summary in found]

    root = until(read)[0]
    return {"root": root, "documents": documents(root, lambda held: ran(name)(held) and (enough or bool)(held))}


def main(command):
    commands = {
        "refused": refused,
        "exhausted": exhausted,
        "failed": failed,
        "redriven": lambda: redriven("redriven", True),
        "redriven-apart": lambda: redriven("redriven-apart", False),
    }
    print(json.dumps(commands[command](), default=str))


if __name__ == "__main__":
    main(*sys.argv[1:])
