// SPDX-License-Identifier: Apache-2.0
package dev.clew.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The recipe's third challenge: dead letters that keep their trace, through boto3. */
class DeadLetterIT {
    @TempDir
    static Path data;

    private static RunningServer server;

    @BeforeAll
    static void start() {
        Tools.needPython();
        server = RunningServer.start(data, "--functions.retry-factor", "0.02");
    }

    @AfterAll
    static void close() {
        if (server != null) {
            server.close();
        }
    }

    private static JsonNode seen(String scenario) {
        return Tools.python(server, "dead_letters.py", scenario);
    }

    /** C3.1. */
    @Test
    void anEventThatAFunctionRefusesIsADeadLetterWithinASecondAndInItsTrace() {
        var seen = seen("refused");
        var letter = seen.get("letter");
        assertThat(seen.get("seconds").asDouble()).isLessThan(1);
        // without exhausted retries there is no condition to name: the sixth attribute is left out
        assertThat(names(letter.get("attributes")))
                .contains("RULE_ARN", "TARGET_ARN", "ERROR_CODE", "ERROR_MESSAGE", "RETRY_ATTEMPTS");
        assertThat(attribute(letter, "ERROR_CODE")).isEqualTo("NO_PERMISSIONS");
        assertThat(attribute(letter, "RETRY_ATTEMPTS")).isEqualTo("0");
        assertThat(attribute(letter, "RULE_ARN")).endsWith(":rule/refused");
        assertThat(attribute(letter, "TARGET_ARN")).isEqualTo(seen.get("target").asString());
        assertThat(root(letter)).isEqualTo(seen.get("root").asString());
        assertThat(letter.at("/body/detail/order").asString()).isEqualTo("order-1");
    }

    /** C3.2. */
    @Test
    void anEndpointThatFailsIsTriedThreeTimes() {
        var seen = seen("exhausted");
        var letter = seen.get("letter");
        assertThat(seen.get("requests").asInt()).isEqualTo(3);
        assertThat(attribute(letter, "EXHAUSTED_RETRY_CONDITION")).isEqualTo("MaximumRetryAttempts");
        assertThat(attribute(letter, "RETRY_ATTEMPTS")).isEqualTo("2");
        assertThat(root(letter)).isEqualTo(seen.get("root").asString());
    }

    /** C3.3. */
    @Test
    void aFunctionThatRaisesIsTriedThreeTimesInOneTraceAndThenToldOf() {
        var seen = seen("failed");
        var root = seen.get("root").asString();
        var letter = seen.get("letter");
        assertThat(root(letter)).isEqualTo(root);
        assertThat(names(letter.get("attributes"))).containsExactlyInAnyOrder("RequestID", "ErrorCode", "ErrorMessage");
        assertThat(attribute(letter, "ErrorCode")).isEqualTo("200");
        assertThat(attribute(letter, "ErrorMessage")).isEqualTo("no stock for order-1");
        assertThat(letter.at("/body/detail/order").asString()).isEqualTo("order-1");

        var record = seen.get("record");
        assertThat(root(record)).isEqualTo(root);
        assertThat(record.at("/body/requestContext/condition").asString()).isEqualTo("RetriesExhausted");
        assertThat(record.at("/body/requestContext/approximateInvokeCount").asInt())
                .isEqualTo(3);
        assertThat(record.at("/body/responsePayload/errorType").asString()).isEqualTo("ValueError");

        var service = only(seen.get("documents"), "AWS::Lambda", "failed");
        assertThat(service.get("subsegments")
                        .valueStream()
                        .map(part -> part.get("name").asString())
                        .filter(name -> !name.equals("SQS")))
                .containsExactly("Dwell Time", "Attempt #1", "Attempt #2", "Attempt #3");
    }

    /** C3.4, with the letter's trace header. */
    @Test
    void whatIsRedrivenWithItsHeaderGoesOnInItsTrace() {
        var seen = seen("redriven");
        assertThat(seen.get("mapping").asString()).isEqualTo("Enabled");
        var root = seen.get("root").asString();
        only(seen.get("documents"), "AWS::Lambda::Function", "redriven");
        assertThat(seen.get("documents").toString()).contains("NO_PERMISSIONS");
        assertThat(linksOf(seen, "redriven-redrive")).containsExactly(root);
    }

    /** C3.4, without. */
    @Test
    void whatIsRedrivenWithoutItsHeaderIsInATraceThatIsLinked() {
        var seen = seen("redriven-apart");
        var root = seen.get("root").asString();
        assertThat(seen.at("/linked/root").asString()).isNotEqualTo(root);
        assertThat(linksOf(seen, "redriven-apart-redrive")).containsExactly(root);
        only(seen.at("/linked/documents"), "AWS::Lambda::Function", "redriven-apart");
    }

    private static List<String> linksOf(JsonNode seen, String function) {
        return only(seen.at("/linked/documents"), "AWS::Lambda", function)
                .path("links")
                .valueStream()
                .map(link -> link.get("trace_id").asString())
                .toList();
    }

    private static JsonNode only(JsonNode documents, String origin, String name) {
        var found = documents
                .valueStream()
                .filter(document -> document.path("origin").asString("").equals(origin)
                        && document.get("name").asString().equals(name))
                .toList();
        assertThat(found).as("%s %s in %s", origin, name, documents).hasSize(1);
        return found.getFirst();
    }

    private static List<String> names(JsonNode attributes) {
        return new ArrayList<>(attributes.propertyNames());
    }

    private static String attribute(JsonNode letter, String name) {
        return letter.get("attributes").path(name).asString("");
    }

    private static String root(JsonNode letter) {
        return letter.get("trace").asString().split(";")[0].replace("Root=", "");
    }
}
