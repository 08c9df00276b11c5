// SPDX-License-Identifier: Apache-2.0
package dev.clew.gateway.execute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.core.trace.Sampler;
import dev.clew.core.trace.TraceHeader;
import dev.clew.core.trace.TraceHeader.Sampled;
import dev.clew.gateway.execute.FunctionInvoker.Outcome;
import dev.clew.wire.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

@NullUnmarked // optional members of the answers are asserted, not guarded
class TracingTest extends Fixture {
    static final String ROOT = "1-6437350a-775b7afb3067811a4c6daade";
    static final String PARENT = "53995c3f42cd8ad8";

    final String api = api("POST", "orders");

    private void trace() {
        console.replaceInStage(api, "prod", "/tracingEnabled", "true");
    }

    private HttpResponse order(String... headers) {
        return send("POST", api, "/prod/orders", "{}", headers);
    }

    private TraceHeader downstream() {
        return invocations.getLast().trace();
    }

    private String inEvent() {
        return event().get("headers").get("X-Amzn-Trace-Id").asString();
    }

    private static String inResponse(HttpResponse response) {
        return response.headers().first("X-Amzn-Trace-Id").orElseThrow();
    }

    @Test
    void startsATraceWhenTheRulesSaySo() {
        trace();
        var response = order();
        var segment = segment();
        assertThat(segment.has("parent_id")).isFalse();
        assertThat(segment.get("aws").has("xray")).isFalse();
        assertThat(downstream().sampled()).isEqualTo(Sampled.YES);
        assertThat(downstream().parent().text())
                .isEqualTo(segment.at("/subsegments/0/id").asString());
        assertThat(downstream().root().text()).isEqualTo(segment.get("trace_id").asString());
        assertThat(inEvent()).isEqualTo("Root=" + downstream().root());
        assertThat(inResponse(response))
                .isEqualTo("Root=" + downstream().root() + ";Parent="
                        + segment.get("id").asString() + ";Sampled=1");
    }

    @Test
    void tellsTheRulesWhatTheRequestIs() {
        trace();
        order("X-Tenant", "blue");
        var question = questions.getFirst();
        assertThat(question.serviceName()).isEqualTo("shop/prod");
        assertThat(question.serviceType()).isEqualTo("AWS::ApiGateway::Stage");
        assertThat(question.host()).isEqualTo(api + ".execute-api.localhost");
        assertThat(question.method()).isEqualTo("POST");
        assertThat(question.urlPath()).isEqualTo("/prod/orders");
        assertThat(question.resourceArn()).isEqualTo("arn:aws:apigateway:us-east-1::/restapis/" + api + "/stages/prod");
        assertThat(question.attributes()).containsAllEntriesOf(Map.of("X-Tenant", "blue"));
    }

    @Test
    void recordsNothingWhenTheRulesSayNo() {
        trace();
        decision = new Sampler.Decision(false, "nothing");
        var response = order();
        assertThat(downstream().sampled()).isEqualTo(Sampled.NO);
        assertThat(downstream().parent()).isNull();
        assertThat(inResponse(response)).endsWith(";Sampled=0");
        assertThat(segments()).isEmpty();
    }

    @Test
    void leavesTheDecisionToTheFunctionWhileTracingIsOff() {
        var response = order();
        assertThat(downstream().toString()).isEqualTo("Root=" + downstream().root());
        assertThat(inEvent()).isEqualTo(downstream().toString());
        assertThat(inResponse(response)).isEqualTo(downstream().toString());
        assertThat(questions).isEmpty();
        assertThat(segments()).isEmpty();
    }

    @Test
    void recordsWhatTheCallerRecordsEvenIfTracingIsOff() {
        var header = "Root=" + ROOT + ";Parent=" + PARENT + ";Sampled=1;Lineage=25:a87bd80c:1";
        var response = order("X-Amzn-Trace-Id", header);
        assertThat(inEvent()).isEqualTo(header);
        assertThat(inResponse(response)).isEqualTo(header);
        assertThat(questions).isEmpty();
        var segment = segment();
        assertThat(segment.get("trace_id").asString()).isEqualTo(ROOT);
        assertThat(segment.get("parent_id").asString()).isEqualTo(PARENT);
        assertThat(downstream())
                .isEqualTo(TraceHeader.parse(header)
                        .orElseThrow()
                        .withParent(downstream().parent()));
        assertThat(downstream().parent().text())
                .isEqualTo(segment.at("/subsegments/0/id").asString());
    }

    @Test
    void recordsNothingThatTheCallerDoesNot() {
        trace();
        var header = "Root=" + ROOT + ";Parent=" + PARENT + ";Sampled=0";
        var response = order("X-Amzn-Trace-Id", header);
        assertThat(downstream().toString()).isEqualTo(header);
        assertThat(inResponse(response)).isEqualTo(header);
        assertThat(segments()).isEmpty();
        assertThat(questions).isEmpty();
    }

