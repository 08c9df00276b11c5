// SPDX-License-Identifier: Apache-2.0
package dev.clew.identity.sts;

import dev.clew.core.Arn;
import dev.clew.identity.api.sts.AssumeRoleRequest;
import dev.clew.identity.api.sts.AssumeRoleResponse;
import dev.clew.identity.api.sts.AssumedRoleUser;
import dev.clew.identity.api.sts.Tag;
import dev.clew.identity.iam.RoleTrust;
import dev.clew.identity.iam.Roles;
import dev.clew.identity.iam.StoredRole;
import dev.clew.identity.policy.RequestContext;
import dev.clew.identity.policy.Verdict;
import dev.clew.wire.Call;
import dev.clew.wire.Operation;
import dev.clew.wire.ServiceException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * AssumeRole: a session for whom the role's trust policy and the caller's own policies let have one.
 *
 * <p>Unlike in AWS, an account's root user may assume roles that trust its account: the root key is the only one that a
 * person has here.
 */
final class AssumeRole implements Operation<AssumeRoleRequest, AssumeRoleResponse> {
    private static final int USUAL_SECONDS = 3_600;
    private static final int MOST_CHAINED_SECONDS = 3_600;

    private final Roles roles;
    private final RoleTrust trust;
    private final Callers callers;
    private final Sessions sessions;
    private final SessionLimits limits;
    private final InstantSource time;

    AssumeRole(
            Roles roles,
            RoleTrust trust,
            Callers callers,
            Sessions sessions,
            SessionLimits limits,
            InstantSource time) {
        this.roles = roles;
        this.trust = trust;
        this.callers = callers;
        this.sessions = sessions;
        this.limits = limits;
        this.time = time;
    }

    @Override
    public AssumeRoleResponse handle(AssumeRoleRequest input, Call call) {
        checkArn(input.roleArn());
        if (input.serialNumber() != null || input.tokenCode() != null) {
            throw denied("MultiFactorAuthentication failed with invalid MFA one time pass code.");
        }
        if (input.providedContexts() != null && !input.providedContexts().isEmpty()) {
            throw invalid("ProvidedContexts: no identity provider is known here");
        }
        var role = roles.find(input.roleArn()).orElseThrow(() -> denied(call, "sts:AssumeRole", input.roleArn(), ""));
        var inherited =
                callers.session(call.caller()).map(StoredSession::limits).orElse(StoredSession.Limits.NONE);
        var granted = limits.of(role.account(), input, inherited);
        authorize(role, input, granted, call);

        var issued = sessions.issue(
                RoleSession.arn(role, input.roleSessionName()),
                RoleSession.userId(role, input.roleSessionName()),
                Duration.ofSeconds(seconds(input, role, call)),
                granted);
        return AssumeRoleResponse.builder()
                .credentials(StsOperations.credentials(issued))
                .assumedRoleUser(new AssumedRoleUser(issued.userId(), issued.caller()))
                .packedPolicySize(limits.packedSize(granted))
                .sourceIdentity(granted.sourceIdentity())
                .build();
    }

    private void authorize(StoredRole role, AssumeRoleRequest input, StoredSession.Limits granted, Call call) {
        var actions = new ArrayList<>(List.of("sts:AssumeRole"));
        if (input.tags() != null && !input.tags().isEmpty()) {
            actions.add("sts:TagSession");
        }
        if (granted.sourceIdentity() != null) {
            actions.add("sts:SetSourceIdentity");
        }
        var principal = callers.principal(call.caller());
        var own = callers.policies(call.caller());
        var context = context(input, granted, call);
        for (var action : actions) {
            var verdict = trust.decide(role, principal, action, context, own);
            if (!verdict.allowed()) {
                var why = verdict instanceof Verdict.Denied ? ' ' + verdict.because(action) : "";
                throw denied(call, action, role.arn(), why);
            }
        }
    }

    private RequestContext context(AssumeRoleRequest input, StoredSession.Limits granted, Call call) {
        var context = RequestContext.builder().put("sts:RoleSessionName", input.roleSessionName());
        if (input.externalId() != null) {
            context.put("sts:ExternalId", input.externalId());
        }
        if (granted.sourceIdentity() != null) {
            context.put("sts:SourceIdentity", granted.sourceIdentity());
        }
        if (input.tags() != null) {
            input.tags().forEach(tag -> context.put("aws:RequestTag/" + tag.key(), tag.value()));
            context.put("aws:TagKeys", input.tags().stream().map(Tag::key).toList());
        }
        if (input.transitiveTagKeys() != null) {
            context.put("sts:TransitiveTagKeys", input.transitiveTagKeys());
        }
        return context.build().orElse(callers.context(call, time.instant()));
    }

    private static int seconds(AssumeRoleRequest input, StoredRole role, Call call) {
        int seconds = input.durationSeconds() == null ? USUAL_SECONDS : input.durationSeconds();
        if (seconds > role.settings().maxSessionSeconds()) {
            throw invalid("The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");
        }
        boolean chained = call.caller().arn().service().equals("sts");
        if (chained && seconds > MOST_CHAINED_SECONDS) {
            throw invalid("The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role"
                    + " chaining.");
        }
        return seconds;
    }

    private static void checkArn(String text) {
        boolean valid = Arn.parse(text)
                .filter(arn -> arn.service().equals("iam") && arn.region().isEmpty())
                .filter(arn -> arn.resource().startsWith("role/"))
                .isPresent();
        if (!valid) {
            throw invalid(text + " is invalid");
        }
    }

    static ServiceException invalid(String message) {
        return ServiceException.client("ValidationError", 400, message);
    }

    private static ServiceException denied(Call call, String action, String resource, String why) {
        return denied("User: " + call.caller().arn() + " is not authorized to perform: " + action + " on resource: "
                + resource + why);
    }

    static ServiceException denied(String message) {
        return ServiceException.client("AccessDenied", 403, message);
    }
}
