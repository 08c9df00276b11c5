// SPDX-License-Identifier: Apache-2.0
package dev.clew.server;

import dev.clew.core.Check;
import dev.clew.events.capture.PayloadCapture;
import dev.clew.wire.auth.AuthMode;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The configuration of one server, checked whole. Later sources win: defaults, file, environment, command line.
 *
 * @see Setting
 */
public final class Settings {
    private final Map<Setting, String> values;
    private final Path home;

    private Settings(Map<Setting, String> values, Path home) {
        this.values = new EnumMap<>(values);
        this.home = home;
    }

    /**
     * Settings from their sources.
     *
     * @param file keys as in {@link Setting}, from the configuration file
     * @param environment the process's variables; those that begin with {@code CLEW_} count
     * @param options from the command line, keys as in {@link Setting}
     * @param home the user's home folder, where defaults live
     * @throws IllegalArgumentException that names the key that is unknown or the value that is wrong
     */
    public static Settings of(
            Map<String, String> file, Map<String, String> environment, Map<String, String> options, Path home) {
        var values = new EnumMap<Setting, String>(Setting.class);
        for (var setting : Setting.values()) {
            values.put(setting, environment.getOrDefault(setting.variable(), setting.otherwise()));
        }
        file.forEach((key, value) -> {
            var setting = known(key);
            if (!environment.containsKey(setting.variable())) {
                values.put(setting, value);
            }
        });
        options.forEach((key, value) -> values.put(known(key), value));
        return new Settings(values, home).checked();
    }

    private static Setting known(String key) {
        return Setting.find(key)
                .orElseThrow(() -> new IllegalArgumentException(
                        "setting '" + key + "' is unknown (expected: one of " + Setting.keys() + ")"));
    }

    private Settings checked() {
        Check.inRange("port", port(), 0, 65_535);
        Check.inRange("daemon-port", daemonPort(), 0, 65_535);
        Check.inRange("otlp-grpc-port", otlpGrpcPort(), 0, 65_535);
        Check.inRange("otlp-http-port", otlpHttpPort(), 0, 65_535);
        Check.inRange("traces.modification", tracesModification(), Duration.ZERO, Duration.ofDays(3_650));
        Check.inRange("traces.max-trace-bytes", integer(Setting.TRACES_MAX_BYTES), 0, Integer.MAX_VALUE);
        Check.inRange("traces.segments-per-second", integer(Setting.TRACES_SEGMENTS_PER_SECOND), 0, 10_000_000);
        Check.inRange("traces.keep-quiet", tracesKeepQuiet(), Duration.ofMillis(100), Duration.ofHours(1));
        Check.inRange("traces.keep-bytes", integer(Setting.TRACES_KEEP_BYTES), 1 << 16, Integer.MAX_VALUE);
        Check.inRange("otlp.max-age", otlpMaxAge(), Duration.ZERO, Duration.ofDays(3_650));
        Check.argument(account().matches("\\d{12}"), "account: '" + account() + "' (expected: 12 digits)");
        Check.argument(
                region().matches("[a-z]{2}(-[a-z]+)+-\\d"), "region: '" + region() + "' (expected: like us-east-1)");
        Check.inRange("traces.retention", tracesRetention(), Duration.ofHours(1), Duration.ofDays(3_650));
        Check.inRange("queues.recreate-delay", queuesRecreateDelay(), Duration.ZERO, Duration.ofHours(1));
        Check.inRange("events.retention", eventsRetention(), Duration.ofHours(25), Duration.ofDays(365));
        Check.inRange("events.max-hops", eventsMaxHops(), 0, 10);
        Check.inRange("functions.concurrency", functionsConcurrency(), 1, 10_000);
        Check.inRange("functions.idle", functionsIdle(), Duration.ofSeconds(1), Duration.ofDays(1));
        Check.argument(
                List.of("fsync", "os", "memory").contains(durability()),
                "durability: '" + durability() + "' (expected: fsync, os or memory)");
        Check.argument(
                List.of("continue", "link").contains(text(Setting.EVENTS_REPLAY_TRACE)),
                "events.replay-trace: '" + text(Setting.EVENTS_REPLAY_TRACE) + "' (expected: continue or link)");
        new PayloadCapture(eventsCaptureRedact(), integer(Setting.EVENTS_CAPTURE_BYTES));
        for (var flag : List.of(
                Setting.INSECURE,
                Setting.TRACES_STRICT_IDS,
                Setting.TRACES_STRICT_TRACE_IDS,
                Setting.OTLP_INDEX_ALL_ATTRIBUTES,
                Setting.EVENTS_START_TRACES,
                Setting.EVENTS_TRACE_DELIVERIES,
                Setting.EVENTS_TRACE_DESTINATIONS,
                Setting.EVENTS_LOCAL_DESTINATIONS,
                Setting.EVENTS_CAPTURE_PAYLOADS,
                Setting.GATEWAY_DEFAULT_STAGE_TRACING,
                Setting.FUNCTIONS_DEFAULT_LAYER,
                Setting.FUNCTIONS_STRICT_RUNTIME)) {
            flag(flag);
        }
        Check.argument(
                auth() == AuthMode.VERIFY || bind().isLoopbackAddress() || flag(Setting.INSECURE),
                "auth: 'open' on " + text(Setting.BIND) + " lets everyone who reaches it run code here"
                        + " (expected: --auth verify, a loopback address, or --insecure)");
        return this;
    }

