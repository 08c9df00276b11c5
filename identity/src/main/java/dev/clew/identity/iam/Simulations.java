// SPDX-License-Identifier: Apache-2.0
package dev.clew.identity.iam;

import dev.clew.core.Arn;
import dev.clew.identity.api.iam.ContextEntry;
import dev.clew.identity.api.iam.EvaluationResult;
import dev.clew.identity.api.iam.GetContextKeysForCustomPolicyRequest;
import dev.clew.identity.api.iam.GetContextKeysForPolicyResponse;
import dev.clew.identity.api.iam.GetContextKeysForPrincipalPolicyRequest;
import dev.clew.identity.api.iam.IamErrors;
import dev.clew.identity.api.iam.PermissionsBoundaryDecisionDetail;
import dev.clew.identity.api.iam.Position;
import dev.clew.identity.api.iam.SimulateCustomPolicyRequest;
import dev.clew.identity.api.iam.SimulatePolicyResponse;
import dev.clew.identity.api.iam.SimulatePrincipalPolicyRequest;
import dev.clew.identity.api.iam.Statement;
import dev.clew.identity.policy.AccessRequest;
import dev.clew.identity.policy.PolicyEvaluation;
import dev.clew.identity.policy.PolicySet;
import dev.clew.identity.policy.PolicySet.Named;
import dev.clew.identity.policy.PolicySet.Origin;
import dev.clew.identity.policy.Principal;
import dev.clew.identity.policy.RequestContext;
import dev.clew.identity.policy.Verdict;
import dev.clew.identity.policy.Verdict.Deciding;
import dev.clew.identity.policy.Verdict.Kind;
import dev.clew.wire.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What policies would say of requests that nobody makes: the policy simulator, on the engine that decides real ones. */
final class Simulations {
    private static final int MOST_EVALUATIONS = 1_000; // actions times resources of one call

    private final Roles roles;
    private final EffectivePolicies effective;
    private final Documents documents;

    Simulations(Roles roles, EffectivePolicies effective, Documents documents) {
        this.roles = roles;
        this.effective = effective;
        this.documents = documents;
    }

    /** What is asked, the same for both operations. */
    private record Question(
            Principal principal,
            PolicySet policies,
            List<String> actions,
            List<String> resources,
            String owner,
            RequestContext context) {}

    SimulatePolicyResponse simulateCustomPolicy(SimulateCustomPolicyRequest input, Call call) {
        if (input.resourcePolicy() != null && input.callerArn() == null) {
            throw IamErrors.invalidInputException("CallerArn is required when ResourcePolicy is given.");
        }
        var account = call.scope().account();
        var caller = input.callerArn() == null
                ? new Principal.User(account, "arn:aws:iam::" + account + ":user/simulated")
                : caller(input.callerArn());
        var policies = new PolicySet(
                named("PolicyInputList", input.policyInputList()),
                boundary(input.permissionsBoundaryPolicyInputList(), null),
                List.of(),
                resource(input.resourcePolicy()),
                false);
        var question = new Question(
                caller,
                policies,
                input.actionNames(),
                input.resourceArns() == null ? List.of("*") : input.resourceArns(),
                owner(input.resourceOwner(), account),
                context(input.contextEntries()));
        return answer(question, input.marker(), input.maxItems());
    }

    SimulatePolicyResponse simulatePrincipalPolicy(SimulatePrincipalPolicyRequest input, Call call) {
        var role = source(input.policySourceArn());
        var own = effective.of(role, List.of());
        var identity = Stream.concat(
                        own.identity().stream(), named("PolicyInputList", input.policyInputList()).stream())
                .toList();
        var policies = new PolicySet(
                identity,
                boundary(input.permissionsBoundaryPolicyInputList(), own.boundary()),
                List.of(),
                resource(input.resourcePolicy()),
                false);
        var question = new Question(
                input.callerArn() == null ? caller(role.arn()) : caller(input.callerArn()),
                policies,
                input.actionNames(),
                input.resourceArns() == null ? List.of("*") : input.resourceArns(),
                owner(input.resourceOwner(), role.account()),
                context(input.contextEntries()));
        return answer(question, input.marker(), input.maxItems());
    }

    GetContextKeysForPolicyResponse getContextKeysForCustomPolicy(
            GetContextKeysForCustomPolicyRequest input, Call call) {
        return keys(named("PolicyInputList", input.policyInputList()));
    }

    GetContextKeysForPolicyResponse getContextKeysForPrincipalPolicy(
            GetContextKeysForPrincipalPolicyRequest input, Call call) {
        var policies = effective.of(source(input.policySourceArn()), List.of());
        return keys(
                Stream.concat(policies.identity().stream(), named("PolicyInputList", input.policyInputList()).stream())
                        .toList());
    }

    private static GetContextKeysForPolicyResponse keys(List<Named> policies) {
        var keys = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        policies.forEach(policy -> keys.addAll(policy.document().contextKeys()));
        return new GetContextKeysForPolicyResponse(List.copyOf(keys));
    }

