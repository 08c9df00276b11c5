// SPDX-License-Identifier: Apache-2.0
// Every operation of EventBridge and SQS that is served, through the AWS SDK for JavaScript.
//
// Usage: node every_operation.mjs FOLDER   prints one JSON document: which operations answered. The SDK is among the modules of
// FOLDER's package, the endpoint comes from AWS_ENDPOINT_URL.

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { join } from "node:path";

const require = createRequire(join(process.argv[2], "package.json"));
const eventBridge = require("@aws-sdk/client-eventbridge");
const sqs = require("@aws-sdk/client-sqs");

/** A client that remembers which operations it was sent, and were answered. */
function remembering(sdk, client, answered) {
  client.middlewareStack.add(
    (next, context) => async (args) => {
      const result = await next(args);
      answered.add(context.commandName.replace(/Command$/, ""));
      return result;
    },
    { step: "initialize", name: "remember" },
  );
  return (name, input = {}) => client.send(new sdk[name + "Command"](input));
}

async function until(read, done) {
  const end = Date.now() + 30_000;
  for (;;) {
    const answer = await read();
    if (done(answer)) {
      return answer;
    }
    assert(Date.now() < end, `still ${JSON.stringify(answer)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

const onQueues = new Set();
const queue = remembering(sqs, new sqs.SQSClient({ maxAttempts: 1 }), onQueues);

async function arnOf(url) {
  const answer = await queue("GetQueueAttributes", { QueueUrl: url, AttributeNames: ["QueueArn"] });
  return answer.Attributes.QueueArn;
}

async function queues() {
  const dead = (await queue("CreateQueue", { QueueName: "js-dead" })).QueueUrl;
  const deadArn = await arnOf(dead);
  const url = (await queue("CreateQueue", { QueueName: "js", tags: { team: "one" } })).QueueUrl;
  const redrive = { deadLetterTargetArn: deadArn, maxReceiveCount: "1" };
  await queue("SetQueueAttributes", { QueueUrl: url, Attributes: { RedrivePolicy: JSON.stringify(redrive) } });
  assert.equal((await queue("GetQueueUrl", { QueueName: "js" })).QueueUrl, url);
  assert((await queue("ListQueues", { QueueNamePrefix: "js" })).QueueUrls.includes(url));
  assert.deepEqual((await queue("ListDeadLetterSourceQueues", { QueueUrl: dead })).queueUrls, [url]);
  await queue("TagQueue", { QueueUrl: url, Tags: { stage: "test" } });
  await queue("UntagQueue", { QueueUrl: url, TagKeys: ["team"] });
  assert.deepEqual((await queue("ListQueueTags", { QueueUrl: url })).Tags, { stage: "test" });
  await queue("AddPermission", {
    QueueUrl: url,
    Label: "other",
    AWSAccountIds: ["222222222222"],
    Actions: ["SendMessage"],
  });
  await queue("RemovePermission", { QueueUrl: url, Label: "other" });

  await queue("SendMessage", { QueueUrl: url, MessageBody: "ü 1", MessageAttributes: { n: { DataType: "Number", StringValue: "1" } } });
  const sent = await queue("SendMessageBatch", {
    QueueUrl: url,
    Entries: ["2", "3"].map((id) => ({ Id: id, MessageBody: id })),
  });
  assert.equal(sent.Successful.length, 2);
  const received = (
    await queue("ReceiveMessage", { QueueUrl: url, MaxNumberOfMessages: 10, MessageAttributeNames: ["All"] })
  ).Messages;
  assert.deepEqual(received.map((message) => message.Body).sort(), ["2", "3", "ü 1"]);
  const [first, second, third] = received;
  await queue("ChangeMessageVisibility", { QueueUrl: url, ReceiptHandle: first.ReceiptHandle, VisibilityTimeout: 0 });
  await queue("ChangeMessageVisibilityBatch", {
    QueueUrl: url,
    Entries: [{ Id: "a", ReceiptHandle: second.ReceiptHandle, VisibilityTimeout: 60 }],
  });
  await queue("DeleteMessage", { QueueUrl: url, ReceiptHandle: second.ReceiptHandle });
  const deleted = await queue("DeleteMessageBatch", { QueueUrl: url, Entries: [{ Id: "a", ReceiptHandle: third.ReceiptHandle }] });
  assert.equal(deleted.Successful.length, 1);

  // received once already: the next receive moves it to the dead letters, a task moves it back
  assert.equal((await queue("ReceiveMessage", { QueueUrl: url })).Messages, undefined);
  const task = (await queue("StartMessageMoveTask", { SourceArn: deadArn })).TaskHandle;
  try {
    await queue("CancelMessageMoveTask", { TaskHandle: task });
  } catch (done) {
    assert.equal(done.name, "UnsupportedOperation"); // it was quicker
    onQueues.add("CancelMessageMoveTask");
  }
  await until(
    () => queue("ListMessageMoveTasks", { SourceArn: deadArn }),
    (answer) => ["COMPLETED", "CANCELLED"].includes(answer.Results[0].Status),
  );
  await queue("PurgeQueue", { QueueUrl: url });
  await queue("DeleteQueue", { QueueUrl: url });
  await queue("DeleteQueue", { QueueUrl: dead });
}

const onBuses = new Set();
const bus = remembering(eventBridge, new eventBridge.EventBridgeClient({ maxAttempts: 1 }), onBuses);

async function buses() {
  const busArn = (await bus("CreateEventBus", { Name: "js" })).EventBusArn;
  await bus("UpdateEventBus", { Name: "js", Description: "of the JavaScript test" });
  assert.equal((await bus("DescribeEventBus", { Name: "js" })).Description, "of the JavaScript test");
  assert((await bus("ListEventBuses")).EventBuses.some((found) => found.Arn === busArn));
  await bus("PutPermission", { EventBusName: "js", Action: "events:PutEvents", Principal: "222222222222", StatementId: "other" });
  await bus("RemovePermission", { EventBusName: "js", StatementId: "other" });

  const pattern = JSON.stringify({ source: ["js"] });
  const rule = (await bus("PutRule", { Name: "js", EventBusName: "js", EventPattern: pattern })).RuleArn;
  await bus("DisableRule", { Name: "js", EventBusName: "js" });
  await bus("EnableRule", { Name: "js", EventBusName: "js" });
  assert.equal((await bus("DescribeRule", { Name: "js", EventBusName: "js" })).State, "ENABLED");
  assert.equal((await bus("ListRules", { EventBusName: "js" })).Rules.length, 1);
  await bus("TagResource", { ResourceARN: rule, Tags: [{ Key: "team", Value: "one" }] });
  assert.equal((await bus("ListTagsForResource", { ResourceARN: rule })).Tags[0].Value, "one");
  await bus("UntagResource", { ResourceARN: rule, TagKeys: ["team"] });

  const url = (await queue("CreateQueue", { QueueName: "js-target" })).QueueUrl;
  const arn = await arnOf(url);
  const statement = { Effect: "Allow", Principal: { Service: "events.amazonaws.com" }, Action: "sqs:SendMessage", Resource: arn };
  await queue("SetQueueAttributes", {
    QueueUrl: url,
    Attributes: { Policy: JSON.stringify({ Version: "2012-10-17", Statement: [statement] }) },
  });
  const targets = [{ Id: "queue", Arn: arn, InputTransformer: { InputPathsMap: { n: "$.detail.n" }, InputTemplate: '{"n": <n>}' } }];
  assert.equal((await bus("PutTargets", { Rule: "js", EventBusName: "js", Targets: targets })).FailedEntryCount, 0);
  assert.equal((await bus("ListTargetsByRule", { Rule: "js", EventBusName: "js" })).Targets[0].Arn, arn);
  assert.deepEqual((await bus("ListRuleNamesByTarget", { TargetArn: arn, EventBusName: "js" })).RuleNames, ["js"]);

  const archive = (await bus("CreateArchive", { ArchiveName: "js", EventSourceArn: busArn })).ArchiveArn;
  await bus("UpdateArchive", { ArchiveName: "js", RetentionDays: 3 });
  assert.equal((await bus("DescribeArchive", { ArchiveName: "js" })).RetentionDays, 3);
  assert.equal((await bus("ListArchives", { NamePrefix: "js" })).Archives.length, 1);

  const event = { id: "1", source: "js", account: "1", time: "2026-08-07T10:00:00Z", region: "us-east-1", resources: [], detail: {} };
  assert((await bus("TestEventPattern", { EventPattern: pattern, Event: JSON.stringify({ ...event, "detail-type": "t" }) })).Result);
  const put = await bus("PutEvents", {
    Entries: [{ Source: "js", DetailType: "Numbered", Detail: '{"n": 7}', EventBusName: "js" }, { Source: "js" }],
  });
  assert.equal(put.FailedEntryCount, 1);
  assert.equal(put.Entries[1].ErrorCode, "InvalidArgument");
  const message = (await queue("ReceiveMessage", { QueueUrl: url, WaitTimeSeconds: 20 })).Messages[0];
  assert.deepEqual(JSON.parse(message.Body), { n: 7 });

  const now = Date.now();
  await until(
    () => bus("DescribeArchive", { ArchiveName: "js" }),
    (answer) => answer.EventCount === 1,
  );
  await bus("StartReplay", {
    ReplayName: "js",
    EventSourceArn: archive,
    EventStartTime: new Date(now - 600_000),
    EventEndTime: new Date(now + 600_000),
    Destination: { Arn: busArn },
  });
  try {
    await bus("CancelReplay", { ReplayName: "js" });
  } catch (done) {
    assert.equal(done.name, "IllegalStatusException"); // it was quicker
    onBuses.add("CancelReplay");
  }
  await until(
    () => bus("DescribeReplay", { ReplayName: "js" }),
    (answer) => ["COMPLETED", "CANCELLED"].includes(answer.State),
  );
  assert.equal((await bus("ListReplays", { NamePrefix: "js" })).Replays.length, 1);
  await bus("DeleteArchive", { ArchiveName: "js" });
  await destinations();
  await bus("RemoveTargets", { Rule: "js", EventBusName: "js", Ids: ["queue"] });
  await bus("DeleteRule", { Name: "js", EventBusName: "js" });
  await bus("DeleteEventBus", { Name: "js" });
}

async function destinations() {
  const parameters = (key) => ({ ApiKeyAuthParameters: { ApiKeyName: "X-Key", ApiKeyValue: key } });
  const connection = (
    await bus("CreateConnection", { Name: "js", AuthorizationType: "API_KEY", AuthParameters: parameters("k-1") })
  ).ConnectionArn;
  await bus("UpdateConnection", { Name: "js", AuthParameters: parameters("k-2") });
  assert.equal((await bus("DescribeConnection", { Name: "js" })).AuthParameters.ApiKeyAuthParameters.ApiKeyName, "X-Key");
  assert.equal((await bus("ListConnections", { NamePrefix: "js" })).Connections.length, 1);
  const endpoint = { Name: "js", InvocationEndpoint: "http://127.0.0.1:9/", HttpMethod: "POST" };
  await bus("CreateApiDestination", { ...endpoint, ConnectionArn: connection });
  await bus("UpdateApiDestination", { ...endpoint, HttpMethod: "PUT" });
  assert.equal((await bus("DescribeApiDestination", { Name: "js" })).HttpMethod, "PUT");
  assert.equal((await bus("ListApiDestinations", { NamePrefix: "js" })).ApiDestinations.length, 1);
  await bus("DeleteApiDestination", { Name: "js" });
  await bus("DeauthorizeConnection", { Name: "js" });
  await bus("DeleteConnection", { Name: "js" });
}

await queues();
await buses();
console.log(JSON.stringify({ events: [...onBuses].sort(), sqs: [...onQueues].sort() }));
