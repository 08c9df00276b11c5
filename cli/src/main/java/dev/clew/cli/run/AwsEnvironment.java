// SPDX-License-Identifier: Apache-2.0
package dev.clew.cli.run;

import dev.clew.cli.server.RunningServer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The variables that aim AWS clients at a server.
 *
 * @param set what to set, in order
 * @param unset what to remove, because it would win over what is set
 */
record AwsEnvironment(Map<String, String> set, List<String> unset) {
    private static final Set<String> FOREIGN = Set.of(
            "AWS_PROFILE",
            "AWS_DEFAULT_PROFILE",
            "AWS_SESSION_TOKEN",
            "AWS_SECURITY_TOKEN",
            "AWS_ROLE_ARN",
            "AWS_ROLE_SESSION_NAME",
            "AWS_WEB_IDENTITY_TOKEN_FILE",
            "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
            "AWS_CONTAINER_CREDENTIALS_FULL_URI",
            "AWS_CONTAINER_AUTHORIZATION_TOKEN",
            "AWS_CREDENTIAL_EXPIRATION",
            "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS",
            "AWS_USE_FIPS_ENDPOINT",
            "AWS_USE_DUALSTACK_ENDPOINT");
    private static final String ENDPOINT_OF_SERVICE = "AWS_ENDPOINT_URL_";

    /** What clients of {@code server} need, given what they would inherit. */
    static AwsEnvironment of(RunningServer server, Map<String, String> inherited) {
        var keys = server.exportedKeys();
        var set = new LinkedHashMap<String, String>();
        set.put("AWS_ENDPOINT_URL", server.endpoint().text());
        set.put("AWS_ACCESS_KEY_ID", keys.accessKeyId());
        set.put("AWS_SECRET_ACCESS_KEY", keys.secretAccessKey());
        if (!keys.sessionToken().isEmpty()) {
            set.put("AWS_SESSION_TOKEN", keys.sessionToken());
        }
        set.put("AWS_REGION", server.region());
        set.put("AWS_DEFAULT_REGION", server.region());
        set.put("AWS_XRAY_DAEMON_ADDRESS", server.health().daemon());
        set.put("AWS_EC2_METADATA_DISABLED", "true");
        set.put("CLEW_ENDPOINT", server.endpoint().text());
        var unset = new ArrayList<String>();
        inherited.keySet().stream()
                .filter(name -> FOREIGN.contains(name) || name.startsWith(ENDPOINT_OF_SERVICE))
                .filter(name -> !set.containsKey(name))
                .sorted()
                .forEach(unset::add);
        return new AwsEnvironment(set, unset);
    }
}
