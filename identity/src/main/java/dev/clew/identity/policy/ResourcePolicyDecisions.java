// SPDX-License-Identifier: Apache-2.0
package dev.clew.identity.policy;

import dev.clew.core.Arn;
import dev.clew.core.access.CallerPolicy;
import dev.clew.core.access.ResourcePolicy;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whether a resource's policy lets a service, or another account, act on it, with a reason that people can act on. */
public final class ResourcePolicyDecisions implements ResourcePolicy, CallerPolicy {
    /** What the resources of a service are called, by the prefix of its actions. */
    private static final Map<String, String> KINDS = Map.ofEntries(
            Map.entry("apigateway", "API"),
            Map.entry("events", "event bus"),
            Map.entry("execute-api", "API"),
            Map.entry("kms", "key"),
            Map.entry("lambda", "function"),
            Map.entry("logs", "log group"),
            Map.entry("s3", "bucket"),
            Map.entry("secretsmanager", "secret"),
            Map.entry("sns", "topic"),
            Map.entry("sqs", "queue"),
            Map.entry("states", "state machine"),
            Map.entry("sts", "role"));

    private static final String ANYTHING =
            "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}}";

    private final PolicyCache documents;
    private final InstantSource time;

    public ResourcePolicyDecisions(PolicyCache documents, InstantSource time) {
        this.documents = documents;
        this.time = time;
    }

    @Override
    public Decision decide(@Nullable String policy, Access access) {
        return decide(policy, who(access), request(access), null);
    }

    @Override
    public Decision decide(@Nullable String policy, Arn caller, String action, String resource) {
        var asked = request(new Access("", action, resource, "", ""));
        var request = new AccessRequest(principal(caller), action, resource, asked.resourceAccount(), asked.context());
        return decide(policy, caller.toString(), request, anything());
    }

    /** What the caller's own account lets it do is not ours to know. */
    private PolicySet.Named anything() {
        try {
            return new PolicySet.Named("the caller's policies", PolicySet.Origin.NONE, documents.parse(ANYTHING));
        } catch (MalformedPolicyException e) {
            throw new IllegalStateException(e); // it is a constant
        }
    }

    private static Principal principal(Arn caller) {
        var account = caller.account();
        if (caller.resource().startsWith("assumed-role/")) {
            var parts = caller.resource().split("/");
            var role = Arn.of("iam", "", account, "role/" + (parts.length > 1 ? parts[1] : ""));
            return new Principal.RoleSession(account, role.toString(), caller.toString(), "");
        }
        return caller.resource().equals("root")
                ? new Principal.Root(account)
                : new Principal.User(account, caller.toString());
    }

    /** @param identity what the caller's own policies say; null for a service, which has none */
    private Decision decide(
            @Nullable String policy, String who, AccessRequest request, PolicySet.@Nullable Named identity) {
        var kind = kind(request.action());
        if (policy == null) {
            return new Decision.Refused("the " + kind + " has no policy, so nothing allows " + who);
        }
        PolicyDocument document;
        try {
            document = documents.parse(policy);
        } catch (MalformedPolicyException e) {
            return new Decision.Refused("the " + kind + "'s policy cannot be read: " + e.message());
        }
        var named = new PolicySet.Named("the " + kind + "'s policy", PolicySet.Origin.RESOURCE, document);
        var policies = identity == null
                ? PolicySet.ofResource(named)
                : new PolicySet(List.of(identity), null, List.of(), named, true);
        return switch (PolicyEvaluation.evaluate(request, policies)) {
            case Verdict.Allowed(var by) ->
                new Decision.Allowed(by.stream()
                        .filter(deciding -> deciding.policy().equals(named))
                        .findFirst()
                        .orElseThrow()
                        .statement()
                        .label());
            case Verdict.Denied(var by) ->
                new Decision.Refused(
                        "statement " + by.getFirst().statement().label() + " in " + named.name() + " denies " + who);
            case Verdict.NotAllowed lacks ->
                new Decision.Refused("no statement in " + named.name() + " allows " + who
                        + lacks.nearest().map(miss -> "; nearest: " + miss).orElse(""));
        };
    }

    private static String who(Access access) {
        return access.service() + (access.sourceArn().isEmpty() ? "" : " from " + access.sourceArn());
    }

    private static String kind(String action) {
        int colon = action.indexOf(':');
        return KINDS.getOrDefault(RequestContext.fold(colon < 0 ? action : action.substring(0, colon)), "resource");
    }

    private AccessRequest request(Access access) {
        var now = time.instant();
        var resource = Arn.parse(access.resource());
        var context = RequestContext.builder()
                .put("aws:CurrentTime", now.toString())
                .put("aws:EpochTime", String.valueOf(now.getEpochSecond()))
                .put("aws:SecureTransport", "true");
        if (!access.sourceArn().isEmpty()) {
            context.put("aws:SourceArn", access.sourceArn());
        }
        if (!access.sourceAccount().isEmpty()) {
            context.put("aws:SourceAccount", access.sourceAccount());
        }
        resource.map(Arn::region)
                .filter(region -> !region.isEmpty())
                .ifPresent(region -> context.put("aws:RequestedRegion", region));
        if (RequestContext.fold(access.action()).startsWith("lambda:")) {
            context.put("lambda:FunctionArn", access.resource());
        }
        return new AccessRequest(
                new Principal.Service(access.service()),
                access.action(),
                access.resource(),
                resource.map(Arn::account).orElse(""),
                context.build());
    }
}
