// SPDX-License-Identifier: Apache-2.0
package dev.clew.queues;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.wire.http.HttpResponse;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An answer in awsJson. */
record Answer(int status, String queryError, JsonNode body) {
    static Answer of(HttpResponse response) {
        return new Answer(
                response.status(),
                response.headers().first("x-amzn-query-error").orElse(""),
                JsonMapper.shared().readTree(response.body().length == 0 ? "{}" : response.text()));
    }

    /** The body of a success. */
    JsonNode ok() {
        assertThat(status).as("%s", body).isEqualTo(200);
        return body;
    }

    /** Checks an error: its code in the query protocol, which old clients know, and its message. */
    void refused(String queryCode, String message) {
        assertThat(queryError).as("%s", body).isEqualTo(queryCode + ";Sender");
        assertThat(body.path("message").asString("")).isEqualTo(message);
        assertThat(status).isGreaterThanOrEqualTo(400);
    }
}
