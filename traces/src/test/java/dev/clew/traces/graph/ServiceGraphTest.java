// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.core.trace.TraceId;
import dev.clew.testkit.ManualClock;
import dev.clew.testkit.Seeds;
import dev.clew.traces.Recipe;
import dev.clew.traces.XRay;
import dev.clew.traces.api.GetServiceGraphRequest;
import dev.clew.traces.api.GetTimeSeriesServiceStatisticsRequest;
import dev.clew.traces.api.GetTraceGraphRequest;
import dev.clew.traces.api.HistogramEntry;
import dev.clew.traces.api.Service;
import dev.clew.traces.api.XrayModel;
import dev.clew.wire.ServiceException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

class ServiceGraphTest {
    private static final Instant NOON = ManualClock.START;
    private final XRay xray = new XRay();

    private List<Service> graph() {
        return graph(NOON.minusSeconds(60), NOON.plusSeconds(60));
    }

    private List<Service> graph(Instant from, Instant to) {
        return Objects.requireNonNull(xray.call(
                        XrayModel.GET_SERVICE_GRAPH,
                        GetServiceGraphRequest.builder()
                                .startTime(from)
                                .endTime(to)
                                .build())
                .services());
    }

    private List<Service> traceGraph(TraceId... ids) {
        var texts = List.of(ids).stream().map(TraceId::text).toList();
        return Objects.requireNonNull(xray.call(
                        XrayModel.GET_TRACE_GRAPH,
                        GetTraceGraphRequest.builder().traceIds(texts).build())
                .services());
    }

    /** Each edge as {@code from(type) -> to(type) count}. */
    private static List<String> edges(List<Service> services) {
        var edges = new ArrayList<String>();
        for (var service : services) {
            for (var edge : Objects.requireNonNull(service.edges())) {
                var target = services.get(Objects.requireNonNull(edge.referenceId()));
                edges.add(label(service) + " -> " + label(target) + " "
                        + Objects.requireNonNull(edge.summaryStatistics()).totalCount());
            }
        }
        return edges;
    }

    private static String label(Service service) {
        return service.name() + "(" + service.type() + ")";
    }

    private Service node(String name, String type) {
        return graph().stream()
                .filter(service -> name.equals(service.name()) && type.equals(service.type()))
                .findFirst()
                .orElseThrow();
    }

    private static int sum(List<HistogramEntry> histogram) {
        return histogram.stream()
                .mapToInt(entry -> Objects.requireNonNull(entry.count()))
                .sum();
    }

    @Test
    void drawsTheOrderSystem() {
        xray.traces().sink().write(XRay.SCOPE, Recipe.documents(XRay.TRACE, 0));

        assertThat(edges(graph()))
                .containsExactlyInAnyOrder(
                        "distributed-tracing-api/prod(client) -> distributed-tracing-api/prod(AWS::ApiGateway::Stage)"
                                + " 1",
                        "distributed-tracing-api/prod(AWS::ApiGateway::Stage) -> order-service(AWS::Lambda) 1",
                        "order-service(AWS::Lambda) -> order-service(AWS::Lambda::Function) 1",
                        "order-service(AWS::Lambda::Function) -> Events(AWS::Events) 1",
                        "Events(AWS::Events) -> payment-service(AWS::Lambda) 1",
                        "Events(AWS::Events) -> inventory-service(AWS::Lambda) 1",
                        "Events(AWS::Events) -> notification-service(AWS::Lambda) 2",
                        "payment-service(AWS::Lambda) -> payment-service(AWS::Lambda::Function) 1",
                        "inventory-service(AWS::Lambda) -> inventory-service(AWS::Lambda::Function) 1",
                        "payment-service(AWS::Lambda::Function) -> Events(AWS::Events) 1",
                        "inventory-service(AWS::Lambda::Function) -> Events(AWS::Events) 1",
                        "notification-service(AWS::Lambda) -> notification-service(AWS::Lambda::Function) 2");
    }

