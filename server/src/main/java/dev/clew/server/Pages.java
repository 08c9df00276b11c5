// SPDX-License-Identifier: Apache-2.0
package dev.clew.server;

import dev.clew.traces.daemon.DaemonCounters;
import dev.clew.wire.http.HttpResponse;
import java.net.URI;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;

/** What {@code /_clew/*} answers. */
final class Pages {
    private static final String JSON = "application/json";
    private static final String OPEN_METRICS = "application/openmetrics-text; version=1.0.0; charset=utf-8";

    private Pages() {}

    /** Where things are; clients read their ports here. */
    static HttpResponse health(Settings settings, URI endpoint, String daemon, OtlpPorts otlp, String version) {
        var health = JsonMapper.shared().createObjectNode();
        health.put("status", "ok")
                .put("version", version)
                .put("endpoint", endpoint.toString())
                .put("daemon", daemon)
                .put("otlpGrpc", otlp.grpc())
                .put("otlpHttp", otlp.http())
                .put("region", settings.region())
                .put("account", settings.account())
                .put("auth", settings.auth().name().toLowerCase(Locale.ROOT));
        return HttpResponse.text(200, JSON, health.toString());
    }

    /** Counters in OpenMetrics text. */
    static HttpResponse metrics(DaemonCounters daemon) {
        var text = new StringBuilder("# TYPE traces_daemon_datagrams_dropped counter\n"
                + "# HELP traces_daemon_datagrams_dropped What the daemon did not store, by reason.\n");
        for (var reason : DaemonCounters.Drop.values()) {
            text.append("traces_daemon_datagrams_dropped_total{reason=\"")
                    .append(reason.name().toLowerCase(Locale.ROOT))
                    .append("\"} ")
                    .append(daemon.dropped(reason))
                    .append('\n');
        }
        text.append("# TYPE traces_daemon_datagrams_received counter\n"
                        + "# HELP traces_daemon_datagrams_received Datagrams that reached the daemon.\n"
                        + "traces_daemon_datagrams_received_total ")
                .append(daemon.received())
                .append("\n# TYPE traces_daemon_documents_stored counter\n"
                        + "# HELP traces_daemon_documents_stored Documents from datagrams that are durable.\n"
                        + "traces_daemon_documents_stored_total ")
                .append(daemon.stored())
                .append("\n# EOF\n");
        return HttpResponse.text(200, OPEN_METRICS, text.toString());
    }
}
