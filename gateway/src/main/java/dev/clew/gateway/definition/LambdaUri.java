// SPDX-License-Identifier: Apache-2.0
package dev.clew.gateway.definition;

import dev.clew.core.Arn;
import dev.clew.wire.http.PercentEncoding;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The URI of a Lambda proxy integration: {@code
 * arn:aws:apigateway:{region}:lambda:path/2015-03-31/functions/{function}/invocations}. The function may be
 * percent-encoded and may contain {@code ${stageVariables.name}}.
 *
 * @param function as written, still encoded
 */
public record LambdaUri(String function) {
    private static final Pattern PATH = Pattern.compile("path/2015-03-31/functions/(.+)/invocations");
    private static final Pattern STAGE_VARIABLE = Pattern.compile("\\$\\{stageVariables\\.([A-Za-z0-9_]+)}");

    /** The URI that {@code text} spells, or nothing if it leads elsewhere. Never throws. */
    public static Optional<LambdaUri> parse(String text) {
        return Arn.parse(text)
                .filter(arn ->
                        arn.service().equals("apigateway") && arn.account().equals("lambda"))
                .map(arn -> PATH.matcher(arn.resource()))
                .filter(Matcher::matches)
                .map(path -> new LambdaUri(path.group(1)));
    }

    /** Name or ARN of the function under these stage variables; a variable that is not set leaves nothing. */
    public String resolve(Map<String, String> stageVariables) {
        var resolved = STAGE_VARIABLE
                .matcher(function)
                .replaceAll(variable -> Matcher.quoteReplacement(stageVariables.getOrDefault(variable.group(1), "")));
        return PercentEncoding.decode(resolved);
    }
}