    @Test
    void describesNodes() {
        xray.traces().sink().write(XRay.SCOPE, Recipe.documents(XRay.TRACE, 0));

        var stage = node("distributed-tracing-api/prod", "AWS::ApiGateway::Stage");
        assertThat(stage.root()).isTrue();
        assertThat(stage.state()).isEqualTo("active");
        assertThat(stage.startTime()).isEqualTo(NOON);
        assertThat(Objects.requireNonNull(stage.summaryStatistics()).okCount()).isEqualTo(1);
        assertThat(stage.summaryStatistics().totalResponseTime()).isEqualTo(0.041);
        var client = node("distributed-tracing-api/prod", "client");
        assertThat(client.summaryStatistics()).isNull();
        assertThat(client.responseTimeHistogram()).isEmpty();
        assertThat(client.state()).isEqualTo("unknown");
        assertThat(client.root()).isNull();
        var bus = node("Events", "AWS::Events");
        assertThat(Objects.requireNonNull(bus.summaryStatistics()).totalCount()).isEqualTo(3);
        assertThat(node("order-service", "AWS::Lambda::Function").accountId()).isEqualTo("111111111111");
        assertThat(node("notification-service", "AWS::Lambda").edges()).hasSize(1);
        assertThat(node("notification-service", "AWS::Lambda::Function").edges())
                .isEmpty();
    }

    @Test
    void equalsTheTraceGraphOfTheOnlyTrace() {
        xray.traces().sink().write(XRay.SCOPE, Recipe.documents(XRay.TRACE, 0));

        assertThat(traceGraph(XRay.TRACE)).isEqualTo(graph());
    }

    @ParameterizedTest
    @Seeds(20)
    void countsEveryTraceOnceInWhateverOrderDocumentsArrive(long seed) {
        var random = new Random(seed);
        var documents = new ArrayList<String>();
        int orders = 1 + random.nextInt(8);
        for (int i = 0; i < orders; i++) {
            documents.addAll(Recipe.documents(TraceId.of(NOON.getEpochSecond(), 9, i), 10 * i));
        }
        Collections.shuffle(documents, random);
        while (!documents.isEmpty()) {
            var group = documents.subList(0, Math.min(documents.size(), 1 + random.nextInt(40)));
            xray.traces().sink().write(XRay.SCOPE, group);
            group.clear();
            if (random.nextInt(4) == 0) {
                graph();
            }
            if (random.nextInt(6) == 0) {
                xray.crash();
            }
        }

        assertThat(edges(graph()))
                .contains(
                        "Events(AWS::Events) -> notification-service(AWS::Lambda) " + 2 * orders,
                        "distributed-tracing-api/prod(client) -> "
                                + "distributed-tracing-api/prod(AWS::ApiGateway::Stage) " + orders);
        for (var service : graph()) {
            var statistics = service.summaryStatistics();
            if (statistics != null) {
                long total = Objects.requireNonNull(statistics.totalCount());
                assertThat(sum(Objects.requireNonNull(service.responseTimeHistogram())))
                        .isEqualTo((int) total);
                assertThat(sum(Objects.requireNonNull(service.durationHistogram())))
                        .isEqualTo((int) total);
            }
        }
    }

    @Test
    void countsOnlyWhatOverlapsTheWindow() {
        xray.traces().sink().write(XRay.SCOPE, Recipe.documents(XRay.TRACE, 0));

        assertThat(graph(NOON.minusSeconds(60), NOON)).isEmpty();
        assertThat(graph(NOON.plusMillis(561), NOON.plusSeconds(60)))
                .extracting(ServiceGraphTest::label)
                .containsExactlyInAnyOrder(
                        "notification-service(AWS::Lambda)", "notification-service(AWS::Lambda::Function)");
    }

    @Test
    void infersTheOtherSideOfCallsThatNothingCameFrom() {
        xray.put("""
            {"id":"0285bf1261be05ff","name":"app.example.com","start_time":%1$d.1,"end_time":%1$d.373,
             "trace_id":"%2$s","http":{"response":{"status":400}},"origin":"AWS::EC2::Instance","subsegments":[
             {"id":"4cd3f10b76c624b4","name":"DynamoDB","namespace":"aws","start_time":%1$d.2,"end_time":%1$d.26,
              "aws":{"table_name":"users","operation":"UpdateItem"}},
             {"id":"4cd3f10b76c624b5","name":"SNS","namespace":"aws","start_time":%1$d.27,"end_time":%1$d.3,
              "aws":{"topic_arn":"arn:aws:sns:us-east-1:111111111111:t"}},
             {"id":"4cd3f10b76c624b6","name":"names.example.com","namespace":"remote","start_time":%1$d.31,
              "end_time":%1$d.32,"http":{"response":{"status":503}}},
             {"id":"4cd3f10b76c624b7","name":"local","start_time":%1$d.33,"end_time":%1$d.34}]}\
            """.formatted(NOON.getEpochSecond(), XRay.TRACE));

        assertThat(edges(graph()))
                .containsExactlyInAnyOrder(
                        "app.example.com(client) -> app.example.com(AWS::EC2::Instance) 1",
                        "app.example.com(AWS::EC2::Instance) -> users(AWS::DynamoDB::Table) 1",
                        "app.example.com(AWS::EC2::Instance) -> SNS(AWS::SNS) 1",
                        "app.example.com(AWS::EC2::Instance) -> names.example.com(remote) 1");
        assertThat(node("names.example.com", "remote").state()).isEqualTo("unknown");
        assertThat(Objects.requireNonNull(Objects.requireNonNull(
                                        node("names.example.com", "remote").summaryStatistics())
                                .faultStatistics())
                        .totalCount())
                .isEqualTo(1);
        assertThat(Objects.requireNonNull(Objects.requireNonNull(node("app.example.com", "AWS::EC2::Instance")
                                        .summaryStatistics())
                                .errorStatistics())
                        .otherCount())
                .isEqualTo(1);
    }

