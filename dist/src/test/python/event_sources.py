# SPDX-License-Identifier: Apache-2.0
"""Connections, API destinations, archives, replays and schedules through boto3.

Usage: event_sources.py   prints one JSON document: what was seen. The endpoint comes from AWS_ENDPOINT_URL.
"""

import datetime
import http.server
import json
import queue
import threading
import time

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

events = boto3.client("events", config=Config(retries={"max_attempts": 1}, read_timeout=60))
operations = []
events.meta.events.register("before-call.events", lambda model, **_: operations.append(model.name))
requests = queue.Queue()


class Endpoint(http.server.BaseHTTPRequestHandler):
    """Grants tokens at /token, takes whatever else comes."""

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        answer = b"{}"
        if self.path == "/token":
            answer = b'{"access_token":"granted","expires_in":60}'
        else:
            requests.put({"path": self.path, "headers": {k.lower(): v for k, v in self.headers.items()}, "body": body})
        self.send_response(200)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_):
        pass


def until(read, done, seconds=30):
    """What read() answers once done; polls, because the service works in the background."""
    end = time.monotonic() + seconds
    while True:
        answer = read()
        if done(answer):
            return answer
        if time.monotonic() > end:
            raise AssertionError(f"still {answer} after {seconds} s")
        time.sleep(0.05)


def refusal(call, **arguments):
    try:
        call(**arguments)
    except ClientError as e:
        return [e.response["Error"]["Code"], e.response["Error"]["Message"]]
    return None


def connections(base):
    created = {
        "basic": events.create_connection(
            Name="basic",
            AuthorizationType="BASIC",
            AuthParameters={
                "BasicAuthParameters": {"Username": "ada", "Password": "hunter2"},
                "InvocationHttpParameters": {
                    "HeaderParameters": [{"Key": "X-Secret", "Value": "hidden", "IsValueSecret": True}]
                },
            },
        ),
        "key": events.create_connection(
            Name="key",
            AuthorizationType="API_KEY",
            AuthParameters={"ApiKeyAuthParameters": {"ApiKeyName": "X-Key", "ApiKeyValue": "k-1"}},
        ),
        "oauth": events.create_connection(
            Name="oauth",
            AuthorizationType="OAUTH_CLIENT_CREDENTIALS",
            AuthParameters={
                "OAuthParameters": {
                    "ClientParameters": {"ClientID": "client", "ClientSecret": "s3cret"},
                    "AuthorizationEndpoint": base + "/token",
                    "HttpMethod": "POST",
                }
            },
        ),
    }
    events.update_connection(
        Name="key", AuthParameters={"ApiKeyAuthParameters": {"ApiKeyName": "X-Key", "ApiKeyValue": "k-2"}}
    )
    until(lambda: events.describe_connection(Name="oauth")["ConnectionState"], lambda state: state == "AUTHORIZED")
    described = events.describe_connection(Name="basic")
    described.pop("ResponseMetadata")
    return {
        "states": {name: connection["ConnectionState"] for name, connection in created.items()},
        "described": json.loads(json.dumps(described, default=str)),
        "listed": [connection["Name"] for connection in events.list_connections()["Connections"]],
        "missing": refusal(events.describe_connection, Name="nope"),
        "invalid": refusal(
            events.create_connection, Name="bad name", AuthorizationType="BASIC", AuthParameters={}
        ),
    }, created


def destinations(base, created):
    for name in ["basic", "key", "oauth"]:
        arn = events.create_api_destination(
            Name=name,
            ConnectionArn=created[name]["ConnectionArn"],
            InvocationEndpoint=base + "/" + name + "/*",
            HttpMethod="POST",
        )["ApiDestinationArn"]
        events.put_rule(Name=name, EventPattern=json.dumps({"source": ["shop." + name]}))
        events.put_targets(
            Rule=name, Targets=[{"Id": "1", "Arn": arn, "HttpParameters": {"PathParameterValues": ["a b"]}}]
        )
    events.update_api_destination(Name="basic", InvocationRateLimitPerSecond=50)
    delivered = {}
    for name in ["basic", "key", "oauth"]:
        put_event("shop." + name)
        delivered[name] = requests.get(timeout=30)
    return {
        "described": {
            key: value
            for key, value in events.describe_api_destination(Name="basic").items()
            if key in ["Name", "ApiDestinationState", "InvocationRateLimitPerSecond", "HttpMethod"]
        },
        "listed": [found["Name"] for found in events.list_api_destinations()["ApiDestinations"]],
        "delivered": delivered,
        "missing": refusal(events.describe_api_destination, Name="nope"),
    }


