// SPDX-License-Identifier: Apache-2.0
package dev.clew.server;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Every setting there is: its name in the configuration file, its default, and what it means. The environment variable
 * is {@code CLEW_} and the name in capitals with underscores ({@code events.start-traces →
 * CLEW_EVENTS_START_TRACES}); the option of {@code clew start} is {@code --name}, where there is one.
 */
enum Setting {
    PORT("port", "4566", "port of the AWS API, execute-api and the console; 0 takes a free one"),
    BIND("bind", "127.0.0.1", "address to listen on"),
    DATA("data", "", "folder of everything durable; empty: .clew/data in the home folder"),
    AUTH("auth", "", "open | verify; empty: open on loopback, verify elsewhere"),
    INSECURE("insecure", "false", "allow auth open on an address that others reach"),
    DAEMON_PORT("daemon-port", "2000", "UDP and TCP port of the X-Ray daemon; 0 takes a free one"),
    OTLP_GRPC_PORT("otlp-grpc-port", "4317", "port of OTLP over gRPC; 0 takes a free one"),
    OTLP_HTTP_PORT("otlp-http-port", "4318", "port of OTLP over HTTP; 0 takes a free one"),
    ACCOUNT("account", "111111111111", "account of callers whose credentials name none"),
    REGION("region", "us-east-1", "region of the daemon and of calls that name none"),
    HOSTS("hosts", "", "further host names by which clients reach this server, separated by commas"),
    DURABILITY("durability", "fsync", "fsync | os | memory: what an acknowledged write survives"),
    TRACES_RETENTION("traces.retention", "P30D", "how long traces are kept"),
    TRACES_MODIFICATION(
            "traces.modification", "P7D", "how long after its first document a trace takes more; PT0S: always"),
    TRACES_MAX_BYTES("traces.max-trace-bytes", "0", "most bytes of one trace's documents; 0 for no limit"),
    TRACES_SEGMENTS_PER_SECOND(
            "traces.segments-per-second", "0", "documents per second that PutTraceSegments takes; 0: all"),
    TRACES_STRICT_IDS("traces.strict-ids", "false", "refuse documents whose ids are not hex"),
    TRACES_STRICT_TRACE_IDS(
            "traces.strict-trace-ids", "false", "refuse trace ids whose time is not within the last 30 days"),
    TRACES_KEEP(
            "traces.keep",
            "",
            "filter expression: keep the traces that match, although the sampling rules decided against them"),
    TRACES_KEEP_QUIET(
            "traces.keep-quiet", "PT30S", "how long after its last document such a trace is judged by traces.keep"),
    TRACES_KEEP_BYTES("traces.keep-bytes", "67108864", "most bytes in memory of traces that wait to be judged"),
    OTLP_INDEXED_ATTRIBUTES(
            "otlp.indexed-attributes", "", "keys of span attributes that become annotations, separated by commas"),
    OTLP_INDEX_ALL_ATTRIBUTES(
            "otlp.index-all-attributes", "false", "every scalar span attribute becomes an annotation"),
    OTLP_MAX_AGE("otlp.max-age", "P14D", "how long ago a span may have begun; PT0S for no limit"),
    EVENTS_START_TRACES("events.start-traces", "true", "PutEvents without a trace context starts a trace"),
    EVENTS_TRACE_DELIVERIES("events.trace-deliveries", "true", "record each delivery in the trace of its event"),
    EVENTS_REPLAY_TRACE(
            "events.replay-trace",
            "continue",
            "continue | link: replayed events go on in their traces, or link to them"),
    EVENTS_TRACE_DESTINATIONS(
            "events.trace-destinations", "true", "requests to API destinations carry the header X-Amzn-Trace-Id"),
    EVENTS_LOCAL_DESTINATIONS(
            "events.local-destinations",
            "true",
            "API destinations may be plain HTTP, on this machine or in its network; false: public and https only"),
    EVENTS_CAPTURE_PAYLOADS(
            "events.capture-payloads", "false", "keep what each target was sent, in the event's story and its trace"),
    EVENTS_CAPTURE_REDACT(
            "events.capture-redact",
            "",
            "paths whose values are masked there, like $.detail.card or $..password, separated by commas"),
    EVENTS_CAPTURE_BYTES("events.capture-bytes", "4096", "bytes of a captured payload, 64 to 65536; the rest is cut"),
    QUEUES_RECREATE_DELAY("queues.recreate-delay", "PT1M", "how long the name of a deleted queue cannot be used again"),
    EVENTS_RETENTION("events.retention", "P2D", "how long events and the history of their deliveries are kept"),
    EVENTS_MAX_HOPS("events.max-hops", "1", "how often an event may go on from bus to bus"),
    GATEWAY_DEFAULT_STAGE_TRACING("gateway.default-stage-tracing", "false", "new stages have tracing enabled"),
    FUNCTIONS_DEFAULT_LAYER("functions.default-layer", "true", "give Python functions boto3 and the X-Ray SDK"),
    FUNCTIONS_PYTHON_LAYER(
            "functions.python-layer", "", "folder of that layer; empty: .clew/layers/python in the home folder"),
    FUNCTIONS_STRICT_RUNTIME("functions.strict-runtime", "false", "refuse a runtime of another version than asked for"),
    FUNCTIONS_CONCURRENCY("functions.concurrency", "100", "execution environments at once, all functions together"),
    FUNCTIONS_IDLE("functions.idle", "PT5M", "how long an execution environment may idle before it ends"),
    FUNCTIONS_RETRY_FACTOR(
            "functions.retry-factor", "1", "multiplies the waits between asynchronous attempts; below 1 for tests");

    private final String key;
    private final String otherwise;
    private final String meaning;

    Setting(String key, String otherwise, String meaning) {
        this.key = key;
        this.otherwise = otherwise;
        this.meaning = meaning;
    }

    /** Name in the configuration file. */
    String key() {
        return key;
    }

    /** Value when nobody sets it. */
    String otherwise() {
        return otherwise;
    }

    /** What it means, for the documentation. */
    String meaning() {
        return meaning;
    }

    /** Name of its environment variable. */
    String variable() {
        return "CLEW_" + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    static Optional<Setting> find(String key) {
        return Arrays.stream(values())
                .filter(setting -> setting.key.equals(key))
                .findFirst();
    }

    static List<String> keys() {
        return Arrays.stream(values()).map(Setting::key).toList();
    }
}
