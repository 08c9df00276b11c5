// SPDX-License-Identifier: Apache-2.0
package dev.clew.functions;

import static dev.clew.functions.Api.tracing;
import static dev.clew.functions.Api.zipped;
import static dev.clew.functions.Lab.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import dev.clew.functions.environment.Endpoints;
import dev.clew.testkit.MemoryStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A function in the manner of the recipe: boto3 and the X-Ray SDK, unmodified, in a file whose name has a hyphen. */
@NullUnmarked
class RecipeTest {
    private static final String ORDER_SERVICE = """
        import boto3
        import json
        import os
        from aws_xray_sdk.core import patch_all, xray_recorder

        patch_all()
        events = boto3.client('events')

        @xray_recorder.capture('order_service_handler')
        def lambda_handler(event, context):
            part = xray_recorder.begin_subsegment('process_order')
            try:
                part.put_metadata('order_details', {'order_id': 'order-1'})
                events.put_events(Entries=[{
                    'Source': 'order.service', 'DetailType': 'Order Created',
                    'Detail': json.dumps({'orderId': 'order-1'}), 'EventBusName': os.environ['EVENT_BUS_NAME']}])
                xray_recorder.put_annotation('order_id', 'order-1')
                return {'statusCode': 200, 'body': json.dumps({'orderId': 'order-1'})}
            finally:
                xray_recorder.end_subsegment()
        """;

    @TempDir
    Path folder;

    private final List<JsonNode> datagrams = new CopyOnWriteArrayList<>();
    private final List<String> headers = new CopyOnWriteArrayList<>();

    @Test
    void theSdksSubsegmentsHangUnderTheInvocation() throws Exception {
        var bus = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        bus.createContext("/", exchange -> {
            headers.add(exchange.getRequestHeaders().getFirst("X-Amzn-Trace-Id"));
            exchange.getRequestBody().readAllBytes();
            var answer = "{\"FailedEntryCount\":0,\"Entries\":[{\"EventId\":\"1\"}]}".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("x-amzn-RequestId", "11111111-2222");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        bus.start();
        try (var daemon = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                var lab = new Lab(new MemoryStore(), folder, UnaryOperator.identity())) {
            Thread.ofVirtual().start(() -> receive(daemon));
            lab.functions.start(new Endpoints(
                    "http://127.0.0.1:" + bus.getAddress().getPort(),
                    lab.runtimeApi(),
                    "127.0.0.1:" + daemon.getLocalPort()));
            lab.create(zipped("order-service", Zips.of("order-service.py", ORDER_SERVICE))
                    .handler("order-service.lambda_handler")
                    .timeout(30)
                    .environment(Api.variables(Map.of("EVENT_BUS_NAME", "bus")))
                    .tracingConfig(tracing("Active")));

            var response =
                    lab.invoke("order-service", "{\"headers\": {}, \"pathParameters\": {\"customerId\": \"c\"}}");
            var log = lab.logs.toString();
            assumeTrue(
                    !log.contains("No module named 'aws_xray_sdk'") || "true".equals(System.getenv("CI")),
                    "the X-Ray SDK is not installed");
            assertThat(json(response).path("statusCode").asInt()).as(log).isEqualTo(200);

            Eventually.holds(() -> datagrams.size() >= 3);
            var invocation = lab.document("AWS::Lambda::Function", "order-service")
                    .at("/subsegments/1/id")
                    .asString();
            assertThat(subsegment("order_service_handler").path("parent_id").asString())
                    .isEqualTo(invocation);
            assertThat(subsegment("process_order").path("parent_id"))
                    .isEqualTo(subsegment("order_service_handler").path("id"));
            assertThat(headers.getFirst())
                    .contains("Parent=" + subsegment("events").path("id").asString());
        } finally {
            bus.stop(0);
        }
    }

    private JsonNode subsegment(String name) {
        return datagrams.stream()
                .filter(datagram -> datagram.path("name").asString().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private void receive(DatagramSocket daemon) {
        var buffer = new byte[65_536];
        while (!daemon.isClosed()) {
            try {
                var packet = new DatagramPacket(buffer, buffer.length);
                daemon.receive(packet);
                var text = new String(buffer, 0, packet.getLength(), StandardCharsets.UTF_8);
                datagrams.add(JsonMapper.shared().readTree(text.substring(text.indexOf('\n') + 1)));
            } catch (SocketException e) {
                return; // closed
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
