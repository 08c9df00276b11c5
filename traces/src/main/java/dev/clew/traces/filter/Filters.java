// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.filter;

import dev.clew.core.Scope;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes filters from the texts that callers send. Safe for use by many threads. */
public final class Filters {
    private final FilterLanguage language;
    private final Function<Scope, GroupResolver> groups;

    /** @param groups the groups of an account and region */
    public Filters(FilterLanguage language, Function<Scope, GroupResolver> groups) {
        this.language = language;
        this.groups = groups;
    }

    public FilterLanguage language() {
        return language;
    }

    /**
     * The filter that {@code text} spells; null and blank ones let every trace through.
     *
     * @throws dev.clew.wire.ServiceException if it is no filter expression
     */
    public Filter compile(Scope scope, @Nullable String text) {
        return filter(scope, language.parse(text));
    }

    /** The filter of an expression that was read before. */
    public Filter filter(Scope scope, Expression expression) {
        return new Filter(groups.apply(scope).resolve(expression), language.rules());
    }
}
