// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.core.trace.TraceId;
import dev.clew.testkit.ManualClock;
import dev.clew.testkit.Seeds;
import dev.clew.traces.XRay;
import dev.clew.traces.api.BatchGetTracesRequest;
import dev.clew.traces.api.XrayModel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import tools.jackson.databind.JsonNode;

class BatchGetTracesTest {
    private static final long NOON = ManualClock.START.getEpochSecond();
    private final XRay xray = new XRay();

    /** A document with times relative to noon; {@code rest} begins with a comma. */
    private static String entity(int id, String name, String rest) {
        return "{\"id\":\"%016x\",\"name\":\"%s\",\"start_time\":%d.25,\"trace_id\":\"%s\"%s}"
                .formatted(id, name, NOON, XRay.TRACE, rest.replace('\'', '"'));
    }

    private static String ended(int id, String name, String rest) {
        return entity(id, name, ",'end_time':" + NOON + ".75" + rest);
    }

    private static String sub(int id, int parent) {
        return ended(id, "s" + id, ",'type':'subsegment','parent_id':'%016x'".formatted(parent));
    }

    private List<String> names() {
        return xray.documents(XRay.TRACE).stream()
                .map(document -> document.get("name").asString())
                .toList();
    }

    @Test
    void answersTheDocumentedLambdaPairWithTheTableInferred() {
        xray.put("""
            {"id":"0285bf1261be05ff","name":"ProducerA","start_time":1699480919.389,"end_time":1699480920.17,
             "trace_id":"1-654c0557-5611b044040fc7224c4790b6","http":{"response":{"status":200}},
             "aws":{"request_id":"74ba6aea-2855-490a-a20d-d6dd1c39916c"},
             "origin":"AWS::Lambda","resource_arn":"arn:aws:lambda:us-west-2:123456789012:function:ProducerA"}
            """, """
            {"id":"17e84e76450d1777","name":"ProducerA","parent_id":"0285bf1261be05ff",
             "start_time":1699480919.9095895,"end_time":1699480920.1668363,
             "trace_id":"1-654c0557-5611b044040fc7224c4790b6",
             "origin":"AWS::Lambda::Function","aws":{"account_id":"123456789012","resource_names":["ProducerA"]},
             "subsegments":[
              {"id":"36297616ffd7bf54","name":"Initialization","start_time":1699480919.5493197,
               "end_time":1699480919.9040341},
              {"id":"7869f11198c79dd1","name":"Invocation","start_time":1699480919.9098928,
               "end_time":1699480920.1662896,"subsegments":[
                {"id":"4cd3f10b76c624b4","name":"DynamoDB","namespace":"aws","start_time":1699480919.95,
                 "end_time":1699480920.01,"http":{"response":{"status":200}},
                 "aws":{"table_name":"users","operation":"UpdateItem","resource_names":["users"]}}]},
              {"id":"876dd8d327ff70a3","name":"Overhead","start_time":1699480920.1663911,
               "end_time":1699480920.166695}]}\
            """);

        var id = new TraceId("1-654c0557-5611b044040fc7224c4790b6");
        var documents = xray.documents(id);
        assertThat(documents).hasSize(3);
        var inferred = documents.getLast();
        assertThat(inferred.get("inferred").asBoolean()).isTrue();
        assertThat(inferred.get("origin").asString()).isEqualTo("AWS::DynamoDB::Table");
        assertThat(inferred.get("parent_id").asString()).isEqualTo("4cd3f10b76c624b4");
        assertThat(inferred.has("namespace")).isFalse();
        assertThat(Objects.requireNonNull(Objects.requireNonNull(xray.get(id)).segments())
                        .get(1)
                        .document())
                .contains("\"start_time\":1699480919.9095895,");
        assertThat(xray.documents(id)).isEqualTo(documents);
        assertThat(Objects.requireNonNull(xray.get(id)).duration()).isEqualTo(0.781);

        var start = Instant.ofEpochSecond(1_699_480_900);
        var summary = xray.summaries(start, start.plusSeconds(60)).getFirst();
        assertThat(summary.responseTime()).isEqualTo(0.781);
        assertThat(Objects.requireNonNull(summary.entryPoint()).type()).isEqualTo("AWS::Lambda");
        assertThat(Objects.requireNonNull(summary.serviceIds()))
                .extracting(service -> service.name() + " " + service.type())
                .containsExactlyInAnyOrder(
                        "ProducerA AWS::Lambda",
                        "ProducerA AWS::Lambda::Function",
                        "users AWS::DynamoDB::Table",
                        "ProducerA client");
    }

    @Test
    void leavesUnknownTracesOutAndRefusesMalformedIds() {
        assertThat(xray.get(XRay.TRACE)).isNull();
        assertThatThrownBy(() -> batch("None")).hasMessageContaining("'None'");
        assertThatThrownBy(() -> batch(Collections.nCopies(6, XRay.TRACE.text()).toArray(String[]::new)))
                .hasMessage("Exceeding maximum query size: 5");
        assertThatThrownBy(() -> batch()).hasMessageContaining("none");
    }

    private void batch(String... ids) {
        xray.call(
                XrayModel.BATCH_GET_TRACES,
                BatchGetTracesRequest.builder().traceIds(List.of(ids)).build());
    }

