// SPDX-License-Identifier: Apache-2.0
package dev.clew.identity.policy;

import dev.clew.identity.policy.PrincipalPattern.Grant;
import dev.clew.identity.policy.Verdict.Deciding;
import dev.clew.identity.policy.Verdict.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The order of evaluation: nothing is allowed until a policy allows it, and a Deny anywhere outweighs every Allow.
 *
 * <p>Within one account, the principal's policies or the resource's suffice; between accounts both must allow. Boundary
 * and session policies limit what the principal's allow, and what the resource's allow to the role rather than to the
 * session or user itself. A service has no policies: the resource's must allow it.
 */
public final class PolicyEvaluation {
    private PolicyEvaluation() {}

    /** A function of its arguments alone: no clock is read, no state is kept. */
    public static Verdict evaluate(AccessRequest request, PolicySet policies) {
        var identity = Sweep.over(Kind.IDENTITY, policies.identity(), request);
        var boundary = Sweep.over(Kind.BOUNDARY, one(policies.boundary()), request);
        var session = Sweep.over(Kind.SESSION, policies.session(), request);
        var resource = Sweep.over(Kind.RESOURCE, one(policies.resource()), request);

        var denies = Stream.of(identity, resource, boundary, session)
                .flatMap(sweep -> sweep.denies.stream())
                .toList();
        if (!denies.isEmpty()) {
            return new Verdict.Denied(denies);
        }
        boolean bounded = policies.boundary() != null;
        boolean confined = !policies.session().isEmpty();
        boolean withinLimits = (!bounded || boundary.allows()) && (!confined || session.allows());
        boolean byIdentity = (request.principal() instanceof Principal.Root || identity.allows()) && withinLimits;
        if (allowed(request, policies, resource.grant, byIdentity, withinLimits)) {
            return new Verdict.Allowed(Stream.of(byIdentity ? identity : resource, resource, boundary, session)
                    .distinct()
                    .flatMap(sweep -> sweep.allows.stream())
                    .toList());
        }
        boolean limited = !withinLimits && (identity.allows() || resource.grant == Grant.ROLE);
        if (limited) {
            return bounded && !boundary.allows() ? boundary.notAllowed() : session.notAllowed();
        }
        return needsResource(request, policies) && resource.grant == Grant.NONE
                ? resource.notAllowed()
                : identity.notAllowed();
    }

    private static boolean allowed(
            AccessRequest request, PolicySet policies, Grant resource, boolean byIdentity, boolean withinLimits) {
        boolean byResource = switch (resource) {
            case NONE -> false;
            case ACCOUNT -> byIdentity;
            case ROLE -> withinLimits;
            case DIRECT -> true;
        };
        if (request.principal() instanceof Principal.Service || policies.resourceMustAllow() && request.sameAccount()) {
            return byResource;
        }
        return request.sameAccount() ? byIdentity || byResource : byIdentity && resource != Grant.NONE;
    }

    private static List<PolicySet.Named> one(PolicySet.@Nullable Named policy) {
        return policy == null ? List.of() : List.of(policy);
    }

    private static boolean needsResource(AccessRequest request, PolicySet policies) {
        return policies.resourceMustAllow() || !request.sameAccount();
    }

    /** What all policies of one kind say. */
    private static final class Sweep {
        private final Kind kind;
        private final List<Deciding> allows = new ArrayList<>();
        private final List<Deciding> denies = new ArrayList<>();
        private Grant grant = Grant.NONE;
        private Statement.Element missed = Statement.Element.ACTION;
        private Optional<String> nearest = Optional.empty();

        private Sweep(Kind kind) {
            this.kind = kind;
        }

        static Sweep over(Kind kind, List<PolicySet.Named> policies, AccessRequest request) {
            var sweep = new Sweep(kind);
            for (var policy : policies) {
                for (var statement : policy.document().statements()) {
                    sweep.read(policy, statement, request);
                }
            }
            return sweep;
        }

        private void read(PolicySet.Named policy, Statement statement, AccessRequest request) {
            switch (statement.match(request, kind == Kind.RESOURCE)) {
                case Statement.Match.Applies(var how)
                when statement.effect() == Statement.Effect.ALLOW -> {
                    allows.add(new Deciding(kind, policy, statement));
                    grant = how.compareTo(grant) > 0 ? how : grant;
                }
                case Statement.Match.Applies _ -> denies.add(new Deciding(kind, policy, statement));
                case Statement.Match.Misses(var element, var reason) -> {
                    boolean nearer = element.compareTo(Statement.Element.PRINCIPAL) > 0
                            && (nearest.isEmpty() || element.compareTo(missed) > 0);
                    if (statement.effect() == Statement.Effect.ALLOW && nearer) {
                        missed = element;
                        nearest = Optional.of("statement " + statement.label() + " allows it but " + reason);
                    }
                }
            }
        }

        boolean allows() {
            return !allows.isEmpty();
        }

        Verdict notAllowed() {
            return new Verdict.NotAllowed(kind, nearest);
        }
    }
}
