// SPDX-License-Identifier: Apache-2.0
package dev.clew.identity.policy;

import java.util.List;
import java.util.Optional;

/** What the policies say of a request, and which statements say it. */
public sealed interface Verdict {
    /** Allowed by these statements; none if the principal is an account's root user. */
    record Allowed(List<Deciding> by) implements Verdict {
        public Allowed {
            by = List.copyOf(by);
        }
    }

    /** Denied by these statements, whatever others allow. */
    record Denied(List<Deciding> by) implements Verdict {
        public Denied {
            by = List.copyOf(by);
        }
    }

    /**
     * Allowed by nothing.
     *
     * @param lacking the kind of policy that would have had to allow it
     * @param nearest what came nearest to allowing it, for people; empty if nothing named principal and action
     */
    record NotAllowed(Kind lacking, Optional<String> nearest) implements Verdict {}

    /** A statement that decided, and its policy. */
    record Deciding(Kind kind, PolicySet.Named policy, Statement statement) {}

    /** The part a policy plays in a decision. */
    enum Kind {
        IDENTITY("identity-based policy", "an"),
        RESOURCE("resource-based policy", "a"),
        BOUNDARY("permissions boundary", "a"),
        SESSION("session policy", "a");

        private final String title;
        private final String article;

        Kind(String title, String article) {
            this.title = title;
            this.article = article;
        }

        public String title() {
            return title;
        }
    }

    default boolean allowed() {
        return this instanceof Allowed;
    }

    /** The clause that ends an access-denied message: {@code because no identity-based policy allows the … action}. */
    default String because(String action) {
        return switch (this) {
            case Allowed _ -> "";
            case Denied(var by) -> {
                var kind = by.getFirst().kind();
                yield "with an explicit deny in " + kind.article + ' ' + kind.title;
            }
            case NotAllowed lacks -> "because no " + lacks.lacking().title + " allows the " + action + " action";
        };
    }
}
