// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.bus;

import dev.clew.core.Arn;
import dev.clew.core.Scope;
import org.jspecify.annotations.Nullable;

/** A bus of one account and region, whether or not it exists. */
public record BusName(Scope scope, String name) {
    /** The bus that every account and region has. */
    public static final String DEFAULT = "default";

    private static final String RESOURCE = "event-bus/";

    /**
     * The bus that a caller in {@code scope} means.
     *
     * @param nameOrArn as the model constrains it; null for the default bus
     */
    public static BusName of(@Nullable String nameOrArn, Scope scope) {
        if (nameOrArn == null) {
            return new BusName(scope, DEFAULT);
        }
        return Arn.parse(nameOrArn)
                .filter(arn -> arn.resource().startsWith(RESOURCE))
                .map(arn -> new BusName(arn.scope(), arn.resource().substring(RESOURCE.length())))
                .orElseGet(() -> new BusName(scope, nameOrArn));
    }

    public Arn arn() {
        return Arn.of("events", scope, RESOURCE + name);
    }

    public boolean isDefault() {
        return name.equals(DEFAULT);
    }

    /** The ARN of its rule {@code rule}: the default bus is not part of it. */
    public Arn ruleArn(String rule) {
        return Arn.of("events", scope, isDefault() ? "rule/" + rule : "rule/" + name + '/' + rule);
    }

    /** Key of its record. */
    String key() {
        return scope.key() + '/' + name;
    }

    /** Prefix of the keys of its rules. */
    String rulesKey() {
        return key() + '/';
    }
}
