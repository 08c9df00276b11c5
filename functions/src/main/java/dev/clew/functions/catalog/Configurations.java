// SPDX-License-Identifier: Apache-2.0
package dev.clew.functions.catalog;

import dev.clew.functions.api.DeadLetterConfig;
import dev.clew.functions.api.EnvironmentResponse;
import dev.clew.functions.api.EphemeralStorage;
import dev.clew.functions.api.FunctionConfiguration;
import dev.clew.functions.api.ImageConfigResponse;
import dev.clew.functions.api.RuntimeVersionConfig;
import dev.clew.functions.api.SnapStartResponse;
import dev.clew.functions.api.TracingConfigResponse;
import dev.clew.functions.api.VpcConfigResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Function configurations as answers show them. */
final class Configurations {
    private static final DateTimeFormatter LAST_MODIFIED = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'+0000'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private Configurations() {}

    /** The answer to what creates a version: it is told to be on its way, although it is ready. */
    static FunctionConfiguration pending(FunctionVersion version, String arn) {
        return base(version, arn)
                .state("Pending")
                .stateReason("The function is being created.")
                .stateReasonCode("Creating")
                .build();
    }

    /** The answer to an update: told to be in progress, although it is done. */
    static FunctionConfiguration updating(FunctionVersion version, String arn) {
        return base(version, arn)
                .state("Active")
                .lastUpdateStatus("InProgress")
                .lastUpdateStatusReason("The function is being created.")
                .lastUpdateStatusReasonCode("Creating")
                .build();
    }

    /** The answer to a read. */
    static FunctionConfiguration settled(FunctionVersion version, String arn) {
        return base(version, arn).state("Active").lastUpdateStatus("Successful").build();
    }

    /** An element of a list, which tells no state. */
    static FunctionConfiguration listed(FunctionVersion version, String arn) {
        return base(version, arn).build();
    }

    private static FunctionConfiguration.Builder base(FunctionVersion version, String arn) {
        var configuration = version.configuration();
        var code = version.code();
        return FunctionConfiguration.builder()
                .functionName(version.name())
                .functionArn(arn)
                .runtime(configuration.runtime())
                .role(configuration.role())
                .handler(configuration.handler())
                .codeSize(code.size())
                .description(configuration.description())
                .timeout(configuration.timeout())
                .memorySize(configuration.memorySize())
                .lastModified(lastModified(version.lastModified()))
                .codeSha256(code.sha256())
                .version(version.version())
                .vpcConfig(vpc(configuration))
                .deadLetterConfig(
                        configuration.deadLetterArn() == null
                                ? null
                                : DeadLetterConfig.builder()
                                        .targetArn(configuration.deadLetterArn())
                                        .build())
                .environment(
                        configuration.environment() == null
                                ? null
                                : EnvironmentResponse.builder()
                                        .variables(configuration.environment())
                                        .build())
                .kmsKeyArn(configuration.kmsKeyArn())
                .tracingConfig(TracingConfigResponse.builder()
                        .mode(configuration.tracing())
                        .build())
                .revisionId(version.revision())
                .fileSystemConfigs(configuration.fileSystems())
                .packageType(code.isZip() ? "Zip" : "Image")
                .imageConfigResponse(
                        configuration.image() == null
                                ? null
                                : ImageConfigResponse.builder()
                                        .imageConfig(configuration.image())
                                        .build())
                .architectures(List.of(code.architecture()))
                .ephemeralStorage(EphemeralStorage.builder()
                        .size(configuration.ephemeralStorage())
                        .build())
                .snapStart(SnapStartResponse.builder()
                        .applyOn(configuration.snapStart())
                        .optimizationStatus("Off")
                        .build())
                .runtimeVersionConfig(
                        configuration.runtime() == null
                                ? null
                                : RuntimeVersionConfig.builder()
                                        .runtimeVersionArn(runtimeVersionArn(
                                                version.scope().region(), configuration.runtime()))
                                        .build())
                .loggingConfig(configuration.logging());
    }

    private static @Nullable VpcConfigResponse vpc(Configuration configuration) {
        var vpc = configuration.vpc();
        return vpc == null
                ? null
                : VpcConfigResponse.builder()
                        .subnetIds(vpc.subnetIds() == null ? List.of() : vpc.subnetIds())
                        .securityGroupIds(vpc.securityGroupIds() == null ? List.of() : vpc.securityGroupIds())
                        .vpcId("")
                        .ipv6AllowedForDualStack(false)
                        .build();
    }

    static String lastModified(Instant time) {
        return LAST_MODIFIED.format(time);
    }

    /** Stands for the build of the runtime; the same for every function that names the same one. */
    static String runtimeVersionArn(String region, String runtime) {
        try {
            var hash = MessageDigest.getInstance("SHA-256").digest(runtime.getBytes(StandardCharsets.UTF_8));
            return "arn:aws:lambda:" + region + "::runtime:" + HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }
}
