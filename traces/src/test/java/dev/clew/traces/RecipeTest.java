// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.core.trace.TraceId;
import dev.clew.testkit.ManualClock;
import dev.clew.testkit.Seeds;
import dev.clew.traces.api.AnnotationValue;
import dev.clew.traces.api.ServiceId;
import dev.clew.traces.api.TraceSummary;
import dev.clew.traces.api.ValueWithServiceIds;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import tools.jackson.databind.JsonNode;

/** One order through the sample system, from documents to answers. */
class RecipeTest {
    private static final List<String> DOCUMENTS = Recipe.documents(XRay.TRACE, 123);

    private static XRay stored() {
        var xray = new XRay();
        xray.traces().sink().write(XRay.SCOPE, DOCUMENTS);
        return xray;
    }

    @Test
    void hasOneDocumentPerSegmentAndEveryParentInTheTrace() {
        var documents = stored().documents(XRay.TRACE);

        assertThat(documents).hasSize(Recipe.SEGMENTS);
        assertThat(documents.stream().filter(document -> !document.has("parent_id")))
                .hasSize(1);
        assertThat(count(documents, "AWS::ApiGateway::Stage")).isEqualTo(1);
        assertThat(count(documents, "AWS::Lambda")).isEqualTo(5);
        assertThat(count(documents, "AWS::Lambda::Function")).isEqualTo(5);
        assertThat(count(documents, "AWS::Events")).isEqualTo(3);
        var ids = new HashSet<String>();
        documents.forEach(document -> collect(document, ids));
        assertThat(documents.stream().filter(document -> document.has("parent_id")))
                .allSatisfy(document ->
                        assertThat(ids).contains(document.get("parent_id").asString()));
    }

    private static long count(List<JsonNode> documents, String origin) {
        return documents.stream()
                .filter(document -> document.path("origin").asString("").equals(origin))
                .count();
    }

    private static void collect(JsonNode entity, Set<String> ids) {
        assertThat(ids.add(entity.get("id").asString())).isTrue();
        entity.path("subsegments").forEach(inner -> collect(inner, ids));
    }

    @Test
    void nestsTheSubsegmentsOfTheSdkUnderTheInvocation() {
        var function = stored().documents(XRay.TRACE).stream()
                .filter(document -> document.get("name").asString().equals("order-service"))
                .filter(document -> document.get("origin").asString().equals("AWS::Lambda::Function"))
                .findFirst()
                .orElseThrow();

        var invocation = function.get("subsegments").get(1);
        assertThat(invocation.get("name").asString()).isEqualTo("Invocation");
        var handler = invocation.get("subsegments").get(0);
        assertThat(handler.get("name").asString()).isEqualTo("order_service_handler");
        var work = handler.get("subsegments").get(0);
        assertThat(work.get("name").asString()).isEqualTo("process_order");
        assertThat(work.get("annotations").get("order_id").asString()).isEqualTo("order-20260807100000");
        assertThat(work.get("metadata").get("default").has("details")).isTrue();
        var call = work.get("subsegments").get(0);
        assertThat(call.get("name").asString()).isEqualTo("events");
        assertThat(call.has("type") || call.has("trace_id") || call.has("in_progress"))
                .isFalse();
        assertThat(handler.has("namespace")).isFalse();
    }

    @Test
    void marksTheBusInferredOnlyWhereThePlatformWroteIt() {
        assertThat(stored().documents(XRay.TRACE).stream()
                        .filter(document -> document.path("origin").asString("").equals("AWS::Events")))
                .allSatisfy(document ->
                        assertThat(document.get("inferred").asBoolean()).isTrue());

        var other = new XRay();
        other.put(DOCUMENTS);
        assertThat(other.documents(XRay.TRACE)).noneMatch(document -> document.has("inferred"));
    }

    @Test
    void summarizesTheWholeOrder() {
        var summary = stored().summary();

        assertThat(summary.id()).isEqualTo(XRay.TRACE.text());
        assertThat(summary.startTime()).isEqualTo(ManualClock.START.plusMillis(123));
        assertThat(summary.responseTime()).isEqualTo(0.041);
        assertThat(summary.duration()).isEqualTo(0.573);
        assertThat(summary.hasError()).isFalse();
        assertThat(summary.hasFault()).isFalse();
        assertThat(summary.hasThrottle()).isFalse();
        assertThat(summary.isPartial()).isFalse();
        assertThat(Objects.requireNonNull(summary.http()).httpStatus()).isEqualTo(200);
        assertThat(summary.http().httpMethod()).isEqualTo("POST");
        assertThat(Objects.requireNonNull(summary.entryPoint()).type()).isEqualTo("AWS::ApiGateway::Stage");
        assertThat(summary.resourceARNs()).hasSize(5);
        assertThat(summary.revision()).isEqualTo(1);
        assertThat(summary.faultRootCauses()).isEmpty();
    }

