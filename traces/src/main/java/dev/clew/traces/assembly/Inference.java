// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.assembly;

import dev.clew.core.trace.TraceId;
import dev.clew.traces.document.Entity;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * What can be said about the called side of a subsegment for which no segment came.
 *
 * @param origin the inferred segment's origin; null for a remote host
 */
public record Inference(
        String name,
        String type,
        @Nullable String origin,
        @Nullable String account) {
    /** Node type of a host that sent nothing. */
    public static final String REMOTE = "remote";

    private static final String SQL = "Database::SQL";

    /** The inference from {@code call}, a subsegment with a namespace or a {@code sql} block. */
    public static Inference of(Entity call) {
        if (call.sql()) {
            return new Inference(call.name(), SQL, SQL, null);
        }
        if (!"aws".equals(call.namespace())) {
            return new Inference(call.name(), REMOTE, null, null);
        }
        var aws = call.aws();
        return switch (call.name()) {
            case "DynamoDB", "DynamoDb", "AmazonDynamoDBv2" ->
                aws.severalTables()
                        ? plain(call, "DynamoDB", "AWS::DynamoDB")
                        : resource(
                                call,
                                first(aws.resourceName(), aws.tableName()),
                                "AWS::DynamoDB::Table",
                                "AWS::DynamoDB");
            case "SQS", "Sqs", "AmazonSQS" ->
                resource(call, first(aws.queueUrl(), aws.resourceName()), "AWS::SQS::Queue", "AWS::SQS");
            case "SNS", "Sns", "AmazonSNS" -> plain(call, call.name(), "AWS::SNS");
            case "S3", "Amazon S3" -> plain(call, call.name(), "AWS::S3");
            case "Lambda", "AWSLambda" ->
                resource(call, first(aws.functionName(), aws.resourceName()), "AWS::Lambda", "AWS::Lambda");
            case "StepFunctions", "SFN" ->
                resource(call, aws.resourceName(), "AWS::StepFunctions::StateMachine", "AWS::StepFunctions");
            case "Events", "EventBridge", "events" -> resource(call, aws.resourceName(), "AWS::Events", "AWS::Events");
            default -> plain(call, call.name(), awsType(call.name()));
        };
    }

    private static String awsType(String name) {
        return name.chars().anyMatch(Character::isWhitespace) ? "AWS::Unknown" : "AWS::" + name;
    }

    private static Inference resource(Entity call, @Nullable String resource, String with, String without) {
        return resource == null ? plain(call, call.name(), without) : plain(call, resource, with);
    }

    private static Inference plain(Entity call, String name, String type) {
        return new Inference(name, type, type, call.aws().accountId());
    }

    private static @Nullable String first(@Nullable String preferred, @Nullable String otherwise) {
        return preferred == null ? otherwise : preferred;
    }

    /** The inferred segment's id: always the same for the same call, so that repeated reads agree. */
    public static String segmentId(TraceId trace, String callId) {
        try {
            var hash = MessageDigest.getInstance("SHA-256").digest((trace + callId).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /**
     * The moment from which the called side of {@code call} is inferred, in microseconds: at once, or, if it promised a
     * segment, after {@code grace}.
     */
    public static long since(Entity call, Duration grace) {
        if (!call.traced()) {
            return 0;
        }
        return (call.inProgress() ? call.start() : call.end()) + grace.toNanos() / 1_000;
    }
}