    /** Whether replayed events start traces that are linked to theirs. */
    boolean linksReplays() {
        return text(Setting.EVENTS_REPLAY_TRACE).equals("link");
    }

    public int port() {
        return integer(Setting.PORT);
    }

    public int daemonPort() {
        return integer(Setting.DAEMON_PORT);
    }

    public int otlpGrpcPort() {
        return integer(Setting.OTLP_GRPC_PORT);
    }

    public int otlpHttpPort() {
        return integer(Setting.OTLP_HTTP_PORT);
    }

    /** The address to listen on. */
    public InetAddress bind() {
        try {
            return InetAddress.getByName(text(Setting.BIND));
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(
                    "bind: '" + text(Setting.BIND) + "' (expected: an address of this machine)", e);
        }
    }

    /** Where everything durable lives. */
    public Path data() {
        var folder = text(Setting.DATA);
        return folder.isEmpty()
                ? home.resolve(".clew").resolve("data")
                : Path.of(folder).toAbsolutePath();
    }

    /** Where the built-in Python layer lives. */
    public Path pythonLayer() {
        var folder = text(Setting.FUNCTIONS_PYTHON_LAYER);
        return folder.isEmpty()
                ? home.resolve(".clew").resolve("layers").resolve("python")
                : Path.of(folder).toAbsolutePath();
    }

    public AuthMode auth() {
        return switch (text(Setting.AUTH)) {
            case "" -> bind().isLoopbackAddress() ? AuthMode.OPEN : AuthMode.VERIFY;
            case "open" -> AuthMode.OPEN;
            case "verify" -> AuthMode.VERIFY;
            case "enforce" ->
                throw new IllegalArgumentException("auth: 'enforce' is not built yet (expected: open or verify)");
            default ->
                throw new IllegalArgumentException("auth: '" + text(Setting.AUTH) + "' (expected: open or verify)");
        };
    }

    public String account() {
        return text(Setting.ACCOUNT);
    }

    public String region() {
        return text(Setting.REGION);
    }

    /** {@code fsync}, {@code os} or {@code memory}. */
    public String durability() {
        return text(Setting.DURABILITY);
    }

    /** Host names beside the usual ones, in lower case. */
    public List<String> hosts() {
        return list(Setting.HOSTS).stream()
                .map(host -> host.toLowerCase(Locale.ROOT))
                .toList();
    }

    public Duration tracesRetention() {
        return duration(Setting.TRACES_RETENTION);
    }

    public Duration tracesModification() {
        return duration(Setting.TRACES_MODIFICATION);
    }

    public Duration tracesKeepQuiet() {
        return duration(Setting.TRACES_KEEP_QUIET);
    }

    /** Keys of the span attributes that become annotations. */
    public List<String> otlpIndexedAttributes() {
        return list(Setting.OTLP_INDEXED_ATTRIBUTES);
    }

    public Duration otlpMaxAge() {
        return duration(Setting.OTLP_MAX_AGE);
    }

    public Duration eventsRetention() {
        return duration(Setting.EVENTS_RETENTION);
    }

    public int eventsMaxHops() {
        return integer(Setting.EVENTS_MAX_HOPS);
    }

    /** Paths whose values no captured payload shows. */
    public List<String> eventsCaptureRedact() {
        return list(Setting.EVENTS_CAPTURE_REDACT);
    }

    public int functionsConcurrency() {
        return integer(Setting.FUNCTIONS_CONCURRENCY);
    }

    public Duration queuesRecreateDelay() {
        return duration(Setting.QUEUES_RECREATE_DELAY);
    }

    public Duration functionsIdle() {
        return duration(Setting.FUNCTIONS_IDLE);
    }

    public double functionsRetryFactor() {
        var text = text(Setting.FUNCTIONS_RETRY_FACTOR);
        try {
            var factor = Double.parseDouble(text);
            Check.argument(factor >= 0 && factor <= 100, wrong(Setting.FUNCTIONS_RETRY_FACTOR, "0 to 100"));
            return factor;
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(wrong(Setting.FUNCTIONS_RETRY_FACTOR, "a number"), e);
        }
    }

    boolean flag(Setting setting) {
        return switch (text(setting)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException(wrong(setting, "true or false"));
        };
    }

    private List<String> list(Setting setting) {
        return Arrays.stream(text(setting).split(","))
                .map(String::strip)
                .filter(element -> !element.isEmpty())
                .toList();
    }

    int integer(Setting setting) {
        try {
            return Integer.parseInt(text(setting));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(wrong(setting, "a whole number"), e);
        }
    }

    private Duration duration(Setting setting) {
        try {
            return Duration.parse(text(setting));
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(wrong(setting, "a duration like P30D or PT5M"), e);
        }
    }

    private String wrong(Setting setting, String expected) {
        return setting.key() + ": '" + text(setting) + "' (expected: " + expected + ")";
    }

    String text(Setting setting) {
        return values.getOrDefault(setting, setting.otherwise());
    }
}
