// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.capture;

import dev.clew.core.Check;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Makes of what a target is sent what its history may show: values at the configured paths are masked, in the payload and wherever
 * a target's own input repeats values that the event has there; what is too long is cut. Immutable.
 */
public final class PayloadCapture {
    private static final String MASK = "[redacted]";
    /** Shorter texts are masked where they are a whole value only: they occur in others by chance. */
    private static final int TELLING = 4;

    private final List<RedactedPath> paths;
    private final int maxBytes;

    /**
     * @param paths into the event, like {@code $.detail.card} or {@code $..password}
     * @param maxBytes of a captured payload, 64 to 65,536
     * @throws IllegalArgumentException if a path is none
     */
    public PayloadCapture(List<String> paths, int maxBytes) {
        this.paths = paths.stream().map(RedactedPath::parse).toList();
        Check.inRange("events.capture-bytes", maxBytes, 64, 65_536);
        this.maxBytes = maxBytes;
    }

    /**
     * What may be shown of {@code payload}, which was made of {@code event}.
     *
     * @param event the envelope
     */
    public String of(String event, String payload) {
        return bounded(paths.isEmpty() ? payload : redacted(event, payload));
    }

    private String redacted(String event, String payload) {
        try {
            var secrets = new ArrayList<JsonNode>();
            var envelope = JsonMapper.shared().readTree(event);
            paths.forEach(path -> path.mask(envelope, MASK, secrets));
            if (payload.equals(event)) {
                return envelope.toString();
            }
            var sent = JsonMapper.shared().readTree(payload);
            paths.forEach(path -> path.mask(sent, MASK, secrets));
            var values = new HashSet<String>();
            secrets.forEach(secret -> scalars(secret, values));
            return masked(sent, values).toString();
        } catch (JacksonException e) { // what cannot be read cannot be redacted
            return MASK;
        }
    }

    private static void scalars(JsonNode node, Set<String> into) {
        if (node.isContainer()) {
            node.forEach(child -> scalars(child, into));
        } else if (!node.isBoolean() && !node.isNull()) {
            into.add(node.asString());
        }
    }

    private static JsonNode masked(JsonNode node, Set<String> secrets) {
        switch (node) {
            case ObjectNode object ->
                List.copyOf(object.propertyNames())
                        .forEach(name -> object.set(name, masked(object.get(name), secrets)));
            case ArrayNode array -> {
                for (int i = 0; i < array.size(); i++) {
                    array.set(i, masked(array.get(i), secrets));
                }
            }
            default -> {
                return node.isBoolean() || node.isNull() ? node : maskedScalar(node, secrets);
            }
        }
        return node;
    }

    private static JsonNode maskedScalar(JsonNode node, Set<String> secrets) {
        var text = node.asString();
        if (secrets.contains(text)) {
            return StringNode.valueOf(MASK);
        }
        var masked = text;
        for (var secret : secrets) {
            if (secret.length() >= TELLING) {
                masked = masked.replace(secret, MASK);
            }
        }
        return masked.equals(text) ? node : StringNode.valueOf(masked);
    }

    private String bounded(String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length <= maxBytes) {
            return text;
        }
        int end = maxBytes;
        while ((bytes[end] & 0xC0) == 0x80) { // not in the middle of a character
            end--;
        }
        return new String(bytes, 0, end, StandardCharsets.UTF_8) + "… (" + bytes.length + " bytes)";
    }
}
