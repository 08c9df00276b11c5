// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.publish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.core.Arn;
import dev.clew.events.delivery.BusBench;
import dev.clew.events.story.EventOutcome;
import dev.clew.events.story.EventQuery;
import dev.clew.testkit.ManualClock;
import dev.clew.testkit.SequentialIds;
import dev.clew.wire.Call;
import dev.clew.wire.FrontDoor;
import dev.clew.wire.FrontDoorConfig;
import dev.clew.wire.auth.AuthMode;
import dev.clew.wire.auth.CredentialStore;
import dev.clew.wire.http.HttpHeaders;
import dev.clew.wire.http.HttpRequest;
import dev.clew.wire.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** PutEvents as it looks on the wire. */
final class PutEventsTest {
    private final BusBench bench = new BusBench();
    private final FrontDoor door = new FrontDoor(
            List.of(bench.calls.service()),
            new Anybody(),
            AuthMode.OPEN,
            new ManualClock(),
            new SequentialIds(),
            FrontDoorConfig.DEFAULTS);

    private static final class Anybody implements CredentialStore {
        @Override
        public Optional<Credential> find(String accessKeyId) {
            return Optional.empty();
        }

        @Override
        public Call.Caller unverified(String accessKeyId) {
            return new Call.Caller(Arn.of("iam", "", "111111111111", "root"), "111111111111", accessKeyId);
        }
    }

    private HttpResponse put(String body) {
        return door.handle(new HttpRequest(
                "POST",
                "/",
                "",
                HttpHeaders.builder()
                        .add("Host", "localhost:4566")
                        .add("X-Amz-Target", "AWSEvents.PutEvents")
                        .add("Content-Type", "application/x-amz-json-1.1")
                        .add("X-Amzn-Trace-Id", BusBench.TRACE)
                        .build(),
                body.getBytes(StandardCharsets.UTF_8),
                "127.0.0.1",
                false));
    }

    private static String entries(String... entries) {
        return "{\"Entries\":[" + String.join(",", entries) + "]}";
    }

    private static String good(String more) {
        return "{\"Source\":\"a\",\"DetailType\":\"t\",\"Detail\":\"{}\"" + more + "}";
    }

    static Stream<Arguments> refusedEntries() {
        var source = "\"Source\":\"a\"";
        var type = "\"DetailType\":\"t\"";
        var detail = "\"Detail\":\"{}\"";
        return Stream.of(
                Arguments.of("{" + type + "," + detail + "}", "InvalidArgument", missing("Source")),
                Arguments.of("{\"Source\":\"\"," + type + "," + detail + "}", "InvalidArgument", missing("Source")),
                Arguments.of("{" + source + "," + detail + "}", "InvalidArgument", missing("DetailType")),
                Arguments.of("{" + source + "," + type + "}", "InvalidArgument", missing("Detail")),
                Arguments.of("{}", "InvalidArgument", missing("Source")),
                malformed("text"),
                malformed("[]"),
                malformed("[{}]"),
                malformed("\\\"quoted\\\""),
                malformed("{"),
                malformed("{} {}"),
                malformed("7"),
                malformed("{\\\"a\\\":1,}"),
                Arguments.of(
                        "{\"Source\":\"aws.ec2\"," + type + "," + detail + "}",
                        "NotAuthorizedForSourceException",
                        "Not authorized for the source."));
    }

    private static Arguments malformed(String detail) {
        return Arguments.of(
                "{\"Source\":\"a\",\"DetailType\":\"t\",\"Detail\":\"" + detail + "\"}",
                "MalformedDetail",
                "Detail is malformed.");
    }

    private static String missing(String name) {
        return "Parameter " + name + " is not valid. Reason: " + name + " is a required argument.";
    }

