// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.publish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.core.Scope;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class EnvelopeTest {
    private static final JsonMapper JSON = JsonMapper.shared();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "'{ \"a\" : 1.0 }'|{\"a\":1.0}",
                "'{\"a b\":\" c \"}'|{\"a b\":\" c \"}",
                "'{\"a\":\"\\\" \\\\\" , \"b\":[ 1e5 ,\t2 ] }'|{\"a\":\"\\\" \\\\\",\"b\":[1e5,2]}",
                "'{\"a\\\\\":\" \" , \"b\" :\"\"}'|{\"a\\\\\":\" \",\"b\":\"\"}",
                "{}|{}",
            })
    void takesAwayTheSpaceBetweenTokensAndNoOther(String detail, String expected) {
        assertThat(Envelope.compact(detail)).isEqualTo(expected);
    }

    @Test
    void isWhatAnotherJsonLibraryWouldWrite() {
        var random = new Random(7);
        for (int i = 0; i < 500; i++) {
            var text = text(random);
            var detail = JSON.createObjectNode().put(text, text(random)).put("n", i);
            detail.putArray("list").add(text(random)).add(true);
            var spaced = JSON.writerWithDefaultPrettyPrinter().writeValueAsString(detail);

            assertThat(Envelope.compact(spaced)).isEqualTo(JSON.writeValueAsString(detail));
        }
    }

    @Test
    void escapesWhatCallersName() {
        var id = new UUID(1, 2);
        var time = Instant.parse("2026-08-07T10:00:00.9Z");
        var odd = "a\"b\\c\n\u0001é";

        var event = JSON.readTree(
                Envelope.of(id, odd, odd, new Scope("111111111111", "eu-west-1"), time, List.of(odd, "r"), "{}"));

        assertThat(event.get("detail-type").asString()).isEqualTo(odd);
        assertThat(event.get("source").asString()).isEqualTo(odd);
        assertThat(event.get("resources").get(0).asString()).isEqualTo(odd);
        assertThat(event.get("time").asString()).isEqualTo("2026-08-07T10:00:00Z");
        assertThat(event.get("id").asString()).isEqualTo(id.toString());
    }

    private static String text(Random random) {
        var letters = "ab \t\n\r\"\\{}[],:é";
        var text = new StringBuilder();
        for (int i = random.nextInt(12); i >= 0; i--) {
            text.append(letters.charAt(random.nextInt(letters.length())));
        }
        return text.toString();
    }
}
