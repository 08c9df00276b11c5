// SPDX-License-Identifier: Apache-2.0
package dev.clew.functions.catalog;

import dev.clew.core.Scope;
import dev.clew.functions.api.LambdaErrors;
import dev.clew.wire.ServiceException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A function as a caller names it: by name, partial ARN ({@code 111111111111:function:name}) or ARN, each perhaps with a
 * qualifier.
 *
 * @param scope where it lives
 * @param name without account and qualifier
 * @param qualifier {@code $LATEST}, a version number or an alias; null if none was given
 */
public record FunctionReference(
        Scope scope, String name, @Nullable String qualifier) {
    private static final Pattern FORM = Pattern.compile("(?:arn:[a-zA-Z-]+:lambda:)?"
            + "(?:([a-z]{2}(?:-[a-z]+)+-\\d):)?"
            + "(?:(\\d{12}):)?"
            + "(?:function:)?"
            + "([a-zA-Z0-9-_.]+)"
            + "(?::(\\$LATEST|[a-zA-Z0-9-_]+))?");

    /**
     * The function that {@code text} names to a caller in {@code caller}'s account and region.
     *
     * @param qualifier given beside the name, or null
     * @throws ServiceException if both name a qualifier and differ, or if the function is another region's or account's
     */
    public static FunctionReference parse(String text, @Nullable String qualifier, Scope caller) {
        var match = FORM.matcher(text);
        if (!match.matches()) {
            throw LambdaErrors.invalidParameterValueException("FunctionName: '" + text
                    + "' (expected: a name, a partial ARN or an ARN, each perhaps with a qualifier)");
        }
        var region = match.group(1) == null ? caller.region() : match.group(1);
        if (!region.equals(caller.region())) {
            throw LambdaErrors.resourceNotFoundException(
                    "Functions from '" + region + "' are not reachable in this region ('" + caller.region() + "')");
        }
        var account = match.group(2) == null ? caller.account() : match.group(2);
        if (!account.equals(caller.account())) {
            throw ServiceException.client(
                    "AccessDeniedException",
                    403,
                    "Account " + caller.account() + " is not authorized to act on function "
                            + arn(new Scope(account, region), match.group(3)) + " of another account");
        }
        var derived = match.group(4);
        var given = qualifier == null || qualifier.isEmpty() ? null : qualifier;
        if (derived != null && given != null && !derived.equals(given)) {
            throw LambdaErrors.invalidParameterValueException(
                    "The derived qualifier from the function name does not match the specified qualifier.");
        }
        return new FunctionReference(new Scope(account, region), match.group(3), given == null ? derived : given);
    }

    /** The function's ARN, with the qualifier if there is one. */
    public String arn() {
        return qualifier == null ? arn(scope, name) : arn(scope, name) + ':' + qualifier;
    }

    /** The ARN of a function without qualifier. */
    static String arn(Scope scope, String name) {
        return "arn:aws:lambda:" + scope.region() + ':' + scope.account() + ":function:" + name;
    }
}
