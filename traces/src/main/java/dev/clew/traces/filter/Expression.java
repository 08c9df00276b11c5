// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.filter;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A filter expression, checked: every keyword, operator and value fits where it stands. */
public sealed interface Expression {
    /** What an empty expression says: every trace. */
    Expression EVERYTHING = new And(List.of());

    /** Whether all hold; true of none. */
    record And(List<Expression> all) implements Expression {
        public And {
            all = List.copyOf(all);
        }
    }

    /** Whether any holds. */
    record Or(List<Expression> any) implements Expression {
        public Or {
            any = List.copyOf(any);
        }
    }

    record Not(Expression negated) implements Expression {}

    /** A keyword on its own: a flag that is set, or a number or text that is there. */
    record Present(Keyword keyword) implements Expression {}

    record Compare(Keyword keyword, Operator operator, Value value) implements Expression {}

    /** An annotation on its own: there, and, if it is a flag, set. */
    record Annotated(String key) implements Expression {}

    record CompareAnnotation(String key, Operator operator, Value value) implements Expression {}

    /** A node, and, with a block, a segment of such a node of which the block holds. */
    record Service(NodeSelector node, @Nullable Expression block) implements Expression {}

    /** An edge, and, with a block, a call along such an edge of which the block holds. */
    record Edge(
            NodeSelector from, NodeSelector to, @Nullable Expression block) implements Expression {}

    /**
     * Whether a group's expression holds.
     *
     * @param byArn whether {@code group} is the group's ARN, not its name
     * @param column where it stands, from 1
     */
    record InGroup(String group, boolean byArn, int column) implements Expression {}

    /** A root cause, and, with a block, one with an element of which the block holds. */
    record Cause(CauseKind kind, CausePart part, @Nullable Expression block) implements Expression {}

    /** A root cause of any kind that looks like a template. */
    record CauseLike(CauseTemplate template) implements Expression {}

    /** The kinds of root causes. */
    enum CauseKind {
        FAULT,
        ERROR,
        RESPONSE_TIME
    }

    /** Of what a root cause has lists. Entities and exceptions are those of all its services, one after the other. */
    enum CausePart {
        SERVICE,
        ENTITY,
        EXCEPTION
    }
}
