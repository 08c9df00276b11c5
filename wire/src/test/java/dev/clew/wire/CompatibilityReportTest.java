// SPDX-License-Identifier: Apache-2.0
package dev.clew.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CompatibilityReportTest {
    private final String page = CompatibilityReport.markdown(SampleServices.all());

    @Test
    void countsWhatEachServiceSupports() {
        assertThat(page)
                .contains("| Sample clerk | JSON 1.1 | 3 | 1 |\n")
                .contains("| Sample depot | REST JSON | 6 | 1 |\n")
                .contains("| Sample meter | RPC v2 CBOR, JSON 1.0, query | 3 | 1 |\n");
    }

    @Test
    void listsEveryOperationOnceInOrderOfNames() {
        assertThat(page.substring(page.indexOf("## Sample registry"))).isEqualTo("""
            ## Sample registry

            Signing name `registry`, API version 2026-08-07.

            | operation | |
            |---|---|
            | Echo | supported |
            | Fail | supported |
            | Levitate | unsupported: nothing here can fly |
            | Ping | supported |
            """);
    }

    @Test
    void doesNotDependOnTheOrderOfTheBindings() {
        assertThat(CompatibilityReport.markdown(SampleServices.all().reversed()))
                .isEqualTo(page);
    }
}
