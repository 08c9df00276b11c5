// SPDX-License-Identifier: Apache-2.0
package dev.clew.identity.policy;

import dev.clew.identity.policy.Statement.Clause;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What a parsed policy must satisfy beside the grammar, by what it is attached to. */
public final class PolicyValidator {
    private static final Set<String> VERSIONS = Set.of(PolicyDocument.FIRST_VERSION, PolicyDocument.VARIABLES_SINCE);
    private static final Pattern SID = Pattern.compile("[0-9A-Za-z]*");
    private static final Pattern VENDOR = Pattern.compile("[A-Za-z0-9.*?-]+");
    private static final Set<String> TRUST_ACTIONS =
            Set.of("sts:tagsession", "sts:setsourceidentity", "sts:setcontext");

    private PolicyValidator() {}

    /**
     * Policies of principals: inline, managed, boundary, session.
     *
     * @throws MalformedPolicyException if {@code document} cannot be one
     */
    public static void identity(PolicyDocument document) {
        common(document);
        for (var statement : document.statements()) {
            if (statement.principals() != null) {
                throw new MalformedPolicyException("Policy document should not specify a principal.");
            }
            if (statement.resources() == null || statement.resources().of().isEmpty()) {
                throw new MalformedPolicyException("Policy statement must contain resources.");
            }
            statement.resources().of().forEach(resource -> resource(resource.toString()));
        }
    }

    /**
     * Policies that say who may assume a role.
     *
     * @throws MalformedPolicyException if {@code document} cannot be one
     */
    public static void trust(PolicyDocument document) {
        common(document);
        for (var statement : document.statements()) {
            if (statement.resources() != null) {
                throw new MalformedPolicyException("Has prohibited field Resource");
            }
            if (statement.principals() == null || statement.principals().of().isEmpty()) {
                throw new MalformedPolicyException("Missing required field Principal");
            }
            statement.principals().of().forEach(PolicyValidator::principal);
            for (var action : actions(statement)) {
                var folded = RequestContext.fold(action.text());
                if (!folded.startsWith("sts:assumerole")
                        && !folded.equals("sts:*")
                        && !TRUST_ACTIONS.contains(folded)) {
                    throw new MalformedPolicyException("AssumeRole policy may only specify STS AssumeRole actions.");
                }
            }
        }
    }

    private static void common(PolicyDocument document) {
        if (!VERSIONS.contains(document.version())) {
            throw new MalformedPolicyException("Policy document must be version 2012-10-17 or greater.");
        }
        var sids = new HashSet<String>();
        for (var statement : document.statements()) {
            var sid = statement.sid();
            if (sid != null && !SID.matcher(sid).matches()) {
                throw new MalformedPolicyException("Statement IDs (SID) must be alpha-numeric. "
                        + "Check that your input satisfies the regular expression [0-9A-Za-z]*");
            }
            if (sid != null && !sid.isEmpty() && !sids.add(sid)) {
                throw new MalformedPolicyException("Statement IDs (SID) in a single policy must be unique.");
            }
            if (actions(statement).isEmpty()) {
                throw new MalformedPolicyException("Policy statement must contain actions.");
            }
            actions(statement).forEach(action -> vendor(action.text(), true));
            statement.conditions().forEach(condition -> vendor(condition.key(), false));
        }
    }

    private static List<Statement.Action> actions(Statement statement) {
        Clause<Statement.Action> clause = statement.actions();
        return clause == null ? List.of() : clause.of();
    }

    private static void vendor(String text, boolean action) {
        if (action && text.equals("*")) {
            return;
        }
        int colon = text.indexOf(':');
        if (colon <= 0 || colon == text.length() - 1) {
            throw new MalformedPolicyException(
                    "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.");
        }
        if (!action) {
            return; // the keys of identity providers and tags hold what they like after the first colon
        }
        if (text.indexOf(':', colon + 1) >= 0) {
            throw new MalformedPolicyException("Actions/Condition can contain only one colon.");
        }
        var vendor = text.substring(0, colon);
        if (!VENDOR.matcher(vendor).matches()) {
            throw new MalformedPolicyException("Vendor " + vendor + " is not valid");
        }
    }

    private static void resource(String text) {
        if (text.equals("*")) {
            return;
        }
        var parts = text.split(":", 6);
        boolean variable = text.startsWith("${");
        if (!variable && (!parts[0].equals("arn") || parts.length < 2)) {
            throw new MalformedPolicyException("Resource " + text + " must be in ARN format or \"*\".");
        }
        if (!variable && parts.length < 6 && !text.endsWith("*")) {
            throw new MalformedPolicyException("The policy failed legacy parsing");
        }
    }

    private static void principal(PrincipalPattern pattern) {
        switch (pattern) {
            case PrincipalPattern.Identity(var text) when !Principals.isIdentity(text) -> throw invalid("AWS", text);
            case PrincipalPattern.ServiceName(var name)
            when !Principals.isService(name) -> throw invalid("SERVICE", name);
            default -> {}
        }
    }

    private static MalformedPolicyException invalid(String type, String text) {
        return new MalformedPolicyException("Invalid principal in policy: \"" + type + "\":\"" + text + '"');
    }
}