def put_event(source):
    answer = events.put_events(
        Entries=[{"Source": source, "DetailType": "Order Created", "Detail": json.dumps({"amount": 9.9})}]
    )
    assert answer["FailedEntryCount"] == 0, answer


def archives():
    bus = events.describe_event_bus()["Arn"]
    archive = events.create_archive(ArchiveName="all", EventSourceArn=bus, RetentionDays=7)
    events.update_archive(ArchiveName="all", EventPattern=json.dumps({"source": ["shop.key"]}))
    put_event("shop.key")
    put_event("shop.basic")
    delivered = [requests.get(timeout=30), requests.get(timeout=30)]
    original = next(request for request in delivered if "x-key" in request["headers"])
    described = events.describe_archive(ArchiveName="all")
    now = datetime.datetime.now(datetime.timezone.utc)
    hour = datetime.timedelta(hours=1)
    window = {"EventStartTime": now - hour, "EventEndTime": now + hour}
    started = events.start_replay(
        ReplayName="again",
        EventSourceArn=archive["ArchiveArn"],
        Destination={"Arn": bus, "FilterArns": [events.describe_rule(Name="key")["Arn"]]},
        **window,
    )
    replayed = requests.get(timeout=30)
    ended = until(lambda: events.describe_replay(ReplayName="again"), lambda replay: replay["State"] == "COMPLETED")
    result = {
        "count": described["EventCount"],
        "size": described["SizeBytes"],
        "archives": [found["ArchiveName"] for found in events.list_archives()["Archives"]],
        "started": started["State"],
        "replays": [found["State"] for found in events.list_replays(NamePrefix="ag")["Replays"]],
        "progress": ended["EventLastReplayedTime"].isoformat(),
        "original": original,
        "replayed": replayed,
        "cancel": refusal(events.cancel_replay, ReplayName="again"),
        "twice": refusal(
            events.start_replay,
            ReplayName="again",
            EventSourceArn=archive["ArchiveArn"],
            Destination={"Arn": bus},
            **window,
        ),
    }
    events.delete_archive(ArchiveName="all")
    result["deleted"] = refusal(events.describe_archive, ArchiveName="all")
    return result


def schedules():
    events.put_rule(Name="nightly", ScheduleExpression="cron(0 3 ? * MON-FRI *)", State="DISABLED")
    events.enable_rule(Name="nightly")
    return {
        "expression": events.describe_rule(Name="nightly")["ScheduleExpression"],
        "listed": [rule.get("ScheduleExpression") for rule in events.list_rules(NamePrefix="night")["Rules"]],
        "invalid": refusal(events.put_rule, Name="bad", ScheduleExpression="rate(1 minutes)"),
    }


def remove():
    for name in ["basic", "key", "oauth"]:
        events.remove_targets(Rule=name, Ids=["1"])
        events.delete_rule(Name=name)
        events.delete_api_destination(Name=name)
    deauthorized = events.deauthorize_connection(Name="basic")["ConnectionState"]
    deleted = [events.delete_connection(Name=name)["ConnectionState"] for name in ["basic", "key", "oauth"]]
    return {"deauthorized": deauthorized, "deleted": deleted, "left": events.list_connections()["Connections"]}


def main():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Endpoint)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    base = "http://127.0.0.1:%d" % server.server_port
    seen = {}
    seen["connections"], created = connections(base)
    seen["destinations"] = destinations(base, created)
    seen["archives"] = archives()
    seen["schedules"] = schedules()
    seen["removed"] = remove()
    seen["operations"] = sorted(set(operations))
    print(json.dumps(seen))
    server.shutdown()


main()