    @Test
    void listsEveryNodeOfTheTrace() {
        assertThat(Objects.requireNonNull(stored().summary().serviceIds()).stream()
                        .map(id -> id.name() + " " + id.type() + " " + id.accountId()))
                .containsExactlyInAnyOrder(
                        "distributed-tracing-api/prod client null",
                        "distributed-tracing-api/prod AWS::ApiGateway::Stage null",
                        "order-service AWS::Lambda null",
                        "order-service AWS::Lambda::Function 111111111111",
                        "payment-service AWS::Lambda null",
                        "payment-service AWS::Lambda::Function 111111111111",
                        "inventory-service AWS::Lambda null",
                        "inventory-service AWS::Lambda::Function 111111111111",
                        "notification-service AWS::Lambda null",
                        "notification-service AWS::Lambda::Function 111111111111",
                        "Events AWS::Events null");
    }

    @Test
    void gathersAnnotationsWithTheNodesThatCarryThem() {
        var annotations = annotations(stored().summary());

        assertThat(annotations)
                .containsOnlyKeys(
                        "aws:api_id",
                        "aws:api_stage",
                        "order_id",
                        "service_name",
                        "payment_amount",
                        "notification_type");
        assertThat(annotations.get("payment_amount")).singleElement().satisfies(value -> {
            assertThat(value.annotationValue()).isEqualTo(new AnnotationValue(99.99, null, null));
            assertThat(value.serviceIds()).extracting(ServiceId::name).containsExactly("payment-service");
        });
        assertThat(annotations.get("service_name")).hasSize(2);
    }

    private static Map<String, List<ValueWithServiceIds>> annotations(TraceSummary summary) {
        return Objects.requireNonNull(summary.annotations());
    }

    /** Documents arrive in any order, twice, in any grouping, by both ways, with crashes in between. */
    @ParameterizedTest
    @Seeds(60)
    void isTheSameInWhateverOrderDocumentsArrive(long seed) {
        var random = new Random(seed);
        var arriving = new ArrayList<>(DOCUMENTS);
        arriving.addAll(DOCUMENTS.subList(0, random.nextInt(DOCUMENTS.size())));
        Collections.shuffle(arriving, random);
        var xray = new XRay();

        while (!arriving.isEmpty()) {
            var group = arriving.subList(0, Math.min(arriving.size(), 1 + random.nextInt(6)));
            xray.traces().sink().write(XRay.SCOPE, group);
            group.clear();
            switch (random.nextInt(5)) {
                case 0 -> xray.crash();
                case 1 -> xray.summary();
                case 2 -> xray.get(XRay.TRACE);
                default -> {}
            }
        }

        var ordered = stored();
        assertThat(xray.get(XRay.TRACE)).isEqualTo(ordered.get(XRay.TRACE));
        assertThat(XRay.withoutRevision(xray.summary())).isEqualTo(XRay.withoutRevision(ordered.summary()));
    }

    @Test
    void keepsManyOrdersApart() {
        var xray = new XRay();
        for (int i = 1; i <= 50; i++) {
            var id = TraceId.of(ManualClock.START.getEpochSecond(), 7, i);
            xray.traces().sink().write(XRay.SCOPE, Recipe.documents(id, i));
        }

        var summaries = xray.summaries(ManualClock.START, ManualClock.START.plusSeconds(1));

        assertThat(summaries).hasSize(50).allMatch(summary -> !Objects.requireNonNull(summary.isPartial()));
        assertThat(summaries.getFirst().startTime()).isEqualTo(ManualClock.START.plusMillis(50));
        for (int i = 1; i <= 50; i++) {
            assertThat(xray.documents(TraceId.of(ManualClock.START.getEpochSecond(), 7, i)))
                    .hasSize(Recipe.SEGMENTS);
        }
    }
}
