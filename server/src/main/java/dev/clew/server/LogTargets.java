// SPDX-License-Identifier: Apache-2.0
package dev.clew.server;

import dev.clew.core.Arn;
import dev.clew.events.delivery.Targets;
import dev.clew.events.ledger.ErrorCode;
import dev.clew.monitor.Logs;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Delivers events to log groups: each delivery is one line in a stream of its own, durable before it counts as made. An input
 * transformer must make {@code {"timestamp": …, "message": "…"}}.
 */
final class LogTargets implements Targets {
    private static final String GROUP = "log-group:";
    private static final int MOST_BYTES = 1_048_550;

    private final Logs logs;

    LogTargets(Logs logs) {
        this.logs = logs;
    }

    @Override
    public boolean supports(Arn target) {
        return target.service().equals("logs") && target.resource().startsWith(GROUP);
    }

    private record Line(Instant time, String message) {}

    @Override
    public AttemptOutcome attempt(Attempt attempt) {
        var target = Arn.parse(attempt.target()).orElseThrow();
        var resource = target.resource().substring(GROUP.length());
        var group = resource.endsWith(":*") ? resource.substring(0, resource.length() - 2) : resource;
        var payload = new String(attempt.payload(), StandardCharsets.UTF_8);
        Line line;
        try {
            line = attempt.options().transformed() ? made(payload) : new Line(attempt.accepted(), payload);
        } catch (JacksonException | IllegalArgumentException e) {
            return new AttemptOutcome.Refused(
                    ErrorCode.INVALID_PARAMETER,
                    "a log group takes {\"timestamp\": milliseconds, \"message\": \"text\"} from a transformer");
        }
        if (line.message().getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
            return new AttemptOutcome.Refused(
                    ErrorCode.INVALID_PARAMETER, "a log line has at most " + MOST_BYTES + " bytes");
        }
        return logs.put(target.scope(), group, attempt.deliveryId(), line.time(), line.message())
                ? new AttemptOutcome.Delivered()
                : new AttemptOutcome.Refused(ErrorCode.NO_RESOURCE, "The specified log group does not exist.");
    }

    private static Line made(String payload) {
        var made = JsonMapper.shared().readTree(payload);
        var time = made.path("timestamp");
        var message = made.path("message");
        if (!time.isIntegralNumber() || !time.canConvertToLong() || !message.isString()) {
            throw new IllegalArgumentException("another form");
        }
        return new Line(Instant.ofEpochMilli(time.asLong()), message.asString());
    }
}
