// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.traces.fuzz.Fuzz;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class DatagramFuzzTest {
    private static final String HEADER = "{\"format\": \"json\", \"version\": 1}\n";
    private static final String DOCUMENT = "{\"name\":\"shop\",\"id\":\"70de5b6f19ff9a0a\"}";

    @Test
    void aDocumentBeginsAfterTheHeaderOrThereIsNone() {
        Fuzz.run(5_000, random -> {
            var datagram = Fuzz.mutant((HEADER + DOCUMENT).getBytes(StandardCharsets.UTF_8), random);
            int start = DatagramHeader.documentStart(datagram);
            assertThat(start).isBetween(-1, datagram.length);
            if (start > 0 && start < datagram.length) {
                assertThat(datagram[start - 1]).isEqualTo((byte) '\n');
            }
        });
    }

    @Test
    void anUnchangedHeaderIsFoundWhateverFollows() {
        Fuzz.run(2_000, random -> {
            var datagram = HEADER + Fuzz.mutant(DOCUMENT, random);
            assertThat(DatagramHeader.documentStart(datagram.getBytes(StandardCharsets.UTF_8)))
                    .isEqualTo(HEADER.length());
        });
    }
}
