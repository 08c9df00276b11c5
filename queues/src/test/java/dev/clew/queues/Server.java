// SPDX-License-Identifier: Apache-2.0
package dev.clew.queues;

import dev.clew.core.Arn;
import dev.clew.core.access.ResourcePolicy;
import dev.clew.core.store.Store;
import dev.clew.testkit.ManualClock;
import dev.clew.testkit.MemoryStore;
import dev.clew.testkit.SequentialIds;
import dev.clew.wire.Call;
import dev.clew.wire.FrontDoor;
import dev.clew.wire.FrontDoorConfig;
import dev.clew.wire.auth.AuthMode;
import dev.clew.wire.auth.CredentialStore;
import dev.clew.wire.http.HttpHandler;
import dev.clew.wire.http.HttpHeaders;
import dev.clew.wire.http.HttpRequest;
import dev.clew.wire.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Queues behind the front door, called as a client calls them. */
final class Server implements AutoCloseable {
    static final String ACCOUNT = "111111111111";
    static final String HOST = "localhost:4566";
    static final String TRACE = "Root=1-3152b799-8954dae64eda91bc9a23a7e8;Parent=7fa8c0f79203be72;Sampled=1";

    final Store store;
    final ManualClock clock;
    final Queues queues;
    final FrontDoor door;
    private final SequentialIds ids;
    private final QueuesConfig config;

    private Server(Store store, ManualClock clock, SequentialIds ids, QueuesConfig config) {
        this.ids = ids;
        this.store = store;
        this.clock = clock;
        this.config = config;
        this.queues = new Queues(store, new OneSender(), clock, ids, config);
        this.door = new FrontDoor(
                List.of(queues.binding()), new Anybody(), AuthMode.OPEN, clock, ids, FrontDoorConfig.DEFAULTS);
    }

    static Server start() {
        return start(QueuesConfig.DEFAULTS);
    }

    static Server start(QueuesConfig config) {
        return new Server(new MemoryStore(), new ManualClock(), new SequentialIds(), config);
    }

    /** Another server on the same store, as after a crash. */
    Server restarted() {
        return new Server(store, clock, ids, config);
    }

    @Override
    public void close() {
        queues.close();
    }

    HttpHandler handler() {
        return door;
    }

    /** The answer to a call in awsJson 1.0. */
    Answer call(String operation, Map<String, ?> input) {
        return Answer.of(door.handle(json(operation, JsonMapper.shared().writeValueAsString(input), Map.of())));
    }

    /** The same with more headers. */
    Answer call(String operation, Map<String, ?> input, Map<String, String> headers) {
        return Answer.of(door.handle(json(operation, JsonMapper.shared().writeValueAsString(input), headers)));
    }

    HttpResponse send(HttpRequest request) {
        return door.handle(request);
    }

    static HttpRequest json(String operation, String body, Map<String, String> more) {
        var headers = HttpHeaders.builder()
                .add("Host", HOST)
                .add("Content-Type", "application/x-amz-json-1.0")
                .add("X-Amz-Target", "AmazonSQS." + operation)
                .add("x-amzn-query-mode", "true");
        more.forEach(headers::add);
        return new HttpRequest(
                "POST", "/", "", headers.build(), body.getBytes(StandardCharsets.UTF_8), "127.0.0.1", false);
    }

    static HttpRequest form(String path, String body) {
        return new HttpRequest(
                "POST",
                path,
                "",
                HttpHeaders.of("Host", HOST, "Content-Type", "application/x-www-form-urlencoded; charset=utf-8"),
                body.getBytes(StandardCharsets.UTF_8),
                "127.0.0.1",
                false);
    }

    static String url(String queue) {
        return "http://" + HOST + '/' + ACCOUNT + '/' + queue;
    }

    static String arn(String queue) {
        return "arn:aws:sqs:us-east-1:" + ACCOUNT + ':' + queue;
    }

    // ---- short words for what most tests need

    String create(String name, String... attributes) {
        return call("CreateQueue", Map.of("QueueName", name, "Attributes", pairs(attributes)))
                .ok()
                .path("QueueUrl")
                .asString();
    }

    /** A queue whose messages go to {@code deadLetters} after so many receives. */
    String createWithDeadLetters(String name, String deadLetters, int maxReceives, String... attributes) {
        var all = new HashMap<>(pairs(attributes));
        all.put(
                "RedrivePolicy",
                "{\"deadLetterTargetArn\":\"" + arn(deadLetters) + "\",\"maxReceiveCount\":" + maxReceives + "}");
        return call("CreateQueue", Map.of("QueueName", name, "Attributes", all))
                .ok()
                .path("QueueUrl")
                .asString();
    }

    JsonNode send(String queue, String body) {
        return call("SendMessage", Map.of("QueueUrl", url(queue), "MessageBody", body))
                .ok();
    }

    JsonNode sendFifo(String queue, String group, String body) {
        return call("SendMessage", Map.of("QueueUrl", url(queue), "MessageBody", body, "MessageGroupId", group))
                .ok();
    }

    /** Up to ten messages with all they have. */
    List<JsonNode> receive(String queue) {
        return receive(queue, 10);
    }

    List<JsonNode> receive(String queue, int max) {
        return call(
                        "ReceiveMessage",
                        Map.of(
                                "QueueUrl", url(queue),
                                "MaxNumberOfMessages", max,
                                "MessageAttributeNames", List.of("All"),
                                "MessageSystemAttributeNames", List.of("All")))
                .ok()
                .path("Messages")
                .valueStream()
                .toList();
    }

    List<String> bodies(String queue) {
        return receive(queue).stream()
                .map(message -> message.path("Body").asString())
                .toList();
    }

    Answer delete(String queue, String handle) {
        return call("DeleteMessage", Map.of("QueueUrl", url(queue), "ReceiptHandle", handle));
    }

    String attribute(String queue, String name) {
        return call("GetQueueAttributes", Map.of("QueueUrl", url(queue), "AttributeNames", List.of(name)))
                .ok()
                .path("Attributes")
                .path(name)
                .asString("");
    }

    static Map<String, String> pairs(String... namesAndValues) {
        var map = new HashMap<String, String>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            map.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return map;
    }

    private static final class Anybody implements CredentialStore {
        @Override
        public Optional<Credential> find(String accessKeyId) {
            return Optional.empty();
        }

        @Override
        public Call.Caller unverified(String accessKeyId) {
            return new Call.Caller(Arn.of("iam", "", ACCOUNT, "root"), ACCOUNT, accessKeyId);
        }
    }

    /** Allows whatever principal the policy's text names, as the real engine would in the simplest case. */
    private static final class OneSender implements ResourcePolicy {
        @Override
        public Decision decide(@Nullable String policy, Access access) {
            return policy != null && policy.contains(access.service()) && policy.contains(access.sourceArn())
                    ? new Decision.Allowed("statement")
                    : new Decision.Refused("no statement allows " + access.service() + " to " + access.action());
        }
    }
}
