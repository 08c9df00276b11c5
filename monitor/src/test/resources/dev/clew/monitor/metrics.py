# SPDX-License-Identifier: Apache-2.0
"""Calls every served operation of CloudWatch as boto3 does: in CBOR, unless it was made for an older protocol."""
import datetime
import sys

import boto3

now = datetime.datetime.fromisoformat("2026-08-07T10:00:00+00:00")
minute = datetime.timedelta(minutes=1)
client = boto3.client("cloudwatch", endpoint_url=sys.argv[1])

client.put_metric_data(
    Namespace="Shop",
    MetricData=[
        {"MetricName": "Latency", "Value": value, "Unit": "Milliseconds", "Timestamp": now - minute,
         "Dimensions": [{"Name": "Service", "Value": "pay"}]}
        for value in range(1, 101)
    ],
)
dimensions = [{"Name": "Service", "Value": "pay"}]
points = client.get_metric_statistics(
    Namespace="Shop", MetricName="Latency", Dimensions=dimensions, Period=60, StartTime=now - 5 * minute, EndTime=now,
    Statistics=["Average", "SampleCount"], ExtendedStatistics=["p90"])["Datapoints"]
assert len(points) == 1 and points[0]["Average"] == 50.5 and points[0]["SampleCount"] == 100, points
assert 89 <= points[0]["ExtendedStatistics"]["p90"] <= 91, points
assert points[0]["Timestamp"] == now - minute, points
assert [m["MetricName"] for m in client.list_metrics(Namespace="Shop")["Metrics"]] == ["Latency"]

data = client.get_metric_data(
    StartTime=now - 5 * minute, EndTime=now,
    MetricDataQueries=[
        {"Id": "m", "ReturnData": False, "MetricStat": {
            "Metric": {"Namespace": "Shop", "MetricName": "Latency", "Dimensions": dimensions},
            "Period": 60, "Stat": "Sum"}},
        {"Id": "e", "Expression": "m / 1000", "Label": "seconds"}])["MetricDataResults"]
assert [(r["Id"], r["Label"], r["Values"], r["StatusCode"]) for r in data] == [("e", "seconds", [5.05], "Complete")], data

client.put_metric_alarm(
    AlarmName="slow", Namespace="Shop", MetricName="Latency", Dimensions=dimensions, Statistic="Average", Period=60,
    EvaluationPeriods=1, Threshold=10, ComparisonOperator="GreaterThanThreshold", Tags=[{"Key": "a", "Value": "b"}])
client.put_composite_alarm(AlarmName="any", AlarmRule='ALARM("slow")')
alarm = client.describe_alarms(AlarmNames=["slow"])["MetricAlarms"][0]
assert alarm["StateValue"] == "INSUFFICIENT_DATA" and alarm["Threshold"] == 10.0, alarm
client.set_alarm_state(AlarmName="slow", StateValue="ALARM", StateReason="a test")
assert client.describe_alarms(StateValue="ALARM")["MetricAlarms"][0]["StateReason"] == "a test"
assert len(client.describe_alarms(AlarmTypes=["CompositeAlarm"])["CompositeAlarms"]) == 1
assert len(client.describe_alarms_for_metric(
    Namespace="Shop", MetricName="Latency", Dimensions=dimensions)["MetricAlarms"]) == 1
assert len(client.describe_alarm_history(AlarmName="slow")["AlarmHistoryItems"]) == 2
client.disable_alarm_actions(AlarmNames=["slow"])
client.enable_alarm_actions(AlarmNames=["slow"])
client.tag_resource(ResourceARN=alarm["AlarmArn"], Tags=[{"Key": "c", "Value": "d"}])
client.untag_resource(ResourceARN=alarm["AlarmArn"], TagKeys=["a"])
assert client.list_tags_for_resource(ResourceARN=alarm["AlarmArn"])["Tags"] == [{"Key": "c", "Value": "d"}]
client.delete_alarms(AlarmNames=["any", "slow"])

body = '{"widgets":[{"type":"text","properties":{"markdown":"# Hello"}}]}'
assert client.put_dashboard(DashboardName="d", DashboardBody=body)["DashboardValidationMessages"] == []
assert client.get_dashboard(DashboardName="d")["DashboardBody"] == body
assert client.list_dashboards()["DashboardEntries"][0]["Size"] == len(body)
client.delete_dashboards(DashboardNames=["d"])

try:
    client.get_metric_statistics(
        Namespace="Shop", MetricName="Latency", Period=60, StartTime=now, EndTime=now, Statistics=["Sum"])
    raise AssertionError("an empty range of time was taken")
except client.exceptions.InvalidParameterValueException as error:
    assert error.response["Error"]["Message"] == "The parameter StartTime must be less than the parameter EndTime."

print("done")