    @ParameterizedTest
    @MethodSource("refusedEntries")
    void oneBadEntryIsRefusedOnItsOwn(String entry, String code, String message) {
        var answer = put(entries(good(""), entry, good("")));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text())
                .matches("\\{\"FailedEntryCount\":1,\"Entries\":\\[\\{\"EventId\":\"[0-9a-f-]{36}\"},"
                        + "\\{\"ErrorCode\":\"" + code + "\",\"ErrorMessage\":\"" + message.replace(".", "\\.") + "\"},"
                        + "\\{\"EventId\":\"[0-9a-f-]{36}\"}]}");
        assertThat(bench.stories
                        .search(new EventQuery(
                                null, null, null, ManualClock.START, ManualClock.START.plusSeconds(1), null, 10, null))
                        .events())
                .hasSize(2);
    }

    @Test
    void aBusThatDoesNotExistGetsAnIdAndARecord() {
        var answer = put(entries(good(",\"EventBusName\":\"misspelt\"")));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text())
                .matches("\\{\"FailedEntryCount\":0,\"Entries\":\\[\\{\"EventId\":\"[0-9a-f-]{36}\"}]}");
        var id = UUID.fromString(answer.text().replaceAll(".*\"EventId\":\"([^\"]*)\".*", "$1"));
        var arrival = bench.stories.story(id).orElseThrow().arrivals().getFirst();
        assertThat(arrival.outcome()).isEqualTo(EventOutcome.DROPPED);
        assertThat(bench.documents).hasSize(1);
        assertThat(bench.documents.getFirst()).contains("\"dropped\":true");
    }

    @Test
    void elevenEntriesFailTheCall() {
        var answer = put(entries(Stream.generate(() -> good("")).limit(11).toArray(String[]::new)));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text())
                .contains("\"__type\":\"ValidationException\"")
                .contains("1 validation error detected: Value '[PutEventsRequestEntry(")
                .contains(
                        "at 'entries' failed to satisfy constraint: Member must have length less than or equal to 10");
    }

    @Test
    void noEntriesFailTheCall() {
        var answer = put("{\"Entries\":[]}");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text()).contains("ValidationException");
    }

    @Test
    void theSizeOfAllEntriesCountsWithoutNamesAndSyntax() {
        var padding = "x".repeat((1 << 20) - "a".length() - "t".length() - "{\"p\":\"\"}".length());
        var most = "{\"Source\":\"a\",\"DetailType\":\"t\",\"TraceHeader\":\"" + BusBench.TRACE
                + "\",\"Detail\":\"{\\\"p\\\":\\\"" + padding + "\\\"}\"}";
        assertThat(put(entries(most)).status()).isEqualTo(200);
        var answer = put(entries(most.replace("\"Source\":\"a\"", "\"Source\":\"ab\"")));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text())
                .contains("\"__type\":\"ValidationException\"")
                .contains("Total size of the entries in the request is over the limit.");
        assertThat(put(entries(most.replace("\"Source\":\"a\"", "\"Source\":\"a\",\"Time\":1754560000")))
                        .status())
                .as("a time counts 14 bytes")
                .isEqualTo(400);
    }

    @Test
    void keepsWhatTheProducerWrote() {
        bench.rule(
                "r",
                null,
                "{\"source\":[\"a\"]}",
                BusBench.target(BusBench.FUNCTION).build());
        put(entries("{\"Source\":\"a\",\"DetailType\":\"t\",\"Time\":1754560000.9,\"Resources\":[\"x\",\"y\"],"
                + "\"Detail\":\"{ \\\"n\\\" : 1.50e2, \\\"s\\\":\\\"a b\\\" }\"}"));
        bench.settle();
        assertThat(new String(bench.attempts.getFirst().payload(), StandardCharsets.UTF_8))
                .matches("\\{\"version\":\"0\",\"id\":\"[0-9a-f-]{36}\",\"detail-type\":\"t\",\"source\":\"a\","
                        + "\"account\":\"111111111111\",\"time\":\"2025-08-07T09:46:40Z\",\"region\":\"us-east-1\","
                        + "\"resources\":\\[\"x\",\"y\"],\"detail\":\\{\"n\":1\\.50e2,\"s\":\"a b\"}}");
    }

    @Test
    void anEntrysOwnTraceHeaderWinsAndAnInvalidOneIsDropped() {
        bench.rule(
                "r",
                null,
                "{\"source\":[\"a\"]}",
                BusBench.target(BusBench.FUNCTION).build());
        put(entries(
                good(""),
                good(",\"TraceHeader\":\"Root=1-5759e988-000000000000000000000001;Parent=53995c3f42cd8ad8;Sampled=1\""),
                good(",\"TraceHeader\":\"nonsense\"")));
        bench.settle();
        assertThat(bench.documents.stream().filter(document -> document.contains("AWS::Events")))
                .as("a segment for each context")
                .hasSize(2);
        assertThat(bench.attempts.stream()
                        .map(attempt -> String.valueOf(attempt.trace()).substring(0, 40)))
                .containsExactlyInAnyOrder(
                        "Root=1-5759e988-bd862e3fe1be46a994272793",
                        "Root=1-5759e988-000000000000000000000001",
                        "Root=1-5759e988-bd862e3fe1be46a994272793");
    }
}
