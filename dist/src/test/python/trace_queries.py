# SPDX-License-Identifier: Apache-2.0
"""Every X-Ray operation on groups, tags, policies, settings and retrievals, and filters, with boto3.

Needs AWS_ENDPOINT_URL and credentials in the environment. Ends with a status other than 0 if an answer is wrong.
"""
import json
import os
import time

import boto3
from botocore.exceptions import ClientError

assert os.environ.get("AWS_ENDPOINT_URL"), "AWS_ENDPOINT_URL has to name the server"
xray = boto3.client("xray")
now = time.time()


def refused(code, call, **arguments):
    try:
        call(**arguments)
    except ClientError as error:
        assert error.response["Error"]["Code"] == code, error
        return error.response["Error"].get("Message") or error.response.get("Message", "")
    raise AssertionError(f"{code} was expected")


def hexadecimal(characters):
    return os.urandom(characters // 2).hex()


def trace(name, **members):
    trace_id = f"1-{int(now):08x}-{hexadecimal(24)}"
    document = {"trace_id": trace_id, "id": hexadecimal(16), "name": name, "start_time": now - 3, "end_time": now}
    document.update(members)
    unprocessed = xray.put_trace_segments(TraceSegmentDocuments=[json.dumps(document)])["UnprocessedTraceSegments"]
    assert unprocessed == [], unprocessed
    return trace_id


def found(expression, **arguments):
    pages = xray.get_paginator("get_trace_summaries").paginate(
        StartTime=now - 60, EndTime=now + 60, FilterExpression=expression, **arguments)
    return [summary["Id"] for page in pages for summary in page["TraceSummaries"]]


group = xray.create_group(
    GroupName="slow-shop",
    FilterExpression='service("shop") AND responsetime > 1',
    InsightsConfiguration={"InsightsEnabled": False},
    Tags=[{"Key": "team", "Value": "a"}])["Group"]
shop = trace("shop", user="alice", annotations={"order": "o-1", "size": 3}, fault=True,
             http={"request": {"url": "http://shop/orders", "method": "POST"}, "response": {"status": 502}},
             subsegments=[{"id": hexadecimal(16), "name": "DynamoDB", "namespace": "aws", "start_time": now - 2,
                           "end_time": now - 1, "aws": {"table_name": "orders", "operation": "PutItem"}}])
cron = trace("cron", user="bob", annotations={"size": 1})

# filters
assert found('user = "alice"') == [shop]
assert found('annotation.order BEGINSWITH "o-" AND annotation[size] >= 3') == [shop]
assert found('service(id(type: "AWS::DynamoDB::Table")) { inferred }') == [shop]
assert found('edge("shop", "orders") { ok }') == [shop]
assert found("!fault") == [cron]
assert found('group.name = "slow-shop"', TimeRangeType="Event") == [shop]
assert found("fault", TimeRangeType="Service", Sampling=True) == [shop]
assert "Invalid input symbol" in refused(
    "InvalidRequestException", xray.get_trace_summaries, StartTime=now - 60, EndTime=now, FilterExpression="statuscode = 5")
summary = next(iter(xray.get_trace_summaries(StartTime=now - 60, EndTime=now + 60, FilterExpression="fault")["TraceSummaries"]))
assert summary["Http"]["HttpStatus"] == 502 and summary["FaultRootCauses"][0]["Services"], summary
assert xray.get_trace_summaries(
    StartTime=now - 60, EndTime=now + 60, FilterExpression="!fault")["TraceSummaries"][0]["Http"] == {}

# groups
assert group["GroupARN"].startswith("arn:aws:xray:us-east-1:111111111111:group/slow-shop/"), group
assert [one["GroupName"] for one in xray.get_groups()["Groups"]] == ["Default", "slow-shop"]
assert xray.get_group(GroupARN=group["GroupARN"])["Group"] == group
graph = xray.get_service_graph(StartTime=now - 60, EndTime=now + 60, GroupName="slow-shop")
assert {service["Name"] for service in graph["Services"]} == {"shop", "orders"}, graph
assert not graph["ContainsOldGroupVersions"]
assert all("Edges" in service for service in graph["Services"])
series = xray.get_time_series_service_statistics(
    StartTime=now - 60, EndTime=now + 60, GroupName="slow-shop", EntitySelectorExpression='id(name: "orders")')
assert sum(bucket["ServiceSummaryStatistics"]["TotalCount"] for bucket in series["TimeSeriesServiceStatistics"]) == 1
updated = xray.update_group(GroupName="slow-shop", FilterExpression="fault")["Group"]
assert updated["FilterExpression"] == "fault"
assert xray.get_service_graph(
    StartTime=now - 60, EndTime=now + 60, GroupName="slow-shop")["ContainsOldGroupVersions"]
refused("InvalidRequestException", xray.create_group, GroupName="bad", FilterExpression="nonsense")

# tags
arn = group["GroupARN"]
xray.tag_resource(ResourceARN=arn, Tags=[{"Key": "stage", "Value": "test"}])
assert xray.list_tags_for_resource(ResourceARN=arn)["Tags"] == [
    {"Key": "stage", "Value": "test"}, {"Key": "team", "Value": "a"}]
xray.untag_resource(ResourceARN=arn, TagKeys=["stage"])
assert len(xray.list_tags_for_resource(ResourceARN=arn)["Tags"]) == 1
refused("ResourceNotFoundException", xray.list_tags_for_resource, ResourceARN=arn + "X")
rule = xray.create_sampling_rule(
    SamplingRule={"RuleName": "r", "ResourceARN": "*", "Priority": 9000, "FixedRate": 0.1, "ReservoirSize": 1,
                  "ServiceName": "*", "ServiceType": "*", "Host": "*", "HTTPMethod": "*", "URLPath": "*", "Version": 1},
    Tags=[{"Key": "k", "Value": "v"}])["SamplingRuleRecord"]["SamplingRule"]
assert xray.list_tags_for_resource(ResourceARN=rule["RuleARN"])["Tags"] == [{"Key": "k", "Value": "v"}]
xray.delete_sampling_rule(RuleName="r")

# policies
policy = json.dumps({"Version": "2012-10-17", "Statement": [
    {"Effect": "Allow", "Principal": {"Service": "sns.amazonaws.com"}, "Action": "xray:PutTraceSegments", "Resource": "*"}]})
put = xray.put_resource_policy(PolicyName="p", PolicyDocument=policy)["ResourcePolicy"]
assert put["PolicyRevisionId"] == "1", put
refused("InvalidPolicyRevisionIdException", xray.put_resource_policy,
        PolicyName="p", PolicyDocument=policy, PolicyRevisionId="7")
refused("MalformedPolicyDocumentException", xray.put_resource_policy, PolicyName="q", PolicyDocument="{")
assert [one["PolicyName"] for one in xray.list_resource_policies()["ResourcePolicies"]] == ["p"]
xray.delete_resource_policy(PolicyName="p")

# what cannot be otherwise
assert xray.get_encryption_config()["EncryptionConfig"] == {"Status": "ACTIVE", "Type": "NONE"}
assert xray.put_encryption_config(Type="NONE")["EncryptionConfig"]["Type"] == "NONE"
refused("InvalidRequestException", xray.put_encryption_config, Type="KMS", KeyId="alias/k")
assert xray.get_trace_segment_destination()["Destination"] == "XRay"
assert xray.update_trace_segment_destination(Destination="XRay")["Status"] == "ACTIVE"
refused("InvalidRequestException", xray.update_trace_segment_destination, Destination="CloudWatchLogs")
assert xray.get_indexing_rules()["IndexingRules"][0]["Name"] == "Default"

# retrievals
token = xray.start_trace_retrieval(TraceIds=[shop, cron], StartTime=now - 60, EndTime=now + 60)["RetrievalToken"]
listed = xray.list_retrieved_traces(RetrievalToken=token)
assert listed["RetrievalStatus"] == "COMPLETE" and {one["Id"] for one in listed["Traces"]} == {shop, cron}, listed
assert all(json.loads(span["Document"])["trace_id"] == one["Id"] for one in listed["Traces"] for span in one["Spans"])
retrieved = xray.get_retrieved_traces_graph(RetrievalToken=token)
assert "orders" in {one["Service"]["Name"] for one in retrieved["Services"]}, retrieved
xray.cancel_trace_retrieval(RetrievalToken=token)
refused("ResourceNotFoundException", xray.cancel_trace_retrieval, RetrievalToken="none")

xray.delete_group(GroupName="slow-shop")
refused("InvalidRequestException", xray.get_group, GroupName="slow-shop")
print(json.dumps({"fault": shop, "ok": cron}))
