# SPDX-License-Identifier: Apache-2.0
"""Calls every operation of SQS with an unmodified boto3; prints "done" if all answered as they should."""
import hashlib
import json
import sys

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

endpoint = sys.argv[1]
sqs = boto3.client(
    "sqs",
    endpoint_url=endpoint,
    region_name="us-east-1",
    aws_access_key_id="test",
    aws_secret_access_key="test",
    config=Config(retries={"max_attempts": 0}),
)
TRACE = "Root=1-3152b799-8954dae64eda91bc9a23a7e8;Parent=7fa8c0f79203be72;Sampled=1"


def arn(name):
    return "arn:aws:sqs:us-east-1:111111111111:" + name


dead = sqs.create_queue(QueueName="dead")["QueueUrl"]
url = sqs.create_queue(QueueName="orders", Attributes={"VisibilityTimeout": "30"}, tags={"team": "a"})["QueueUrl"]
assert url == endpoint + "/111111111111/orders", url
assert sqs.get_queue_url(QueueName="orders")["QueueUrl"] == url
assert sqs.list_queues(QueueNamePrefix="ord")["QueueUrls"] == [url]
policy = {"deadLetterTargetArn": arn("dead"), "maxReceiveCount": "1"}
sqs.set_queue_attributes(QueueUrl=url, Attributes={"RedrivePolicy": json.dumps(policy)})
attributes = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]
assert attributes["QueueArn"] == arn("orders") and json.loads(attributes["RedrivePolicy"]) == policy
assert sqs.list_dead_letter_source_queues(QueueUrl=dead)["queueUrls"] == [url]

sqs.tag_queue(QueueUrl=url, Tags={"env": "b"})
sqs.untag_queue(QueueUrl=url, TagKeys=["team"])
assert sqs.list_queue_tags(QueueUrl=url)["Tags"] == {"env": "b"}
sqs.add_permission(QueueUrl=url, Label="p", AWSAccountIds=["222222222222"], Actions=["SendMessage"])
sqs.remove_permission(QueueUrl=url, Label="p")

sent = sqs.send_message(
    QueueUrl=url,
    MessageBody="hello",
    MessageAttributes={
        "text": {"DataType": "String", "StringValue": "x"},
        "blob": {"DataType": "Binary", "BinaryValue": b"\x00\x01"},
    },
    MessageSystemAttributes={"AWSTraceHeader": {"DataType": "String", "StringValue": TRACE}},
)
assert sent["MD5OfMessageBody"] == hashlib.md5(b"hello").hexdigest()
received = sqs.receive_message(
    QueueUrl=url, AttributeNames=["All"], MessageAttributeNames=["All"], WaitTimeSeconds=1
)["Messages"][0]
assert received["MessageId"] == sent["MessageId"] and received["Body"] == "hello"
assert received["Attributes"]["AWSTraceHeader"] == TRACE
assert received["MessageAttributes"]["blob"]["BinaryValue"] == b"\x00\x01"
assert "Messages" not in sqs.receive_message(QueueUrl=url)
handle = received["ReceiptHandle"]
sqs.change_message_visibility(QueueUrl=url, ReceiptHandle=handle, VisibilityTimeout=0)

assert "Messages" not in sqs.receive_message(QueueUrl=url)  # one too many: it goes to the dead letters
letter = sqs.receive_message(QueueUrl=dead, MessageSystemAttributeNames=["All"], VisibilityTimeout=0)["Messages"][0]
assert letter["Attributes"]["DeadLetterQueueSourceArn"] == arn("orders")
assert letter["Attributes"]["AWSTraceHeader"] == TRACE
task = sqs.start_message_move_task(SourceArn=arn("dead"))["TaskHandle"]
assert task
back = sqs.receive_message(QueueUrl=url, WaitTimeSeconds=20)["Messages"][0]
assert back["Body"] == "hello"
tasks = sqs.list_message_move_tasks(SourceArn=arn("dead"))["Results"]
assert tasks[0]["ApproximateNumberOfMessagesMoved"] == 1, tasks
try:
    sqs.cancel_message_move_task(TaskHandle=task)
    assert tasks[0]["Status"] == "RUNNING"
except sqs.exceptions.UnsupportedOperation:
    pass  # it was done already
sqs.delete_message(QueueUrl=url, ReceiptHandle=back["ReceiptHandle"])

batch = sqs.send_message_batch(
    QueueUrl=url,
    Entries=[{"Id": "a", "MessageBody": "1"}, {"Id": "b", "MessageBody": "2"}, {"Id": "c", "MessageBody": ""}],
)
assert [entry["Id"] for entry in batch["Successful"]] == ["a", "b"]
assert [entry["Id"] for entry in batch["Failed"]] == ["c"]
messages = sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10)["Messages"]
entries = [{"Id": m["MessageId"], "ReceiptHandle": m["ReceiptHandle"]} for m in messages]
hidden = sqs.change_message_visibility_batch(
    QueueUrl=url, Entries=[dict(entry, VisibilityTimeout=60) for entry in entries]
)
assert len(hidden["Successful"]) == 2 and "Failed" not in hidden
assert len(sqs.delete_message_batch(QueueUrl=url, Entries=entries)["Successful"]) == 2

fifo = sqs.create_queue(
    QueueName="orders.fifo", Attributes={"FifoQueue": "true", "ContentBasedDeduplication": "true"}
)["QueueUrl"]
first = sqs.send_message(QueueUrl=fifo, MessageBody="1", MessageGroupId="g")
again = sqs.send_message(QueueUrl=fifo, MessageBody="1", MessageGroupId="g")
assert first["SequenceNumber"] == again["SequenceNumber"]
sqs.purge_queue(QueueUrl=fifo)

for call, error in (
    (lambda: sqs.get_queue_url(QueueName="nope"), sqs.exceptions.QueueDoesNotExist),
    (lambda: sqs.purge_queue(QueueUrl=fifo), sqs.exceptions.PurgeQueueInProgress),
    (lambda: sqs.create_queue(QueueName="orders", Attributes={"DelaySeconds": "9"}), sqs.exceptions.QueueNameExists),
    (lambda: sqs.delete_message(QueueUrl=url, ReceiptHandle="x"), sqs.exceptions.ReceiptHandleIsInvalid),
):
    try:
        call()
        raise AssertionError("expected " + error.__name__)
    except error:
        pass
try:
    sqs.get_queue_url(QueueName="nope")
except ClientError as e:
    assert e.response["Error"]["Code"] == "AWS.SimpleQueueService.NonExistentQueue", e.response

for queue in (url, dead, fifo):
    sqs.delete_queue(QueueUrl=queue)
assert "QueueUrls" not in sqs.list_queues()
print("done")
