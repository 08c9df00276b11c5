# SPDX-License-Identifier: Apache-2.0
"""The recipe's order system through boto3: what the tests with real clients deploy, drive and read.

Usage: order_system.py COMMAND [ARGUMENT]...   prints one JSON document. The endpoint comes from AWS_ENDPOINT_URL.
"""

import concurrent.futures
import datetime
import io
import json
import os
import re
import sys
import time
import urllib.error
import urllib.request
import zipfile

import boto3
from botocore.config import Config

SERVICES = ["order", "payment", "inventory", "notification"]
RULES = {
    "payment": ("payment-processing-rule", {"source": ["order.service"], "detail-type": ["Order Created"]}),
    "inventory": ("inventory-update-rule", {"source": ["order.service"], "detail-type": ["Order Created"]}),
    "notification": (
        "notification-rule",
        {
            "source": ["payment.service", "inventory.service"],
            "detail-type": ["Payment Processed", "Inventory Updated"],
        },
    ),
}


def client(name):
    return boto3.client(name, config=Config(retries={"max_attempts": 1}, read_timeout=60))


def functions_of(recipe):
    """The Python files that the recipe writes with here-documents, by name."""
    text = open(recipe, encoding="utf-8").read()
    return dict(re.findall(r"cat > (\S+)\.py << 'EOF'\n(.*?)\nEOF\n", text, re.S))


def zipped(name, code):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(name, code)
    return packed.getvalue()


