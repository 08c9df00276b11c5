// SPDX-License-Identifier: Apache-2.0
package dev.clew.functions.catalog;

import dev.clew.core.Scope;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What belongs to a function as a whole, whatever the version.
 *
 * @param reservedConcurrency null if it shares the account's
 * @param lastVersion number of the last published version, 0 if none
 * @param recursiveLoop {@code Allow} or {@code Terminate}
 * @param policies by qualifier; "" for the function itself
 * @param aliases by name
 * @param eventInvokes by qualifier; {@code $LATEST} for the function itself
 */
public record FunctionRecord(
        Scope scope,
        String name,
        Map<String, String> tags,
        @Nullable Integer reservedConcurrency,
        int lastVersion,
        String recursiveLoop,
        Map<String, Policy> policies,
        Map<String, Alias> aliases,
        Map<String, EventInvoke> eventInvokes) {
    public FunctionRecord {
        tags = Map.copyOf(tags);
        policies = Map.copyOf(policies);
        aliases = Map.copyOf(aliases);
        eventInvokes = Map.copyOf(eventInvokes);
    }

    static FunctionRecord fresh(Scope scope, String name, Map<String, String> tags) {
        return new FunctionRecord(scope, name, tags, null, 0, "Terminate", Map.of(), Map.of(), Map.of());
    }

    /**
     * A resource policy.
     *
     * @param statements in the order they were added
     */
    record Policy(String revision, List<Statement> statements) {
        Policy {
            statements = List.copyOf(statements);
        }

        String document() {
            return "{\"Version\":\"2012-10-17\",\"Id\":\"default\",\"Statement\":["
                    + String.join(",", statements.stream().map(Statement::json).toList()) + "]}";
        }
    }

    /** One statement of a policy, as JSON. */
    record Statement(String sid, String json) {}

    /**
     * A name for a version.
     *
     * @param secondVersion gets {@code secondWeight} of the invocations; null if all go to {@code version}
     * @param secondWeight 0.0 to 1.0
     */
    record Alias(
            String name,
            String version,
            String description,
            @Nullable String secondVersion,
            double secondWeight,
            String revision) {}

    /** How asynchronous invocations are retried, and who is told how they ended; null where the default applies. */
    record EventInvoke(
            @Nullable Integer maximumRetryAttempts,
            @Nullable Integer maximumEventAgeInSeconds,
            @Nullable String onSuccess,
            @Nullable String onFailure,
            Instant lastModified) {}

    FunctionRecord withTags(Map<String, String> newTags) {
        return new FunctionRecord(
                scope, name, newTags, reservedConcurrency, lastVersion, recursiveLoop, policies, aliases, eventInvokes);
    }

    FunctionRecord withReservedConcurrency(@Nullable Integer reserved) {
        return new FunctionRecord(
                scope, name, tags, reserved, lastVersion, recursiveLoop, policies, aliases, eventInvokes);
    }

    FunctionRecord withLastVersion(int number) {
        return new FunctionRecord(
                scope, name, tags, reservedConcurrency, number, recursiveLoop, policies, aliases, eventInvokes);
    }

    FunctionRecord withRecursiveLoop(String mode) {
        return new FunctionRecord(
                scope, name, tags, reservedConcurrency, lastVersion, mode, policies, aliases, eventInvokes);
    }

    /** The same with another policy; null removes it. */
    FunctionRecord withPolicy(String qualifier, @Nullable Policy policy) {
        return new FunctionRecord(
                scope,
                name,
                tags,
                reservedConcurrency,
                lastVersion,
                recursiveLoop,
                changed(policies, qualifier, policy),
                aliases,
                eventInvokes);
    }

    /** The same with another alias; null removes it and its policy. */
    FunctionRecord withAlias(String aliasName, @Nullable Alias alias) {
        return new FunctionRecord(
                scope,
                name,
                tags,
                reservedConcurrency,
                lastVersion,
                recursiveLoop,
                alias == null ? changed(policies, aliasName, null) : policies,
                changed(aliases, aliasName, alias),
                eventInvokes);
    }

    /** The same with another configuration for asynchronous invocations; null removes it. */
    FunctionRecord withEventInvoke(String qualifier, @Nullable EventInvoke eventInvoke) {
        return new FunctionRecord(
                scope,
                name,
                tags,
                reservedConcurrency,
                lastVersion,
                recursiveLoop,
                policies,
                aliases,
                changed(eventInvokes, qualifier, eventInvoke));
    }

    /** Aliases in order of their names. */
    List<Alias> sortedAliases() {
        return List.copyOf(new TreeMap<>(aliases).values());
    }

    private static <T> Map<String, T> changed(Map<String, T> map, String key, @Nullable T value) {
        var copy = new HashMap<>(map);
        if (value == null) {
            copy.remove(key);
        } else {
            copy.put(key, value);
        }
        return copy;
    }
}
