// SPDX-License-Identifier: Apache-2.0
package dev.clew.server;

import dev.clew.wire.http.HttpResponse;
import java.net.URI;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;

/** What {@code /_clew/*} answers. */
final class Pages {
    private static final String JSON = "application/json";

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
}