    @Test
    void waitsForASegmentThatTheOtherSidePromised() {
        var caller = """
            {"id":"0285bf1261be05ff","name":"a","start_time":%1$d.1,"end_time":%1$d.3,"trace_id":"%2$s","subsegments":[
             {"id":"4cd3f10b76c624b4","name":"b","namespace":"remote","start_time":%1$d.1,"end_time":%1$d.2,
              "http":{"request":{"traced":true}}}]}\
            """.formatted(NOON.getEpochSecond(), XRay.TRACE);
        xray.put(caller);

        assertThat(xray.summary().isPartial()).isTrue();
        assertThat(graph()).hasSize(2);
        xray.clock.advance(Duration.ofSeconds(61));
        assertThat(edges(graph())).contains("a(null) -> b(remote) 1");

        xray.put("""
            {"id":"0285bf1261be0600","name":"b","start_time":%1$d.12,"end_time":%1$d.15,"trace_id":"%2$s",
             "parent_id":"4cd3f10b76c624b4"}\
            """.formatted(NOON.getEpochSecond(), XRay.TRACE));
        assertThat(xray.summary().isPartial()).isFalse();
        assertThat(edges(graph())).contains("a(null) -> b(null) 1").hasSize(2);
    }

    @Test
    void refusesWindowsThatAreEmptyOrTooLong() {
        assertThatThrownBy(() -> graph(NOON, NOON)).isInstanceOf(ServiceException.class);
        assertThatThrownBy(() -> graph(NOON, NOON.plusSeconds(6 * 3_600 + 1)))
                .isInstanceOf(ServiceException.class)
                .hasMessage("Time range cannot be longer than 6 hours");
    }

    @Test
    void answersLargeGraphsPageByPage() {
        for (int i = 0; i < 300; i++) {
            xray.put("""
                {"id":"0285bf1261be05ff","name":"n%3$03d","start_time":%1$d.1,"end_time":%1$d.3,"trace_id":"%2$s"}\
                """.formatted(NOON.getEpochSecond(), TraceId.of(NOON.getEpochSecond(), 1, i), i));
        }
        var first = xray.call(
                XrayModel.GET_SERVICE_GRAPH,
                GetServiceGraphRequest.builder()
                        .startTime(NOON)
                        .endTime(NOON.plusSeconds(5))
                        .build());
        assertThat(first.services()).hasSize(100);
        var second = xray.call(
                XrayModel.GET_SERVICE_GRAPH,
                GetServiceGraphRequest.builder()
                        .startTime(NOON)
                        .endTime(NOON.plusSeconds(5))
                        .nextToken(first.nextToken())
                        .build());
        assertThat(Objects.requireNonNull(second.services()).getFirst().referenceId())
                .isEqualTo(100);
    }

    @Test
    void countsRequestsByPeriod() {
        for (int i = 0; i < 3; i++) {
            xray.traces()
                    .sink()
                    .write(XRay.SCOPE, Recipe.documents(TraceId.of(NOON.getEpochSecond() + 50 * i, 1, i), 0));
        }

        var series = Objects.requireNonNull(xray.call(
                        XrayModel.GET_TIME_SERIES_SERVICE_STATISTICS,
                        GetTimeSeriesServiceStatisticsRequest.builder()
                                .startTime(NOON)
                                .endTime(NOON.plusSeconds(180))
                                .build())
                .timeSeriesServiceStatistics());

        assertThat(series)
                .extracting(bucket ->
                        Objects.requireNonNull(bucket.edgeSummaryStatistics()).totalCount())
                .containsExactly(2L, 1L, 0L);
    }
}
