// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.filter;

import dev.clew.traces.filter.Expression.And;
import dev.clew.traces.filter.Expression.InGroup;
import dev.clew.traces.filter.Expression.Not;
import dev.clew.traces.filter.Expression.Or;
import java.util.Optional;

/** Knows the expressions of groups as they are now. */
@FunctionalInterface
public interface GroupResolver {
    /** The group's expression, which names no groups itself; nothing if there is no such group. */
    Optional<Expression> find(InGroup group);

    /** {@code expression} with the expressions of groups in the place of their names. */
    default Expression resolve(Expression expression) {
        return switch (expression) {
            case And(var all) -> new And(all.stream().map(this::resolve).toList());
            case Or(var any) -> new Or(any.stream().map(this::resolve).toList());
            case Not(var negated) -> new Not(resolve(negated));
            case InGroup group ->
                find(group)
                        .orElseThrow(() -> FilterProblem.at(
                                group.column(), "Unknown group '" + group.group() + "'", "a group that exists"));
            case Expression.Present _,
                    Expression.Compare _,
                    Expression.Annotated _,
                    Expression.CompareAnnotation _,
                    Expression.Service _,
                    Expression.Edge _,
                    Expression.Cause _,
                    Expression.CauseLike _ -> expression;
        };
    }
}
