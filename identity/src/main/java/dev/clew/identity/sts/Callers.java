// SPDX-License-Identifier: Apache-2.0
package dev.clew.identity.sts;

import dev.clew.identity.iam.EffectivePolicies;
import dev.clew.identity.iam.Roles;
import dev.clew.identity.iam.StoredRole;
import dev.clew.identity.policy.PolicyCache;
import dev.clew.identity.policy.PolicySet;
import dev.clew.identity.policy.PolicySet.Named;
import dev.clew.identity.policy.PolicySet.Origin;
import dev.clew.identity.policy.Principal;
import dev.clew.identity.policy.RequestContext;
import dev.clew.wire.Call;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A caller as its policies know it: what may be asked before any call is answered. Safe for use by many threads. */
public final class Callers {
    private static final PolicySet NONE = new PolicySet(List.of(), null, List.of(), null, false);

    private final Roles roles;
    private final EffectivePolicies effective;
    private final Sessions sessions;
    private final PolicyCache documents;

    Callers(Roles roles, EffectivePolicies effective, Sessions sessions, PolicyCache documents) {
        this.roles = roles;
        this.effective = effective;
        this.sessions = sessions;
        this.documents = documents;
    }

    public Principal principal(Call.Caller caller) {
        var arn = caller.arn();
        if (arn.resource().startsWith("assumed-role/")) {
            var role = role(caller)
                    .map(StoredRole::arn)
                    .orElse("arn:aws:iam::" + arn.account() + ":role/" + roleName(caller));
            return new Principal.RoleSession(arn.account(), role, arn.toString(), caller.userId());
        }
        return arn.resource().equals("root")
                ? new Principal.Root(arn.account())
                : new Principal.User(arn.account(), arn.toString());
    }

    /** Everything that lets the caller act or limits it; nothing for a root user. */
    public PolicySet policies(Call.Caller caller) {
        return role(caller)
                .map(role -> effective.of(role, sessionPolicies(role.account(), caller)))
                .orElse(NONE);
    }

    /** Condition keys that every call has. */
    public RequestContext context(Call call, Instant now) {
        var context = RequestContext.builder()
                .put("aws:CurrentTime", now.toString())
                .put("aws:EpochTime", String.valueOf(now.getEpochSecond()))
                .put("aws:SourceIp", call.remoteAddress())
                .put(
                        "aws:SecureTransport",
                        String.valueOf("https".equals(call.endpoint().getScheme())))
                .put("aws:RequestedRegion", call.scope().region());
        call.headers().first("User-Agent").ifPresent(agent -> context.put("aws:UserAgent", agent));
        return context.build().orElse(tags(call.caller()));
    }

    /** Condition keys that come from tags: of the role, and of the session, which prevail. */
    private RequestContext tags(Call.Caller caller) {
        var context = RequestContext.builder();
        role(caller)
                .ifPresent(role ->
                        role.tags().forEach(tag -> context.put("aws:PrincipalTag/" + tag.key(), tag.value())));
        session(caller).ifPresent(session -> {
            session.limits().tags().forEach(tag -> context.put("aws:PrincipalTag/" + tag.key(), tag.value()));
            var source = session.limits().sourceIdentity();
            if (source != null) {
                context.put("aws:SourceIdentity", source);
            }
        });
        return context.build();
    }

    Optional<StoredSession> session(Call.Caller caller) {
        return sessions.find(caller.accessKeyId());
    }

    /** Not a role of the same name that was made later. */
    private Optional<StoredRole> role(Call.Caller caller) {
        return caller.arn().resource().startsWith("assumed-role/")
                ? roles.find(caller.arn().account(), roleName(caller))
                        .filter(role -> caller.userId().startsWith(role.id() + ':'))
                : Optional.empty();
    }

    private static String roleName(Call.Caller caller) {
        var parts = caller.arn().resource().split("/", 3);
        return parts.length < 2 ? "" : parts[1];
    }

    private List<Named> sessionPolicies(String account, Call.Caller caller) {
        var limits = session(caller).map(StoredSession::limits).orElse(StoredSession.Limits.NONE);
        var policies = new ArrayList<Named>();
        if (limits.policy() != null) {
            policies.add(new Named("session policy", Origin.NONE, documents.parse(limits.policy())));
        }
        limits.policyArns().forEach(arn -> policies.add(effective.limit(account, arn)));
        return policies;
    }
}
