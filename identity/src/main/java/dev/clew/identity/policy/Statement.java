// SPDX-License-Identifier: Apache-2.0
package dev.clew.identity.policy;

import dev.clew.identity.policy.PrincipalPattern.Grant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One statement of a policy. Immutable. */
public final class Statement {
    private final int number;
    private final @Nullable String sid;
    private final Effect effect;
    private final @Nullable Clause<PrincipalPattern> principals;
    private final @Nullable Clause<Action> actions;
    private final @Nullable Clause<Template> resources;
    private final List<Condition> conditions;
    private final Span span;

    /** What a statement does to the requests it applies to. */
    public enum Effect {
        ALLOW,
        DENY
    }

    /** Where a statement stands in the text of its policy: from its first brace to its last, counted from 1. */
    public record Span(int startLine, int startColumn, int endLine, int endColumn) {}

    /**
     * An element or its negation: {@code Action} or {@code NotAction}.
     *
     * @param negated whether everything is meant but these
     */
    record Clause<T>(boolean negated, List<T> of) {
        Clause {
            of = List.copyOf(of);
        }
    }

    /** An action pattern, as spelled and folded for matching. */
    record Action(String text, Glob pattern) {
        static Action of(String text) {
            return new Action(text, Glob.of(RequestContext.fold(text)));
        }
    }

    Statement(
            int number,
            @Nullable String sid,
            Effect effect,
            @Nullable Clause<PrincipalPattern> principals,
            @Nullable Clause<Action> actions,
            @Nullable Clause<Template> resources,
            List<Condition> conditions,
            Span span) {
        this.number = number;
        this.sid = sid;
        this.effect = effect;
        this.principals = principals;
        this.actions = actions;
        this.resources = resources;
        this.conditions = List.copyOf(conditions);
        this.span = span;
    }

    public Effect effect() {
        return effect;
    }

    public Span span() {
        return span;
    }

    /** Its Sid, or its number counted from 1. */
    public String label() {
        return sid == null || sid.isEmpty() ? String.valueOf(number) : sid;
    }

    @Nullable
    String sid() {
        return sid;
    }

    @Nullable
    Clause<PrincipalPattern> principals() {
        return principals;
    }

    @Nullable
    Clause<Action> actions() {
        return actions;
    }

    @Nullable
    Clause<Template> resources() {
        return resources;
    }

    List<Condition> conditions() {
        return conditions;
    }

    /** Whether it applies to a request. */
    sealed interface Match {
        /** It does, for a principal meant in this way. */
        record Applies(Grant grant) implements Match {}

        /** It does not, because of {@code element}; those before it in the enumeration match. */
        record Misses(Element element, String reason) implements Match {}
    }

    /** The elements in the order in which they are compared. */
    enum Element {
        ACTION,
        PRINCIPAL,
        RESOURCE,
        CONDITION
    }

    /**
     * Compares this statement with a request.
     *
     * @param attachedToResource whether it must name the principal: the statements of a resource's policy must, those
     *     attached to the principal cannot
     */
    Match match(AccessRequest request, boolean attachedToResource) {
        if (!matchesAction(request.action())) {
            return new Match.Misses(Element.ACTION, "it does not name the action");
        }
        var grant = attachedToResource ? grant(request.principal()) : Grant.DIRECT;
        if (grant == Grant.NONE) {
            return new Match.Misses(Element.PRINCIPAL, "it does not name the principal");
        }
        if (!matchesResource(request)) {
            return new Match.Misses(Element.RESOURCE, "its resource does not match " + request.resource());
        }
        for (var condition : conditions) {
            var miss = condition.miss(request.context());
            if (miss.isPresent()) {
                return new Match.Misses(Element.CONDITION, miss.get());
            }
        }
        return new Match.Applies(grant);
    }

    private boolean matchesAction(String action) {
        if (actions == null) {
            return false;
        }
        var folded = RequestContext.fold(action);
        return actions.of().stream().anyMatch(each -> each.pattern().matches(folded)) != actions.negated();
    }

    private Grant grant(Principal principal) {
        if (principals == null) {
            return Grant.NONE;
        }
        var best = principals.of().stream()
                .map(pattern -> pattern.grant(principal))
                .max(Grant::compareTo)
                .orElse(Grant.NONE);
        if (principals.negated()) {
            return best == Grant.NONE ? Grant.DIRECT : Grant.NONE;
        }
        return best;
    }

    /** Trust policies name no resource: they are about the one they are attached to. */
    private boolean matchesResource(AccessRequest request) {
        if (resources == null) {
            return true;
        }
        return resources.of().stream()
                        .anyMatch(resource -> resource.arn(request.context())
                                .filter(arn -> arn.matchesResource(request.resource()))
                                .isPresent())
                != resources.negated();
    }
}
