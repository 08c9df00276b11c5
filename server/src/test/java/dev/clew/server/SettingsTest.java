// SPDX-License-Identifier: Apache-2.0
package dev.clew.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.clew.wire.auth.AuthMode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {
    private static final Path HOME = Path.of("home").toAbsolutePath();

    @Test
    void defaultsAreThoseThatOtherProgramsRelyOn() {
        var settings = settings(Map.of(), Map.of(), Map.of());
        assertThat(settings.port()).isEqualTo(4566);
        assertThat(settings.daemonPort()).isEqualTo(2000);
        assertThat(settings.otlpGrpcPort()).isEqualTo(4317);
        assertThat(settings.otlpHttpPort()).isEqualTo(4318);
        assertThat(settings.bind().isLoopbackAddress()).isTrue();
        assertThat(settings.auth()).isEqualTo(AuthMode.OPEN);
        assertThat(settings.account()).isEqualTo("111111111111");
        assertThat(settings.region()).isEqualTo("us-east-1");
        assertThat(settings.durability()).isEqualTo("fsync");
        assertThat(settings.data()).isEqualTo(HOME.resolve(".clew/data"));
        assertThat(settings.tracesRetention()).isEqualTo(Duration.ofDays(30));
    }

    @Test
    void theCommandLineWinsOverTheEnvironmentAndThatOverTheFile() {
        assertThat(settings(Map.of("port", "1"), Map.of(), Map.of()).port()).isEqualTo(1);
        assertThat(settings(Map.of("port", "1"), Map.of("CLEW_PORT", "2"), Map.of())
                        .port())
                .isEqualTo(2);
        assertThat(settings(Map.of("port", "1"), Map.of("CLEW_PORT", "2"), Map.of("port", "3"))
                        .port())
                .isEqualTo(3);
    }

    @Test
    void anUnknownKeyIsRefusedByName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(Map.of("prot", "1"), Map.of(), Map.of()))
                .withMessageContaining("'prot'");
    }

    @ParameterizedTest
    @CsvSource({
        "port,           65536,   0 to 65535",
        "port,           http,    a whole number",
        "account,        12,      12 digits",
        "region,         '',      like us-east-1",
        "auth,           maybe,   open or verify",
        "auth,           enforce, not built yet",
        "durability,     disk,    'fsync, os or memory'",
        "functions.idle, 5,       a duration",
        "insecure,       perhaps, true or false",
    })
    void aWrongValueIsRefusedWithWhatWasExpected(String key, String value, String expected) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(Map.of(), Map.of(), Map.of(key, value)))
                .withMessageContaining(key)
                .withMessageContaining(expected);
    }

    @Test
    void openIsRefusedWhereOthersReachItUnlessInsecureSaysSo() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(Map.of(), Map.of(), Map.of("bind", "0.0.0.0", "auth", "open")))
                .withMessageContaining("0.0.0.0");
        assertThat(settings(Map.of(), Map.of(), Map.of("bind", "0.0.0.0")).auth())
                .isEqualTo(AuthMode.VERIFY);
        assertThat(settings(Map.of(), Map.of(), Map.of("bind", "0.0.0.0", "auth", "open", "insecure", "true"))
                        .auth())
                .isEqualTo(AuthMode.OPEN);
    }

    private static Settings settings(
            Map<String, String> file, Map<String, String> environment, Map<String, String> options) {
        return Settings.of(file, environment, options, HOME);
    }
}
