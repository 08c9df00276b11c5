// SPDX-License-Identifier: Apache-2.0
package dev.clew.server;

import dev.clew.traces.daemon.DaemonCounters;
import dev.clew.traces.keep.TailRule;
import dev.clew.traces.otlp.OtlpCounters;
import dev.clew.wire.http.HttpResponse;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToLongFunction;

/** {@code /_clew/metrics}: what came in, and what did not and why, in OpenMetrics text. */
final class MetricsPage {
    private static final String OPEN_METRICS = "application/openmetrics-text; version=1.0.0; charset=utf-8";

    private final StringBuilder text = new StringBuilder();

    private MetricsPage() {}

    static HttpResponse of(DaemonCounters daemon, OtlpCounters otlp, LiveFeed live, Optional<TailRule> tail) {
        var page = new MetricsPage();
        page.counters(
                "traces_daemon_datagrams_dropped",
                "What the daemon did not store, by reason.",
                DaemonCounters.Drop.values(),
                daemon::dropped);
        page.counter("traces_daemon_datagrams_received", "Datagrams that reached the daemon.", daemon.received());
        page.counter("traces_daemon_documents_stored", "Documents from datagrams that are durable.", daemon.stored());
        page.counter("traces_otlp_spans_stored", "Spans that are durable.", otlp.stored());
        page.counters(
                "traces_otlp_spans_rejected",
                "Spans rejected while their neighbours were stored, by reason.",
                OtlpCounters.Rejection.values(),
                otlp::rejected);
        page.counters(
                "traces_otlp_requests_refused",
                "OTLP requests refused whole, by reason.",
                OtlpCounters.Refusal.values(),
                otlp::refused);
        tail.ifPresent(page::tailRule);
        page.family("live_clients", "gauge", "Clients that watch traces as they complete.");
        page.sample("live_clients", live.watching());
        page.counter("live_events_missed", "Events that did not fit into a watching client's queue.", live.missed());
        page.text.append("# EOF\n");
        return HttpResponse.text(200, OPEN_METRICS, page.text.toString());
    }

    private void tailRule(TailRule tail) {
        family("traces_tail_judged", "counter", "Traces that the tail rule judged.");
        sample("traces_tail_judged_total{verdict=\"kept\"}", tail.kept());
        sample("traces_tail_judged_total{verdict=\"dropped\"}", tail.dropped());
        counter("traces_tail_early", "Traces that were judged before they were quiet, for want of room.", tail.early());
        family("traces_tail_held_bytes", "gauge", "Bytes of documents that wait to be judged.");
        sample("traces_tail_held_bytes", tail.heldBytes());
    }

    private void family(String name, String type, String help) {
        text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
        text.append("# HELP ").append(name).append(' ').append(help).append('\n');
    }

    private void sample(String name, long value) {
        text.append(name).append(' ').append(value).append('\n');
    }

    private void counter(String name, String help, long value) {
        family(name, "counter", help);
        sample(name + "_total", value);
    }

    private <R extends Enum<R>> void counters(String name, String help, R[] reasons, ToLongFunction<R> count) {
        family(name, "counter", help);
        for (var reason : reasons) {
            sample(
                    name + "_total{reason=\"" + reason.name().toLowerCase(Locale.ROOT) + "\"}",
                    count.applyAsLong(reason));
        }
    }
}
