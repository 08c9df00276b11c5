// SPDX-License-Identifier: Apache-2.0
package dev.clew.functions.catalog;

import dev.clew.core.IdSource;
import dev.clew.functions.api.AddPermissionRequest;
import dev.clew.functions.api.AddPermissionResponse;
import dev.clew.functions.api.GetPolicyRequest;
import dev.clew.functions.api.GetPolicyResponse;
import dev.clew.functions.api.LambdaErrors;
import dev.clew.functions.api.RemovePermissionRequest;
import dev.clew.functions.catalog.FunctionRecord.Policy;
import dev.clew.functions.catalog.FunctionRecord.Statement;
import dev.clew.wire.Call;
import dev.clew.wire.shape.Unit;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Who else may invoke a function: statements of its resource policy. */
final class PolicyOperations {
    private static final int MAX_POLICY = 20_480;
    private static final Pattern ACCOUNT = Pattern.compile("\\d{12}");
    private static final Pattern SERVICE = Pattern.compile("[a-z0-9.-]+\\.amazonaws\\.com(\\.cn)?");
    private static final Pattern IDENTITY = Pattern.compile("arn:[a-zA-Z-]+:(iam|sts)::\\d{12}:.+");

    private final FunctionCatalog catalog;
    private final IdSource ids;

    PolicyOperations(FunctionCatalog catalog, IdSource ids) {
        this.catalog = catalog;
        this.ids = ids;
    }

    AddPermissionResponse add(AddPermissionRequest input, Call call) {
        var reference = FunctionReference.parse(input.functionName(), input.qualifier(), call.scope());
        return catalog.change(() -> {
            var function = catalog.require(reference);
            var qualifier = qualifier(reference);
            if (qualifier.equals(FunctionVersion.LATEST)) {
                throw LambdaErrors.invalidParameterValueException(
                        "We currently do not support adding policies for $LATEST.");
            }
            catalog.requireVersion(reference);
            var policy = function.policies().get(qualifier);
            UpdateOperations.checkRevision(policy == null ? "" : policy.revision(), input.revisionId());
            var statements = new ArrayList<>(policy == null ? List.of() : policy.statements());
            if (statements.stream().anyMatch(statement -> statement.sid().equals(input.statementId()))) {
                throw LambdaErrors.resourceConflictException("The statement id (" + input.statementId()
                        + ") provided already exists. Please provide a new statement id, or remove the"
                        + " existing statement.");
            }
            var statement = new Statement(input.statementId(), statement(input, reference.arn()));
            statements.add(statement);
            var changed = new Policy(ids.nextUuid().toString(), statements);
            if (changed.document().getBytes(StandardCharsets.UTF_8).length > MAX_POLICY) {
                throw LambdaErrors.policyLengthExceededException(
                        "The final policy size is bigger than the limit (" + MAX_POLICY + ").");
            }
            catalog.put(function.withPolicy(qualifier, changed));
            return AddPermissionResponse.builder().statement(statement.json()).build();
        });
    }

    private static String statement(AddPermissionRequest input, String resource) {
        var statement = JsonMapper.shared().createObjectNode();
        statement.put("Sid", input.statementId());
        statement.put("Effect", "Allow");
        principal(statement, input.principal());
        statement.put("Action", input.action());
        statement.put("Resource", resource);
        var condition = JsonMapper.shared().createObjectNode();
        equal(condition, "AWS:SourceAccount", input.sourceAccount());
        equal(condition, "aws:PrincipalOrgID", input.principalOrgID());
        equal(condition, "lambda:FunctionUrlAuthType", input.functionUrlAuthType());
        equal(condition, "lambda:EventSourceToken", input.eventSourceToken());
        if (input.sourceArn() != null) {
            condition.putObject("ArnLike").put("AWS:SourceArn", input.sourceArn());
        }
        if (!condition.isEmpty()) {
            statement.set("Condition", condition);
        }
        return statement.toString();
    }

    private static void equal(ObjectNode condition, String key, @Nullable String value) {
        if (value != null) {
            condition.withObject("/StringEquals").put(key, value);
        }
    }

    private static void principal(ObjectNode statement, String principal) {
        if (principal.equals("*")) {
            statement.put("Principal", "*");
        } else if (SERVICE.matcher(principal).matches()) {
            statement.putObject("Principal").put("Service", principal);
        } else if (ACCOUNT.matcher(principal).matches()) {
            statement.putObject("Principal").put("AWS", "arn:aws:iam::" + principal + ":root");
        } else if (IDENTITY.matcher(principal).matches()) {
            statement.putObject("Principal").put("AWS", principal);
        } else {
            throw LambdaErrors.invalidParameterValueException(
                    "The provided principal was invalid. Please check the principal and try again.");
        }
    }

    Unit remove(RemovePermissionRequest input, Call call) {
        var reference = FunctionReference.parse(input.functionName(), input.qualifier(), call.scope());
        return catalog.change(() -> {
            var function = catalog.require(reference);
            var policy = function.policies().get(qualifier(reference));
            if (policy == null) {
                throw LambdaErrors.resourceNotFoundException("No policy is associated with the given resource.");
            }
            UpdateOperations.checkRevision(policy.revision(), input.revisionId());
            var left = policy.statements().stream()
                    .filter(statement -> !statement.sid().equals(input.statementId()))
                    .toList();
            if (left.size() == policy.statements().size()) {
                throw LambdaErrors.resourceNotFoundException(
                        "Statement " + input.statementId() + " is not found in resource policy.");
            }
            catalog.put(function.withPolicy(
                    qualifier(reference),
                    left.isEmpty() ? null : new Policy(ids.nextUuid().toString(), left)));
            return Unit.VALUE;
        });
    }

    GetPolicyResponse get(GetPolicyRequest input, Call call) {
        var reference = FunctionReference.parse(input.functionName(), input.qualifier(), call.scope());
        var policy = catalog.require(reference).policies().get(qualifier(reference));
        if (policy == null) {
            throw LambdaErrors.resourceNotFoundException("The resource you requested does not exist.");
        }
        return GetPolicyResponse.builder()
                .policy(policy.document())
                .revisionId(policy.revision())
                .build();
    }

    private static String qualifier(FunctionReference reference) {
        return reference.qualifier() == null ? "" : reference.qualifier();
    }
}