    @Test
    void replacesInProgressDocumentsButNeverTheOtherWay() {
        var begun = entity(1, "begun", ",'in_progress':true");
        xray.put(begun);
        assertThat(xray.summary().isPartial()).isTrue();
        assertThat(xray.summary().responseTime()).isNull();
        assertThat(xray.summary().revision()).isEqualTo(1);

        xray.put(ended(1, "ended", ""));
        assertThat(xray.summary().isPartial()).isFalse();
        assertThat(xray.summary().responseTime()).isEqualTo(0.5);
        assertThat(xray.summary().revision()).isEqualTo(2);

        xray.put(begun);
        xray.crash();
        xray.put(begun);
        assertThat(names()).containsExactly("ended");
        assertThat(xray.summary().revision()).isEqualTo(2);
    }

    @Test
    void letsTheLastCompleteDocumentWin() {
        xray.put(ended(1, "first", ""));
        xray.put(ended(1, "second", ""));
        assertThat(names()).containsExactly("second");
        xray.crash();
        assertThat(names()).containsExactly("second");
    }

    @Test
    void keepsOrphansAsPseudoSegmentsUntilTheirParentComes() {
        xray.put(sub(3, 2), sub(2, 1));
        assertThat(names()).containsExactly("s2");
        var orphan = xray.documents(XRay.TRACE).getFirst();
        assertThat(orphan.get("type").asString()).isEqualTo("subsegment");
        assertThat(orphan.get("subsegments").get(0).get("name").asString()).isEqualTo("s3");
        assertThat(xray.summary().isPartial()).isTrue();
        assertThat(xray.summary().serviceIds()).isEmpty();

        xray.put(ended(1, "parent", ""));
        assertThat(names()).containsExactly("parent");
        assertThat(xray.summary().isPartial()).isFalse();
    }

    @Test
    void attachesSubsegmentsInsideTheTreeOfAnotherSegment() {
        xray.put(
                ended(1, "a", ",'subsegments':[{'id':'0000000000000002','name':'b','start_time':1,'end_time':2}]"),
                ended(4, "other", ",'parent_id':'0000000000000002'"),
                sub(3, 2));

        var a = xray.documents(XRay.TRACE).getFirst();
        assertThat(a.get("subsegments")
                        .get(0)
                        .get("subsegments")
                        .get(0)
                        .get("name")
                        .asString())
                .isEqualTo("s3");
    }

    @Test
    void replacesAnEmbeddedSubsegmentByOneSentOnItsOwn() {
        xray.put(
                ended(1, "a", ",'subsegments':[{'id':'0000000000000002','name':'old','start_time':1,'end_time':2}]"),
                sub(2, 1));

        var subsegments = xray.documents(XRay.TRACE).getFirst().get("subsegments");
        assertThat(subsegments).hasSize(1);
        assertThat(subsegments.get(0).get("name").asString()).isEqualTo("s2");
    }

    @Test
    void survivesParentsInACircle() {
        xray.put(sub(1, 2), sub(2, 3), sub(3, 1), sub(4, 4));
        assertThat(xray.documents(XRay.TRACE)).hasSize(2);

        xray.put(
                ended(5, "a", ",'parent_id':'0000000000000006','fault':true"),
                ended(6, "b", ",'parent_id':'0000000000000005','fault':true"));
        assertThat(xray.documents(XRay.TRACE)).hasSize(4);
        assertThat(xray.summary().isPartial()).isTrue();
    }

    @ParameterizedTest
    @Seeds(5)
    void survivesAnEndlessChainOfSubsegments(long seed) {
        var chain = new ArrayList<String>();
        chain.add(ended(1, "root", ""));
        for (int i = 2; i <= 2_000; i++) {
            chain.add(sub(i, i - 1));
        }
        Collections.shuffle(chain, new Random(seed));
        for (int i = 0; i < chain.size(); i += 50) {
            xray.put(chain.subList(i, Math.min(chain.size(), i + 50)));
        }

        assertThat(xray.documents(XRay.TRACE).stream()
                        .mapToInt(BatchGetTracesTest::size)
                        .sum())
                .isEqualTo(2_000);
        assertThat(xray.summary().isPartial()).isTrue();
    }

    private static int size(JsonNode entity) {
        int size = 1;
        for (var inner : entity.path("subsegments")) {
            size += size(inner);
        }
        return size;
    }

    @Test
    void dropsMembersThatTheFormatDoesNotKnow() {
        xray.put(ended(
                1, "a", ",'surprise':1,'clew.bus':'b','metadata':5,'annotations':{'k':1,'o':{}},'inferred':true"));

        var document = xray.documents(XRay.TRACE).getFirst();
        assertThat(document.propertyNames())
                .containsExactlyInAnyOrder(
                        "id", "name", "start_time", "end_time", "trace_id", "clew.bus", "annotations");
        assertThat(document.get("annotations").propertyNames()).containsExactly("k");
    }

    @Test
    void refusesCallsThatAreTooLargeButBadDocumentsOneByOne() {
        assertThatThrownBy(() -> xray.put(Collections.nCopies(51, ended(1, "a", ""))))
                .hasMessage("Exceeding maximum segment count: 50");
        assertThatThrownBy(() -> xray.put(List.of())).hasMessageContaining("none");

        var result = xray.put(ended(1, "a", ""), "{", ended(2, "b", ""));
        assertThat(Objects.requireNonNull(result.unprocessedTraceSegments()))
                .singleElement()
                .satisfies(problem -> assertThat(problem.errorCode()).isEqualTo("ParseError"));
        assertThat(names()).containsExactly("a", "b");
    }
}
