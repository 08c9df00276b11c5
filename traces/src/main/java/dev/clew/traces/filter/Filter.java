// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.filter;

import dev.clew.traces.digest.TraceDigest;
import dev.clew.traces.digest.TraceDigest.Annotation;
import dev.clew.traces.filter.Expression.And;
import dev.clew.traces.filter.Expression.Annotated;
import dev.clew.traces.filter.Expression.Cause;
import dev.clew.traces.filter.Expression.CauseLike;
import dev.clew.traces.filter.Expression.Compare;
import dev.clew.traces.filter.Expression.CompareAnnotation;
import dev.clew.traces.filter.Expression.Edge;
import dev.clew.traces.filter.Expression.InGroup;
import dev.clew.traces.filter.Expression.Not;
import dev.clew.traces.filter.Expression.Or;
import dev.clew.traces.filter.Expression.Present;
import dev.clew.traces.filter.Expression.Service;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Decides for one trace after the other whether an expression holds, from the digest alone. Safe for use by many
 * threads.
 *
 * @param expression without groups: {@link GroupResolver} puts their expressions in their place
 */
public record Filter(Expression expression, FilterRules rules) {
    /** @param now microseconds: calls that still wait for the segment of their other side are not inferred yet */
    public boolean matches(TraceDigest trace, long now) {
        return new Trial(trace, now, rules).holds(expression, new Subjects.OfTrace(trace, now));
    }

    /** Whether {@code block} holds of one request or call; null always does. */
    public static boolean holds(
            @Nullable Expression block, TraceDigest trace, TraceDigest.Visit visit, FilterRules rules) {
        return block == null || new Trial(trace, 0, rules).holds(block, Subjects.OfCall.of(trace, visit));
    }

    /** Whether {@code block} holds of one call; null always does. */
    public static boolean holds(@Nullable Expression block, TraceDigest trace, TraceDigest.Hop hop, FilterRules rules) {
        return block == null || new Trial(trace, 0, rules).holds(block, Subjects.OfCall.of(trace, hop));
    }

    private record Trial(TraceDigest trace, long now, FilterRules rules) {
        boolean holds(Expression expression, Subject subject) {
            return switch (expression) {
                case And(var all) -> all.stream().allMatch(one -> holds(one, subject));
                case Or(var any) -> any.stream().anyMatch(one -> holds(one, subject));
                case Not(Annotated(var key))
                when rules.negatedAnnotationIsAbsent() ->
                    trace.annotations().stream()
                            .noneMatch(annotation -> annotation.key().equals(key));
                case Not(var negated) -> !holds(negated, subject);
                case Present(var keyword) -> present(keyword, subject);
                case Compare(var keyword, var operator, var value) -> compare(subject, keyword, operator, value);
                case Annotated(var key) ->
                    trace.annotations().stream()
                            .anyMatch(annotation ->
                                    annotation.key().equals(key) && (annotation.flag() == null || annotation.flag()));
                case CompareAnnotation(var key, var operator, var value) ->
                    trace.annotations().stream()
                            .anyMatch(annotation -> annotation.key().equals(key) && fits(annotation, operator, value));
                case Service service -> service(service);
                case Edge edge -> edge(edge);
                case Cause cause -> cause(cause);
                case CauseLike(var template) ->
                    Stream.of(Expression.CauseKind.values())
                            .flatMap(kind -> causes(kind).stream())
                            .anyMatch(template::matches);
                case InGroup group ->
                    throw new IllegalStateException("group '" + group.group() + "' was not put into its expression");
            };
        }

        private static boolean present(Keyword keyword, Subject subject) {
            return switch (keyword.kind()) {
                case FLAG -> subject.flag(keyword);
                case NUMBER -> !Double.isNaN(subject.number(keyword));
                case TEXT -> !subject.texts(keyword).isEmpty();
            };
        }

        private boolean compare(Subject subject, Keyword keyword, Operator operator, Value value) {
            return switch (value) {
                case Value.Flag(boolean flag) -> operator.holds(subject.flag(keyword), flag);
                case Value.Number(double number) -> {
                    double fact = subject.number(keyword);
                    yield !Double.isNaN(fact) && operator.holds(fact, number);
                }
                case Value.Text(String text) ->
                    subject.texts(keyword).stream().anyMatch(fact -> holds(operator, fact, text));
            };
        }

        private boolean holds(Operator operator, String fact, String value) {
            return rules.ignoreCase()
                    ? operator.holds(fact.toLowerCase(Locale.ROOT), value.toLowerCase(Locale.ROOT))
                    : operator.holds(fact, value);
        }

        private boolean fits(Annotation annotation, Operator operator, Value value) {
            return switch (value) {
                case Value.Flag(boolean flag) -> annotation.flag() != null && operator.holds(annotation.flag(), flag);
                case Value.Number(double number) ->
                    annotation.number() != null && operator.holds(annotation.number(), number);
                case Value.Text(String text) -> annotation.text() != null && holds(operator, annotation.text(), text);
            };
        }

        private boolean service(Service service) {
            if (service.block() == null && touches(service.node())) {
                return true; // also the client, who has no segment
            }
            var block = service.block();
            return block != null
                    && trace.visits().stream()
                            .anyMatch(visit -> visit.since() <= now
                                    && service.node().matches(trace.nodes().get(visit.node()))
                                    && holds(block, Subjects.OfCall.of(trace, visit)));
        }

        private boolean touches(NodeSelector node) {
            return trace.visits().stream()
                            .anyMatch(visit -> visit.since() <= now
                                    && node.matches(trace.nodes().get(visit.node())))
                    || trace.hops().stream()
                            .anyMatch(hop -> hop.since() <= now
                                    && node.matches(trace.nodes().get(hop.from())));
        }

        private boolean edge(Edge edge) {
            var block = edge.block();
            return trace.hops().stream()
                    .anyMatch(hop -> hop.since() <= now
                            && edge.from().matches(trace.nodes().get(hop.from()))
                            && edge.to().matches(trace.nodes().get(hop.to()))
                            && (block == null || holds(block, Subjects.OfCall.of(trace, hop))));
        }

        private List<TraceDigest.RootCause> causes(Expression.CauseKind kind) {
            return switch (kind) {
                case FAULT -> trace.rootCauses().faults();
                case ERROR -> trace.rootCauses().errors();
                case RESPONSE_TIME -> trace.rootCauses().responseTimes();
            };
        }

        private boolean cause(Cause cause) {
            var block = cause.block();
            return causes(cause.kind()).stream().anyMatch(found -> {
                var elements = CauseElements.of(found, cause.part(), rules.firstIndex());
                return block == null
                        ? !elements.isEmpty()
                        : elements.stream().anyMatch(element -> holds(Objects.requireNonNull(block), element));
            });
        }
    }
}