    @Test
    void decidesForACallerThatLeavesItOpen() {
        trace();
        order("X-Amzn-Trace-Id", "Root=" + ROOT + ";Parent=" + PARENT);
        assertThat(downstream().sampled()).isEqualTo(Sampled.YES);
        assertThat(segment().get("parent_id").asString()).isEqualTo(PARENT);
    }

    @Test
    void addsAParentForACallerThatNamesNone() {
        trace();
        var response = order("X-Amzn-Trace-Id", "Root=" + ROOT);
        var segment = segment();
        var expected = "Root=" + ROOT + ";Parent=" + segment.get("id").asString();
        assertThat(inEvent()).isEqualTo(expected);
        assertThat(inResponse(response)).isEqualTo(expected);
        assertThat(segment.has("parent_id")).isFalse();
    }

    @Test
    void startsAnewWhenTheCallersHeaderIsNoHeader() {
        var response = order("x-amzn-trace-id", "Root=nonsense;Parent=x");
        assertThat(inResponse(response)).isEqualTo("Root=" + downstream().root());
        assertThat(event().get("headers").get("x-amzn-trace-id").asString())
                .isEqualTo("Root=" + downstream().root());
    }

    @Test
    void keepsItsOwnHeaderAgainstTheFunctions() {
        function = request ->
                succeeded("{\"statusCode\":200,\"headers\":{\"x-amzn-trace-id\":\"Root=" + ROOT + "\"},\"body\":\"\"}");
        var response = order();
        assertThat(response.headers().all("X-Amzn-Trace-Id"))
                .containsExactly("Root=" + downstream().root());
    }

    @ParameterizedTest
    @CsvSource({
        "200, false, false, false",
        "302, false, false, false",
        "400, true, false, false",
        "429, true, true, false",
        "500, false, false, true"
    })
    void marksWhatTheFunctionAnswered(int status, boolean error, boolean throttle, boolean fault) {
        trace();
        function = request -> succeeded("{\"statusCode\": " + status + "}");
        order();
        var segment = segment();
        for (var node : new JsonNode[] {segment, segment.at("/subsegments/0")}) {
            assertThat(node.path("error").asBoolean(false)).isEqualTo(error);
            assertThat(node.path("throttle").asBoolean(false)).isEqualTo(throttle);
            assertThat(node.path("fault").asBoolean(false)).isEqualTo(fault);
            assertThat(node.at("/http/response/status").asInt()).isEqualTo(status);
            assertThat(node.has("cause")).isFalse();
        }
    }

    @Test
    void tellsWhyTheFunctionFailed() {
        trace();
        function = request -> new Outcome.FunctionError(
                "{\"errorMessage\": \"no stock\", \"errorType\": \"KeyError\", \"stackTrace\": []}"
                        .getBytes(StandardCharsets.UTF_8),
                "KeyError");
        order();
        var segment = segment();
        var exception = segment.at("/subsegments/0/cause/exceptions/0");
        assertThat(exception.get("type").asString()).isEqualTo("KeyError");
        assertThat(exception.get("message").asString()).isEqualTo("no stock");
        assertThat(exception.get("remote").asBoolean()).isTrue();
        assertThat(segment.at("/subsegments/0/fault").asBoolean()).isTrue();
        assertThat(segment.get("fault").asBoolean()).isTrue();
        assertThat(segment.at("/http/response/status").asInt()).isEqualTo(502);
        assertThat(segment.get("cause").asString())
                .isEqualTo(exception.get("id").asString());
    }

    @Test
    void tellsWhyTheFunctionWasNotInvoked() {
        trace();
        function = request -> new Outcome.Refused("no statement allows apigateway.amazonaws.com");
        order();
        var segment = segment();
        assertThat(segment.at("/subsegments/0/error").asBoolean()).isTrue();
        assertThat(segment.at("/subsegments/0/http/response/status").asInt()).isEqualTo(403);
        assertThat(segment.at("/subsegments/0/cause/exceptions/0/message").asString())
                .isEqualTo("no statement allows apigateway.amazonaws.com");
        assertThat(segment.get("fault").asBoolean()).isTrue();
    }

    @Test
    void recordsNoRequestThatFoundNoMethod() {
        trace();
        assertThat(send("GET", api, "/prod/orders", "").status()).isEqualTo(403);
        assertThat(questions).isEmpty();
        assertThat(segments()).isEmpty();
    }

    @Test
    void leavesQueriesOutOfTheSegment() {
        trace();
        send("POST", api, "/prod/orders?token=secret", "");
        assertThat(segment().at("/http/request/url").asString()).isEqualTo("http://" + host(api) + "/prod/orders");
    }

    @Test
    void answersEvenIfTheSegmentCannotBeWritten() {
        trace();
        writing = document -> {
            throw new IllegalStateException("disk full");
        };
        assertThat(order().status()).isEqualTo(200);
        assertThat(segments()).isEmpty();
    }
}
