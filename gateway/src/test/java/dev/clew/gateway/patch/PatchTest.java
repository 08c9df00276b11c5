// SPDX-License-Identifier: Apache-2.0
package dev.clew.gateway.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.gateway.api.CanarySettings;
import dev.clew.gateway.api.PatchOperation;
import dev.clew.gateway.api.RestApi;
import dev.clew.gateway.api.Stage;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@NullUnmarked // optional members of the answers are asserted, not guarded
class PatchTest {
    private static final Patch<Stage> STAGE = Patch.of(Stage.SHAPE)
            .replace("/tracingEnabled", "/cacheClusterSize", "/canarySettings/percentTraffic")
            .edit("/description", "/canarySettings")
            .entries("/variables/{name}", "/canarySettings/stageVariableOverrides/{name}")
            .build();
    private static final Patch<RestApi> API = Patch.of(RestApi.SHAPE)
            .replace("/minimumCompressionSize")
            .entries("/binaryMediaTypes/{type}")
            .build();
    private static final Stage EMPTY = Stage.builder().build();

    private static PatchOperation operation(String op, String path, String value) {
        return new PatchOperation(op, path, value, null);
    }

    @Test
    void leavesTheRecordItself() {
        var before = Stage.builder().variables(Map.of("a", "1")).build();
        var after = STAGE.apply(before, operation("replace", "/variables/b", "2"));
        assertThat(before.variables()).containsOnlyKeys("a");
        assertThat(after.variables()).containsExactly(Map.entry("a", "1"), Map.entry("b", "2"));
    }

    @Test
    void makesTheStructuresOnTheWay() {
        var traffic = STAGE.apply(EMPTY, operation("replace", "/canarySettings/percentTraffic", "12.5"));
        assertThat(traffic.canarySettings())
                .isEqualTo(CanarySettings.builder().percentTraffic(12.5).build());
        var overridden = STAGE.apply(traffic, operation("add", "/canarySettings/stageVariableOverrides/a", "1"));
        assertThat(overridden.canarySettings().percentTraffic()).isEqualTo(12.5);
        assertThat(overridden.canarySettings().stageVariableOverrides()).containsExactly(Map.entry("a", "1"));
        assertThat(STAGE.apply(overridden, operation("remove", "/canarySettings", null))
                        .canarySettings())
                .isNull();
    }

    @Test
    void decodesSlashesAndTildes() {
        var api = RestApi.builder().binaryMediaTypes(List.of("a/b")).build();
        api = API.apply(api, operation("add", "/binaryMediaTypes/image~1png", null));
        api = API.apply(api, operation("add", "/binaryMediaTypes/x~01y", null));
        api = API.apply(api, operation("replace", "/binaryMediaTypes/a~1b", "c/d"));
        assertThat(api.binaryMediaTypes()).containsExactly("c/d", "image/png", "x~1y");
        api = API.apply(api, operation("remove", "/binaryMediaTypes/image~1png", null));
        assertThat(api.binaryMediaTypes()).containsExactly("c/d", "x~1y");
    }

    @Test
    void takesNoOperationsAsNone() {
        assertThat(STAGE.apply(EMPTY, (List<PatchOperation>) null)).isSameAs(EMPTY);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        replace | /tracingEnabled                | yes  | Invalid value 'yes' for patch path /tracingEnabled (expected: true or false)
        replace | /tracingEnabled                |      | Invalid value 'null' for patch path /tracingEnabled (expected: true or false)
        replace | /cacheClusterSize              | 3    | Invalid value '3' for patch path /cacheClusterSize (expected: one of [0.5, 1.6, 6.1, 13.5, 28.4, 58.2, 118, 237])
        replace | /canarySettings/percentTraffic | NaN  | Invalid value 'NaN' for patch path /canarySettings/percentTraffic (expected: a number)
        replace | /canarySettings                | x    | Invalid patch path /canarySettings
        remove  | /variables/absent              |      | Invalid patch path /variables/absent
        remove  | /tracingEnabled                |      | Invalid patch operation specified. Must be one of: [replace]
        move    | /variables/a                   | b    | Invalid patch operation specified. Must be one of: [add, remove, replace]
        test    | /x                             | b    | Invalid patch path  '/x' specified for op 'test'. Please choose supported operations
        replace | /                              | b    | Invalid patch path /
        replace | tracingEnabled                 | b    | Invalid patch path tracingEnabled
        """)
    void refusesWhatDoesNotFit(String op, String path, String value, String message) {
        assertThatThrownBy(() -> STAGE.apply(EMPTY, operation(op, path, value))).hasMessage(message);
    }

    @Test
    void refusesNumbersThatAreNoneAndPathsWithoutEnd() {
        assertThatThrownBy(() -> API.apply(
                        RestApi.builder().build(), operation("replace", "/minimumCompressionSize", "99999999999")))
                .hasMessageEndingWith("(expected: a number)");
        var endless = "/a".repeat(33);
        assertThatThrownBy(() -> STAGE.apply(EMPTY, operation("replace", endless, "x")))
                .hasMessage("Invalid patch path " + endless);
    }
}
