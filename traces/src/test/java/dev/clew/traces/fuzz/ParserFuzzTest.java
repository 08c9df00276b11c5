// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.core.trace.TraceHeader;
import dev.clew.core.trace.TraceId;
import dev.clew.testkit.ManualClock;
import dev.clew.traces.TracesConfig;
import dev.clew.traces.XRay;
import dev.clew.traces.api.GetServiceGraphRequest;
import dev.clew.traces.api.TraceSummary;
import dev.clew.traces.api.XrayModel;
import dev.clew.traces.document.DocumentParser;
import dev.clew.traces.document.RefusedDocument;
import dev.clew.traces.document.SegmentDocument;
import dev.clew.traces.filter.Corpus;
import dev.clew.traces.filter.FilterLanguage;
import dev.clew.traces.filter.FilterRules;
import dev.clew.traces.filter.Filters;
import dev.clew.traces.filter.RandomExpressions;
import dev.clew.wire.ServiceException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Whatever comes in is taken or refused, and what is taken can be asked for. */
class ParserFuzzTest {
    private static final FilterLanguage LANGUAGE = new FilterLanguage(FilterRules.DEFAULTS);

    private final DocumentParser parser = new DocumentParser(TracesConfig.DEFAULTS.maxDocumentBytes());
    private final List<String> documents =
            Corpus.documents().values().stream().flatMap(List::stream).toList();

    private String document(Random random) {
        return documents.get(random.nextInt(documents.size()));
    }

    @Test
    void documentsAreTakenOrRefusedAndReadAgainAsTheyWere() {
        Fuzz.run(3_000, random -> {
            var text = Fuzz.mutant(document(random).getBytes(StandardCharsets.UTF_8), random);
            var taken = new ArrayList<SegmentDocument>();
            var refused = new ArrayList<RefusedDocument>();
            parser.parse(text, taken::add, refused::add);
            assertThat(taken.size() + refused.size()).isPositive();
            refused.forEach(refusal -> assertThat(refusal.message()).isNotEmpty());
            taken.forEach(this::assertReadAgain);
        });
    }

    private void assertReadAgain(SegmentDocument document) {
        try {
            var again = parser.parseStored(document.json(), document.subsegment(), false);
            assertThat(again.entity()).isEqualTo(document.entity());
            assertThat(again.traceId()).isEqualTo(document.traceId());
        } catch (RefusedDocument e) {
            throw new AssertionError("was taken before: " + e.message(), e);
        }
    }

    @Test
    void tracesOfWhateverWasTakenCanBeAskedFor() {
        Fuzz.run(60, random -> {
            var xray = new XRay();
            for (int i = 0; i < 20; i++) {
                xray.put(Fuzz.mutant(document(random), random));
            }
            var from = ManualClock.START.minus(Duration.ofHours(12));
            var to = from.plus(Duration.ofHours(24));
            for (var summary : xray.summaries(from, to)) {
                assertIsJson(summary);
                xray.documents(
                        TraceId.parse(Objects.requireNonNull(summary.id())).orElseThrow());
            }
            xray.summaries(
                    from, to, "service(\"A\") { fault } OR rootcause.fault.service { name = \"B\" } OR duration > 1");
            xray.call(
                    XrayModel.GET_SERVICE_GRAPH,
                    GetServiceGraphRequest.builder()
                            .startTime(ManualClock.START.minus(Duration.ofHours(3)))
                            .endTime(ManualClock.START.plus(Duration.ofHours(3)))
                            .build());
        });
    }

    /** No number that JSON does not know. */
    private static void assertIsJson(TraceSummary summary) {
        assertThat(JsonMapper.shared().writeValueAsString(summary))
                .doesNotContain("NaN")
                .doesNotContain("Infinity");
    }

    @Test
    void traceHeadersAreReadOrNot() {
        Fuzz.run(5_000, random -> {
            var text = Fuzz.mutant(
                    "Self=1-67891234-12456789abcdef0123456789;Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;"
                        + "Sampled=1;Lineage=a87bd80c:1|68fd508a:5",
                    random);
            TraceHeader.parse(text)
                    .ifPresent(header ->
                            assertThat(TraceHeader.parse(header.toString())).isEqualTo(Optional.of(header)));
        });
    }

    @Test
    void filtersAreReadOrRefusedAndDecide() {
        var traces = List.copyOf(Corpus.digests().values());
        var corpus = Corpus.valid();
        var filters = new Filters(LANGUAGE, scope -> group -> Optional.empty());
        Fuzz.run(3_000, random -> {
            var text = Fuzz.mutant(
                    random.nextInt(3) == 0
                            ? RandomExpressions.text(RandomExpressions.any(random))
                            : corpus.get(random.nextInt(corpus.size())).expression(),
                    random);
            try {
                var filter = filters.compile(XRay.SCOPE, text);
                traces.forEach(trace -> filter.matches(trace, Long.MAX_VALUE / 2));
            } catch (ServiceException e) {
                assertThat(e.code()).isEqualTo("InvalidRequestException");
            }
            try {
                LANGUAGE.parseSelector(text);
            } catch (ServiceException e) {
                assertThat(e.code()).isEqualTo("InvalidRequestException");
            }
        });
    }
}
