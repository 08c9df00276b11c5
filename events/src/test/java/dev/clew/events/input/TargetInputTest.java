// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.input;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.events.input.TargetInput.Rendered;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The recorded substitution rules of the service. */
final class TargetInputTest {
    private static final String EVENT = "{\"version\":\"0\",\"id\":\"i\",\"detail-type\":\"Order Created\","
            + "\"source\":\"order.service\",\"account\":\"111111111111\",\"time\":\"2026-08-07T10:00:00Z\","
            + "\"region\":\"us-east-1\",\"resources\":[],\"detail\":{\"s\":\"baz\",\"n\":1.10,\"big\":1e400,\"t\":true,"
            + "\"nil\":null,\"list\":[\"ACTIVE\",\"INACTIVE\"],\"o\":{\"acc_id\":\"0a78\",\"sf_id\":\"baz\"},"
            + "\"q\":\"say \\\"hi\\\"\",\"a.b\":\"dot\"}}";
    private static final Source SOURCE = new Source(
            EVENT, "arn:aws:events:us-east-1:111111111111:rule/r", "r", Instant.parse("2026-08-07T10:00:01.234Z"));
    private static final Map<String, String> PATHS = Map.of(
            "s", "$.detail.s",
            "n", "$.detail.n",
            "t", "$.detail.t",
            "list", "$.detail.list",
            "o", "$.detail.o",
            "q", "$.detail.q",
            "absent", "$.detail.nope",
            "broken", "not a path");

    @Test
    void theWholeEventPassesAsItIs() {
        assertThat(text(new TargetInput.Whole())).isEqualTo(EVENT);
    }

    @Test
    void aConstantIgnoresTheEvent() {
        assertThat(text(new TargetInput.Constant("[1]"))).isEqualTo("[1]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "$.detail.s | \"baz\"",
                "$.detail.n | 1.10",
                "$.detail.big | 1e400",
                "$.detail.nil | null",
                "$.detail['list'][1] | \"INACTIVE\"",
                "$.detail[\"a.b\"] | \"dot\"",
                "$.detail-type | \"Order Created\"",
                "$['detail'].o | {\"acc_id\":\"0a78\",\"sf_id\":\"baz\"}",
            })
    void aPathSelectsVerbatim(String path, String expected) {
        assertThat(text(new TargetInput.Selected(path))).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"$.detail.nope", "$.detail.s.x", "$.detail.list[2]", "$.detail[0]"})
    void aPathThatSelectsNothingDeliversNothing(String path) {
        assertThat(new TargetInput.Selected(path).render(SOURCE)).isInstanceOf(Rendered.Impossible.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"detail", "$detail", "$.", "$.a[", "$.a[*]", "$..a", "$.a[?(@.b)]", ""})
    void refusesPathsItCannotFollow(String path) {
        assertThat(new TargetInput.Selected(path).problem("1")).hasValue("Invalid InputPath for target 1.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{\"k\": <s>} | {\"k\": \"baz\"}",
                "{\"k\": <n>} | {\"k\": 1.10}",
                "{\"k\": <t>} | {\"k\": true}",
                "{\"k\": <list>} | {\"k\": [\"ACTIVE\",\"INACTIVE\"]}",
                "{\"k\": <o>} | {\"k\": {\"acc_id\":\"0a78\",\"sf_id\":\"baz\"}}",
                "{\"k\": \"users/<s>\"} | {\"k\": \"users/baz\"}",
                "{\"k\": <absent>} | {\"k\": \"\"}",
                "{\"k\": \"<absent>\"} | {\"k\": \"\"}",
                "{\"k\": <broken>} | {\"k\": \"\"}",
                "\"text <o>\" | \"text {acc_id:0a78,sf_id:baz}\"",
                "\"text <list>\" | \"text [ACTIVE,INACTIVE]\"",
                "\"text <t>\" | \"text true\"",
                "<o> | {\"acc_id\":\"0a78\",\"sf_id\":\"baz\"}",
                "{\"r\": <aws.events.rule-name>} | {\"r\": \"r\"}",
                "{\"r\": \"<aws.events.rule-arn>\"} | {\"r\": \"arn:aws:events:us-east-1:111111111111:rule/r\"}",
                "{\"r\": <aws.events.event.ingestion-time>} | {\"r\": \"2026-08-07T10:00:01.234Z\"}",
            })
    void fillsTemplates(String template, String expected) {
        assertThat(text(transformed(template))).isEqualTo(expected);
    }

    @Test
    void knowsTheEventAndTheEventWithoutDetail() {
        assertThat(text(transformed("{\"e\":<aws.events.event.json>}"))).isEqualTo("{\"e\":" + EVENT + "}");
        assertThat(text(transformed("<aws.events.event>")))
                .isEqualTo("{\"version\":\"0\",\"id\":\"i\",\"detailType\":\"Order Created\","
                        + "\"source\":\"order.service\",\"account\":\"111111111111\","
                        + "\"time\":\"2026-08-07T10:00:00Z\",\"region\":\"us-east-1\",\"resources\":[]}");
    }

    @Test
    void joinsQuotedLines() {
        assertThat(text(transformed("\"one <s>\"\n\"two <n>\""))).isEqualTo("\"one baz\"\n\"two 1.10\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"k\": \"<list>\"}", "<list> unquoted text", "<n>", "{\"k\": \"<q>\"}", "{", "plain"})
    void deliversNothingThatIsNotAStringOrObject(String template) {
        assertThat(transformed(template).render(SOURCE)).isInstanceOf(Rendered.Impossible.class);
    }

    @Test
    void refusesUnknownPlaceholdersAndPathsToManyValues() {
        assertThat(transformed("{\"a\": <nope>}").problem("7"))
                .hasValue("InputTemplate for target 7 contains invalid placeholder nope.");
        assertThat(new TargetInput.Transformed(Map.of("a", "$.detail.list[*]"), "<a>").problem("7"))
                .hasValueSatisfying(problem -> assertThat(problem).contains("$.detail.list[*]"));
        assertThat(transformed("{\"a\": <s>, \"b\": <aws.events.rule-arn>}").problem("7"))
                .isEmpty();
    }

    private static TargetInput transformed(String template) {
        return new TargetInput.Transformed(PATHS, template);
    }

    private static String text(TargetInput input) {
        assertThat(input.render(SOURCE)).isInstanceOf(Rendered.Text.class);
        return ((Rendered.Text) input.render(SOURCE)).json();
    }
}