def deploy(recipe, suffix):
    iam, events, functions, api = client("iam"), client("events"), client("lambda"), client("apigateway")
    account = client("sts").get_caller_identity()["Account"]
    region = events.meta.region_name
    role = iam.create_role(
        RoleName="role-" + suffix,
        AssumeRolePolicyDocument=json.dumps(
            {
                "Version": "2012-10-17",
                "Statement": [
                    {"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}
                ],
            }
        ),
    )["Role"]["Arn"]
    bus = "bus-" + suffix
    events.create_event_bus(Name=bus)
    arns = {}
    for service, code in functions_of(recipe).items():
        kind = service.removesuffix("-service")
        arns[kind] = functions.create_function(
            FunctionName=f"{service}-{suffix}",
            Runtime="python3.12",
            Role=role,
            Handler=service + ".lambda_handler",
            Code={"ZipFile": zipped(service + ".py", code)},
            Environment={"Variables": {"EVENT_BUS_NAME": bus}},
            TracingConfig={"Mode": "Active"},
            Timeout=30,
        )["FunctionArn"]
    for kind, (rule, pattern) in RULES.items():
        arn = events.put_rule(Name=f"{rule}-{suffix}", EventPattern=json.dumps(pattern), EventBusName=bus)["RuleArn"]
        failed = events.put_targets(
            Rule=f"{rule}-{suffix}", EventBusName=bus, Targets=[{"Id": "1", "Arn": arns[kind]}]
        )
        assert failed["FailedEntryCount"] == 0, failed
        functions.add_permission(
            FunctionName=arns[kind],
            StatementId="bus",
            Action="lambda:InvokeFunction",
            Principal="events.amazonaws.com",
            SourceArn=arn,
        )
    rest = api.create_rest_api(name="api-" + suffix)["id"]
    root = api.get_resources(restApiId=rest)["items"][0]["id"]
    orders = api.create_resource(restApiId=rest, parentId=root, pathPart="orders")["id"]
    customer = api.create_resource(restApiId=rest, parentId=orders, pathPart="{customerId}")["id"]
    api.put_method(restApiId=rest, resourceId=customer, httpMethod="POST", authorizationType="NONE")
    api.put_integration(
        restApiId=rest,
        resourceId=customer,
        httpMethod="POST",
        type="AWS_PROXY",
        integrationHttpMethod="POST",
        uri=f"arn:aws:apigateway:{region}:lambda:path/2015-03-31/functions/{arns['order']}/invocations",
    )
    api.create_deployment(restApiId=rest, stageName="prod")
    api.update_stage(
        restApiId=rest,
        stageName="prod",
        patchOperations=[{"op": "replace", "path": "/tracingEnabled", "value": "true"}],
    )
    functions.add_permission(
        FunctionName=arns["order"],
        StatementId="api",
        Action="lambda:InvokeFunction",
        Principal="apigateway.amazonaws.com",
        SourceArn=f"arn:aws:execute-api:{region}:{account}:{rest}/*/*/*",
    )
    return {"api": rest, "bus": bus, "functions": arns, "account": account, "suffix": suffix}


def post(api, customer):
    """One order: status, seconds it took, the trace it began, when it was answered."""
    request = urllib.request.Request(
        f"{os.environ['AWS_ENDPOINT_URL']}/_aws/execute-api/{api}/prod/orders/{customer}",
        data=b'{"productId": "12345", "quantity": 1}',
        headers={"Content-Type": "application/json"},
        method="POST",
    )
    began = time.monotonic()
    try:
        with urllib.request.urlopen(request, timeout=60) as response:
            status, headers, body = response.status, response.headers, response.read()
    except urllib.error.HTTPError as error:
        status, headers, body = error.code, error.headers, error.read()
    header = headers.get("X-Amzn-Trace-Id", "")
    return {
        "status": status,
        "seconds": time.monotonic() - began,
        "trace": header.removeprefix("Root=").split(";")[0],
        "body": body.decode(),
        "requestId": headers.get("x-amzn-RequestId"),
        "apigwId": headers.get("x-amz-apigw-id"),
    }


def orders(api, count):
    with concurrent.futures.ThreadPoolExecutor(count) as pool:
        return list(pool.map(lambda number: post(api, f"customer{number}"), range(count)))


def documents(trace):
    found = client("xray").batch_get_traces(TraceIds=[trace])["Traces"]
    return [json.loads(segment["Document"]) for segment in found[0]["Segments"]] if found else []


def complete(trace, count, patience):
    """Polls until the trace has this many documents and none is in progress; what it holds then, and how long it took."""
    began = time.monotonic()
    while True:
        held = documents(trace)
        waited = time.monotonic() - began
        if len(held) >= count and not any(document.get("in_progress") for document in held):
            return {"seconds": waited, "documents": held}
        if waited > patience:
            return {"seconds": waited, "documents": held}
        time.sleep(0.05)


def summaries():
    xray = client("xray")
    now = datetime.datetime.now(datetime.timezone.utc)
    pages = xray.get_paginator("get_trace_summaries").paginate(
        StartTime=now - datetime.timedelta(minutes=30), EndTime=now + datetime.timedelta(minutes=1)
    )
    return [summary for page in pages for summary in page["TraceSummaries"]]


def graph():
    now = datetime.datetime.now(datetime.timezone.utc)
    pages = (
        client("xray")
        .get_paginator("get_service_graph")
        .paginate(StartTime=now - datetime.timedelta(minutes=30), EndTime=now + datetime.timedelta(minutes=1))
    )
    return [service for page in pages for service in page["Services"]]


def trace_graph(trace):
    return client("xray").get_trace_graph(TraceIds=[trace])["Services"]


def remove_permission(function):
    client("lambda").remove_permission(FunctionName=function, StatementId="bus")


def log_lines(group):
    events = client("logs").get_paginator("filter_log_events").paginate(logGroupName=group)
    return [event["message"] for page in events for event in page["events"]]


def put_events(bus, calls, batch, acknowledged):
    """Calls PutEvents until told to end; each event id is written to a file as soon as its call is answered."""
    events = client("events")
    with open(acknowledged, "a", buffering=1, encoding="utf-8") as out:
        for call in range(int(calls)):
            entries = [
                {
                    "Source": "kill.test",
                    "DetailType": "Numbered",
                    "Detail": json.dumps({"number": call * int(batch) + entry}),
                    "EventBusName": bus,
                }
                for entry in range(int(batch))
            ]
            try:
                answer = events.put_events(Entries=entries)
            except Exception as error:  # the server is gone: what was not answered does not count
                return {"ended": str(error)[:200], "calls": call}
            for entry in answer["Entries"]:
                if "EventId" in entry:
                    out.write(entry["EventId"] + "\n")
    return {"ended": "", "calls": int(calls)}


def deploy_recorder(out, suffix):
    """A bus whose events reach a function that appends each event's id to a file."""
    code = (
        "import os\n"
        "def handler(event, context):\n"
        "    with open(os.environ['OUT'], 'a') as out:\n"
        "        out.write(event['id'] + '\\n')\n"
    )
    iam, events, functions = client("iam"), client("events"), client("lambda")
    role = iam.create_role(
        RoleName="recorder-" + suffix,
        AssumeRolePolicyDocument=json.dumps(
            {
                "Version": "2012-10-17",
                "Statement": [
                    {"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}
                ],
            }
        ),
    )["Role"]["Arn"]
    bus = "recorded-" + suffix
    events.create_event_bus(Name=bus)
    function = functions.create_function(
        FunctionName="recorder-" + suffix,
        Runtime="python3.12",
        Role=role,
        Handler="recorder.handler",
        Code={"ZipFile": zipped("recorder.py", code)},
        Environment={"Variables": {"OUT": out}},
        Timeout=30,
    )["FunctionArn"]
    functions.put_function_concurrency(FunctionName=function, ReservedConcurrentExecutions=4)
    rule = events.put_rule(Name="all", EventBusName=bus, EventPattern='{"source":[{"prefix":""}]}')["RuleArn"]
    failed = events.put_targets(Rule="all", EventBusName=bus, Targets=[{"Id": "1", "Arn": function}])
    assert failed["FailedEntryCount"] == 0, failed
    functions.add_permission(
        FunctionName=function,
        StatementId="bus",
        Action="lambda:InvokeFunction",
        Principal="events.amazonaws.com",
        SourceArn=rule,
    )
    return {"bus": bus}


def put_segments(calls, batch, acknowledged):
    """Calls PutTraceSegments until told to end; each trace id is written to a file as soon as its call is answered."""
    xray = client("xray")
    now = int(time.time())
    with open(acknowledged, "a", buffering=1, encoding="utf-8") as out:
        for call in range(int(calls)):
            traces = [f"1-{now:08x}-{call * int(batch) + number:024x}" for number in range(int(batch))]
            try:
                answer = xray.put_trace_segments(
                    TraceSegmentDocuments=[
                        json.dumps(
                            {
                                "name": "kill",
                                "id": f"{call * int(batch) + number:016x}",
                                "trace_id": trace,
                                "start_time": now,
                                "end_time": now + 0.5,
                            }
                        )
                        for number, trace in enumerate(traces)
                    ]
                )
            except Exception as error:  # the server is gone: what was not answered does not count
                return {"ended": str(error)[:200], "calls": call}
            assert not answer["UnprocessedTraceSegments"], answer
            out.writelines(trace + "\n" for trace in traces)
    return {"ended": "", "calls": int(calls)}


def missing_traces(acknowledged):
    """The traces of a file that BatchGetTraces does not return."""
    xray = client("xray")
    wanted = open(acknowledged, encoding="utf-8").read().split()
    found = set()
    for at in range(0, len(wanted), 5):
        found.update(trace["Id"] for trace in xray.batch_get_traces(TraceIds=wanted[at : at + 5])["Traces"])
    return sorted(set(wanted) - found)


def main(command, *arguments):
    commands = {
        "deploy": lambda recipe, suffix: deploy(recipe, suffix),
        "orders": lambda api, count: orders(api, int(count)),
        "complete": lambda trace, count, patience: complete(trace, int(count), float(patience)),
        "documents": lambda trace: documents(trace),
        "summaries": summaries,
        "graph": graph,
        "trace-graph": trace_graph,
        "remove-permission": remove_permission,
        "logs": log_lines,
        "deploy-recorder": deploy_recorder,
        "put-events": put_events,
        "put-segments": put_segments,
        "missing-traces": missing_traces,
    }
    print(json.dumps(commands[command](*arguments), default=str))


if __name__ == "__main__":
    main(*sys.argv[1:])
