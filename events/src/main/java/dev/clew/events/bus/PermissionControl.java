// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.bus;

import dev.clew.events.api.EventsErrors;
import dev.clew.events.api.PutPermissionRequest;
import dev.clew.events.api.RemovePermissionRequest;
import dev.clew.wire.Call;
import dev.clew.wire.shape.Unit;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Operations on the policy of a bus. */
final class PermissionControl {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int MOST_CHARACTERS = 10_240;
    private static final String EVERYONE = "*";

    private final Buses buses;
    private final InstantSource time;

    PermissionControl(Buses buses, InstantSource time) {
        this.buses = buses;
        this.time = time;
    }

    Unit put(PutPermissionRequest input, Call call) {
        var name = BusName.of(input.eventBusName(), call.scope());
        return buses.changing(() -> {
            var bus = buses.get(name);
            var policy = input.policy() == null ? appended(bus.policy(), name, input) : checked(input.policy());
            if (policy.length() > MOST_CHARACTERS) {
                throw EventsErrors.policyLengthExceededException(
                        "The policy is longer than " + MOST_CHARACTERS + " characters.");
            }
            buses.put(name, bus.withPolicy(policy, time.instant()));
            return Unit.VALUE;
        });
    }

    /** The document itself replaces whatever there was. */
    private static String checked(String policy) {
        try {
            if (JSON.readTree(policy).path("Statement").isMissingNode()) {
                throw Invalid.request("Parameter Policy is not valid. Reason: it has no Statement.");
            }
        } catch (JacksonException notJson) {
            throw Invalid.request("Parameter Policy is not valid. Reason: it is not JSON.");
        }
        return policy;
    }

    private static String appended(@Nullable String policy, BusName bus, PutPermissionRequest input) {
        var id = input.statementId();
        var action = input.action();
        var principal = input.principal();
        if (id == null || action == null || principal == null) {
            throw Invalid.request("Parameter(s) Action, Principal and StatementId, or Policy, must be specified.");
        }
        var document = policy == null ? empty() : (ObjectNode) JSON.readTree(policy);
        var statements = statements(document);
        statements.removeIf(statement -> hasId(statement, id));
        var statement = statements.addObject().put("Sid", id).put("Effect", "Allow");
        if (principal.equals(EVERYONE)) {
            statement.put("Principal", EVERYONE);
        } else {
            statement.putObject("Principal").put("AWS", "arn:aws:iam::" + principal + ":root");
        }
        statement.put("Action", action).put("Resource", bus.arn().toString());
        var condition = input.condition();
        if (condition != null) {
            statement.putObject("Condition").putObject(condition.type()).put(condition.key(), condition.value());
        }
        return JSON.writeValueAsString(document);
    }

    private static ObjectNode empty() {
        var document = JSON.createObjectNode().put("Version", "2012-10-17");
        document.putArray("Statement");
        return document;
    }

    /** The statements as a list, even where a document wrote a single one. */
    private static ArrayNode statements(ObjectNode document) {
        var there = document.path("Statement");
        return there instanceof ArrayNode list
                ? list
                : document.putArray("Statement").add(there);
    }

    private static boolean hasId(JsonNode statement, String id) {
        return statement.path("Sid").asString("").equals(id);
    }

    Unit remove(RemovePermissionRequest input, Call call) {
        var name = BusName.of(input.eventBusName(), call.scope());
        return buses.changing(() -> {
            var bus = buses.get(name);
            var rest = Boolean.TRUE.equals(input.removeAllPermissions()) ? null : without(bus, input.statementId());
            buses.put(name, bus.withPolicy(rest, time.instant()));
            return Unit.VALUE;
        });
    }

    private static @Nullable String without(Bus bus, @Nullable String id) {
        if (id == null) {
            throw Invalid.request("Parameter(s) StatementId or RemoveAllPermissions must be specified.");
        }
        if (bus.policy() != null) {
            var document = (ObjectNode) JSON.readTree(bus.policy());
            var statements = statements(document);
            int before = statements.size();
            statements.removeIf(statement -> hasId(statement, id));
            if (statements.size() < before) {
                return statements.isEmpty() ? null : JSON.writeValueAsString(document);
            }
        }
        throw EventsErrors.resourceNotFoundException("Statement with the provided id does not exist.");
    }
}