    private StoredRole source(String arn) {
        return roles.find(arn)
                .orElseThrow(() -> IamErrors.noSuchEntityException("The role " + arn + " cannot be found."));
    }

    private Principal caller(String arn) {
        var parsed = Arn.parse(arn)
                .filter(candidate -> candidate.service().equals("iam"))
                .orElseThrow(() -> IamErrors.invalidInputException("CallerArn " + arn + " is not valid."));
        var account = parsed.account();
        if (parsed.resource().startsWith("role/")) {
            return new Principal.RoleSession(
                    account, arn, arn, roles.find(arn).map(StoredRole::id).orElse(""));
        }
        return parsed.resource().equals("root") ? new Principal.Root(account) : new Principal.User(account, arn);
    }

    private List<Named> named(String list, @Nullable List<String> texts) {
        var named = new ArrayList<Named>();
        if (texts != null) {
            for (var text : texts) {
                named.add(new Named(list + '.' + (named.size() + 1), Origin.NONE, documents.parse(text)));
            }
        }
        return named;
    }

    private @Nullable Named boundary(@Nullable List<String> texts, @Nullable Named own) {
        if (texts == null || texts.isEmpty()) {
            return own;
        }
        if (texts.size() > 1) {
            throw IamErrors.invalidInputException("PermissionsBoundaryPolicyInputList may hold only one policy.");
        }
        return named("PermissionsBoundaryPolicyInputList", texts).getFirst();
    }

    private @Nullable Named resource(@Nullable String text) {
        return text == null ? null : new Named("ResourcePolicy", Origin.RESOURCE, documents.parse(text));
    }

    private static String owner(@Nullable String arn, String otherwise) {
        return arn == null
                ? otherwise
                : Arn.parse(arn)
                        .map(Arn::account)
                        .orElseThrow(() -> IamErrors.invalidInputException("ResourceOwner " + arn + " is not valid."));
    }

    private static RequestContext context(@Nullable List<ContextEntry> entries) {
        var context = RequestContext.builder();
        if (entries != null) {
            for (var entry : entries) {
                if (entry.contextKeyName() != null && entry.contextKeyValues() != null) {
                    context.put(entry.contextKeyName(), entry.contextKeyValues());
                }
            }
        }
        return context.build();
    }

    private static SimulatePolicyResponse answer(
            Question question, @Nullable String marker, @Nullable Integer maxItems) {
        if ((long) question.actions().size() * question.resources().size() > MOST_EVALUATIONS) {
            throw IamErrors.invalidInputException(
                    "ActionNames times ResourceArns may be at most " + MOST_EVALUATIONS + '.');
        }
        for (var action : question.actions()) {
            if (action.indexOf(':') <= 0 || action.contains("*") || action.contains("?")) {
                throw IamErrors.invalidInputException("Invalid Action: " + action);
            }
        }
        var results = question.actions().stream()
                .flatMap(action -> question.resources().stream().map(resource -> result(question, action, resource)))
                .toList();
        var page = Page.byPosition(results, marker, maxItems);
        return new SimulatePolicyResponse(page.items(), page.truncated(), page.marker());
    }

    private static EvaluationResult result(Question question, String action, String resource) {
        var request = new AccessRequest(question.principal(), action, resource, question.owner(), question.context());
        var verdict = PolicyEvaluation.evaluate(request, question.policies());
        var matched = switch (verdict) {
            case Verdict.Allowed(var by) -> by;
            case Verdict.Denied(var by) -> by;
            case Verdict.NotAllowed _ -> List.<Deciding>of();
        };
        boolean bounded = question.policies().boundary() != null;
        boolean stoppedByBoundary = verdict instanceof Verdict.NotAllowed lacks && lacks.lacking() == Kind.BOUNDARY;
        return EvaluationResult.builder()
                .evalActionName(action)
                .evalResourceName(resource)
                .evalDecision(decision(verdict))
                .matchedStatements(matched.stream().map(Simulations::statement).toList())
                .missingContextValues(List.copyOf(missing(question.policies(), request.context())))
                .permissionsBoundaryDecisionDetail(
                        bounded ? new PermissionsBoundaryDecisionDetail(!stoppedByBoundary) : null)
                .build();
    }

    private static String decision(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Allowed _ -> "allowed";
            case Verdict.Denied _ -> "explicitDeny";
            case Verdict.NotAllowed _ -> "implicitDeny";
        };
    }

    private static Statement statement(Deciding deciding) {
        var span = deciding.statement().span();
        return new Statement(
                deciding.policy().name(),
                deciding.policy().origin().spelled(),
                new Position(span.startLine(), span.startColumn()),
                new Position(span.endLine(), span.endColumn()));
    }

    private static Set<String> missing(PolicySet policies, RequestContext context) {
        var keys = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        Stream.of(
                        policies.identity().stream(),
                        Stream.ofNullable(policies.boundary()),
                        Stream.ofNullable(policies.resource()))
                .flatMap(stream -> stream)
                .forEach(policy -> keys.addAll(policy.document().contextKeys()));
        keys.removeIf(key -> !context.values(key).isEmpty());
        return keys;
    }
}
