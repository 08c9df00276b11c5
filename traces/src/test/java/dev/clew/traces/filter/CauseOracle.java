// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.filter;

import dev.clew.traces.api.TraceSummary;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** The part of the {@link TraceOracle} that looks for root causes, in the summary as it is answered. */
record CauseOracle(TraceSummary summary) {
    private static final JsonMapper GENERIC = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.UPPER_CAMEL_CASE)
            .build();

    private record Part(
            @Nullable String name,
            @Nullable String type,
            @Nullable String message,
            boolean inferred,
            boolean remote,
            @Nullable Double coverage) {}

    boolean holds(Expression.Cause cause) {
        for (var path : paths(cause.kind(), cause.part())) {
            for (int i = 0; i < path.size(); i++) {
                if (cause.block() == null || holdsOfPart(cause.block(), path, i)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean holdsOfPart(Expression block, List<Part> path, int at) {
        var part = path.get(at);
        return TraceOracle.holdsOf(block, keyword -> switch (keyword) {
            case FIRST -> List.of(at == 0);
            case LAST -> List.of(at + 1 == path.size());
            case INDEX -> List.of((double) at);
            case INFERRED -> List.of(part.inferred);
            case REMOTE -> List.of(part.remote);
            case COVERAGE -> part.coverage == null ? List.of() : List.of(part.coverage);
            case NAME -> part.name == null ? List.of() : List.of(part.name);
            case TYPE -> part.type == null ? List.of() : List.of(part.type);
            case MESSAGE -> part.message == null ? List.of() : List.of(part.message);
            default -> throw new IllegalArgumentException(keyword.word());
        });
    }

    /** Through the generic form of the summary, so that the three families of structures are read alike. */
    private List<List<Part>> paths(Expression.CauseKind kind, Expression.CausePart wanted) {
        var paths = new ArrayList<List<Part>>();
        var member = switch (kind) {
            case FAULT -> "FaultRootCauses";
            case ERROR -> "ErrorRootCauses";
            case RESPONSE_TIME -> "ResponseTimeRootCauses";
        };
        for (var cause : GENERIC.valueToTree(summary).path(member)) {
            var path = new ArrayList<Part>();
            for (var service : cause.path("Services")) {
                if (wanted == Expression.CausePart.SERVICE) {
                    path.add(part(service));
                    continue;
                }
                for (var entity : service.path("EntityPath")) {
                    if (wanted == Expression.CausePart.ENTITY) {
                        path.add(part(entity));
                    } else {
                        entity.path("Exceptions").forEach(thrown -> path.add(part(thrown)));
                    }
                }
            }
            paths.add(path);
        }
        return paths;
    }

    private static Part part(JsonNode json) {
        return new Part(
                json.path("Name").asString(null),
                json.path("Type").asString(null),
                json.path("Message").asString(null),
                json.path("Inferred").asBoolean(false),
                json.path("Remote").asBoolean(false),
                json.path("Coverage").isNumber()
                        ? (Double) json.path("Coverage").asDouble()
                        : null);
    }
}
