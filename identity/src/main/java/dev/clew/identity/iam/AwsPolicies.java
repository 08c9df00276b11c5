// SPDX-License-Identifier: Apache-2.0
package dev.clew.identity.iam;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The policies that AWS manages and that belong to the services here, as AWS documents them. They are resources, one
 * file each, in the folder {@code aws}; {@code ReadOnlyAccess} is abridged, which its file says.
 */
final class AwsPolicies {
    private static final List<String> NAMES = List.of(
            "AWSLambdaBasicExecutionRole",
            "AWSLambdaSQSQueueExecutionRole",
            "AWSLambda_FullAccess",
            "AWSLambda_ReadOnlyAccess",
            "AWSXRayDaemonWriteAccess",
            "AWSXrayFullAccess",
            "AWSXrayReadOnlyAccess",
            "AWSXrayWriteOnlyAccess",
            "AdministratorAccess",
            "AmazonAPIGatewayAdministrator",
            "AmazonAPIGatewayInvokeFullAccess",
            "AmazonAPIGatewayPushToCloudWatchLogs",
            "AmazonEventBridgeFullAccess",
            "AmazonEventBridgeReadOnlyAccess",
            "AmazonSQSFullAccess",
            "CloudWatchFullAccess",
            "CloudWatchLogsFullAccess",
            "ReadOnlyAccess");

    private AwsPolicies() {}

    /**
     * A file: the default version of one policy.
     *
     * @param note what the document leaves out; null if it is complete
     */
    private record File(
            String path,
            String description,
            Instant created,
            Instant edited,
            String version,
            @Nullable String note,
            JsonNode document) {}

    /** By ARN. */
    static Map<String, StoredPolicy> load() {
        var policies = new LinkedHashMap<String, StoredPolicy>();
        for (var name : NAMES) {
            var policy = read(name);
            policies.put(policy.arn(), policy);
        }
        return policies;
    }

    private static StoredPolicy read(String name) {
        try (var in = AwsPolicies.class.getResourceAsStream("aws/" + name + ".json")) {
            var file = JsonMapper.shared().readValue(in, File.class);
            var version = new StoredPolicy.Version(file.version, file.document.toString(), file.edited);
            return new StoredPolicy(
                    StoredPolicy.AWS,
                    file.path,
                    name,
                    id(file.path + name),
                    file.created,
                    file.edited,
                    file.note == null ? file.description : file.description + " (" + file.note + ')',
                    List.of(),
                    file.version,
                    Integer.parseInt(file.version.substring(1)),
                    List.of(version));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The real ids are not documented: these are made from the names, so that they stay the same. */
    private static String id(String pathAndName) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(pathAndName.getBytes(StandardCharsets.UTF_8));
            var id = new StringBuilder("ANPA");
            for (int i = 0; i < UniqueIds.LENGTH; i++) {
                id.append(UniqueIds.ALPHABET.charAt(digest[i] & 31));
            }
            return id.toString();
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }
}
