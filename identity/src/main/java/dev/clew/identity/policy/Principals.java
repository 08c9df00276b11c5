// SPDX-License-Identifier: Apache-2.0
package dev.clew.identity.policy;

import dev.clew.core.Arn;
import java.util.Optional;
import java.util.regex.Pattern;

/** How the element {@code Principal} spells the principals of the type {@code AWS} and services. */
final class Principals {
    private static final Pattern ACCOUNT = Pattern.compile("\\d{12}");
    private static final Pattern UNIQUE_ID = Pattern.compile("[A-Z0-9]{16,128}");
    private static final Pattern SERVICE =
            Pattern.compile("[a-z0-9][a-z0-9.-]*\\.(amazonaws\\.com(\\.cn)?|aws\\.internal)");

    private Principals() {}

    /** The account that {@code text} means as a whole: its id, or the ARN of its root. */
    static Optional<String> accountOf(String text) {
        if (isAccount(text)) {
            return Optional.of(text);
        }
        return Arn.parse(text)
                .filter(arn -> arn.service().equals("iam") && arn.resource().equals("root") && isAccount(arn.account()))
                .map(Arn::account);
    }

    static boolean isAccount(String text) {
        return ACCOUNT.matcher(text).matches();
    }

    /** Whether {@code text} can name a user, a role, or a session. */
    static boolean isIdentity(String text) {
        return UNIQUE_ID.matcher(text).matches()
                || Arn.parse(text)
                        .filter(arn -> isAccount(arn.account()) && arn.region().isEmpty())
                        .filter(arn -> switch (arn.service()) {
                            case "iam" ->
                                arn.resource().startsWith("user/")
                                        || arn.resource().startsWith("role/");
                            case "sts" ->
                                arn.resource().startsWith("assumed-role/")
                                        || arn.resource().startsWith("federated-user/");
                            default -> false;
                        })
                        .isPresent();
    }

    static boolean isService(String text) {
        return SERVICE.matcher(text).matches();
    }
}
