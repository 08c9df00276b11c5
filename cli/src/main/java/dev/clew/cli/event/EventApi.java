// SPDX-License-Identifier: Apache-2.0
package dev.clew.cli.event;

import dev.clew.cli.ExitCodes;
import dev.clew.cli.Problem;
import dev.clew.cli.server.KeyPair;
import dev.clew.cli.server.RunningServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a server tells about events, below {@code /_clew/events}. Signs its requests if the server verifies them. */
final class EventApi {
    private static final String PATH = "/_clew/events";
    private static final String SIGNING_NAME = "xray";
    private static final int PATIENCE_MILLIS = 60_000;
    private static final int MOST_BYTES = 64 << 20;

    private final RunningServer server;

    EventApi(RunningServer server) {
        this.server = server;
    }

    /** A page of events; empty parameters are left out. */
    JsonNode search(Map<String, String> parameters) {
        var query = parameters.entrySet().stream()
                .filter(parameter -> !parameter.getValue().isEmpty())
                .map(parameter ->
                        parameter.getKey() + '=' + URLEncoder.encode(parameter.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return ask("GET", query.isEmpty() ? PATH : PATH + '?' + query, null);
    }

    /** Everything about one event. */
    JsonNode story(String id) {
        return ask("GET", PATH + '/' + id, null);
    }

    /** What is delivered again. */
    JsonNode redrive(Map<String, Object> what) {
        return ask("POST", PATH + "/redrive", JsonMapper.shared().writeValueAsString(what));
    }

    private JsonNode ask(String method, String path, @Nullable String body) {
        HttpURLConnection connection = null;
        try {
            var uri = URI.create(server.endpoint().text() + path);
            connection = (HttpURLConnection) uri.toURL().openConnection(Proxy.NO_PROXY);
            connection.setConnectTimeout(PATIENCE_MILLIS);
            connection.setReadTimeout(PATIENCE_MILLIS);
            connection.setRequestMethod(method);
            if (!server.health().auth().equals("open")) {
                sign(connection, method, uri, body == null ? "" : body);
            }
            if (body != null) {
                connection.setDoOutput(true);
                connection.setRequestProperty("Content-Type", "application/json");
                try (var out = connection.getOutputStream()) {
                    out.write(body.getBytes(StandardCharsets.UTF_8));
                }
            }
            return answer(connection);
        } catch (IOException e) {
            throw new Problem(
                    "The server did not answer: " + e.getMessage(),
                    "See whether it still runs with `clew version`.",
                    ExitCodes.UNREACHABLE,
                    e);
        } finally {
            if (connection != null) {
                connection.disconnect();
            }
        }
    }

    private void sign(HttpURLConnection connection, String method, URI uri, String body) {
        var request = SdkHttpRequest.builder()
                .uri(uri)
                .method(SdkHttpMethod.fromValue(method))
                .build();
        var signed = AwsV4HttpSigner.create()
                .sign(sign -> sign.identity(identity(server.keys()))
                        .request(request)
                        .payload(ContentStreamProvider.fromUtf8String(body))
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, SIGNING_NAME)
                        .putProperty(AwsV4HttpSigner.REGION_NAME, server.region()));
        signed.request()
                .headers()
                .forEach((name, values) -> values.forEach(value -> connection.setRequestProperty(name, value)));
    }

    private static AwsCredentialsIdentity identity(KeyPair keys) {
        return keys.sessionToken().isEmpty()
                ? AwsCredentialsIdentity.create(keys.accessKeyId(), keys.secretAccessKey())
                : AwsSessionCredentialsIdentity.create(keys.accessKeyId(), keys.secretAccessKey(), keys.sessionToken());
    }

    private static JsonNode answer(HttpURLConnection connection) throws IOException {
        int status = connection.getResponseCode();
        JsonNode json;
        try (var in = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
            json = parse(in);
        }
        if (status == 200) {
            return json;
        }
        var message = json.path("message").asString("the server answered with status " + status);
        throw new Problem(
                Character.toUpperCase(message.charAt(0)) + message.substring(1) + '.',
                status == 404 ? "List recent events with `clew events`." : "See `clew events --help`.",
                status == 404 ? ExitCodes.NEGATIVE : ExitCodes.FAILED);
    }

    private static JsonNode parse(@Nullable InputStream in) throws IOException {
        try {
            return in == null
                    ? JsonMapper.shared().createObjectNode()
                    : JsonMapper.shared().readTree(in.readNBytes(MOST_BYTES));
        } catch (JacksonException notJson) {
            return JsonMapper.shared().createObjectNode();
        }
    }
}
