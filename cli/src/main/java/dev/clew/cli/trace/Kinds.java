// SPDX-License-Identifier: Apache-2.0
package dev.clew.cli.trace;

import java.net.URI;
import java.util.Locale;

/** Names for things, as a reader would say them. */
public final class Kinds {
    private Kinds() {}

    /** One word for a segment's origin: {@code stage}, {@code lambda}, {@code table}. */
    public static String ofOrigin(String origin) {
        return switch (origin) {
            case "" -> "";
            case "AWS::ApiGateway::Stage" -> "stage";
            case "AWS::Lambda", "AWS::Lambda::Function" -> "lambda";
            case "AWS::Events" -> "bus";
            case "AWS::SQS", "AWS::SQS::Queue" -> "queue";
            case "AWS::SNS", "AWS::SNS::Topic" -> "topic";
            case "AWS::DynamoDB", "AWS::DynamoDB::Table" -> "table";
            case "AWS::S3", "AWS::S3::Bucket" -> "bucket";
            case "Database::SQL" -> "sql";
            case "AWS::EC2::Instance" -> "ec2";
            case "AWS::ECS::Container" -> "ecs";
            case "AWS::EKS::Container" -> "eks";
            default -> origin.substring(origin.lastIndexOf(':') + 1).toLowerCase(Locale.ROOT);
        };
    }

    static String ofSubsegment(Entity subsegment) {
        if (subsegment.sql()) {
            return "sql";
        }
        return switch (subsegment.namespace()) {
            case "aws" -> "aws";
            case "remote" -> "http";
            default -> "";
        };
    }

    /** The kind of a call whose other side is known only by inference. */
    static String ofMirror(Entity call, Entity mirror) {
        return mirror.origin().isEmpty() ? ofSubsegment(call) : ofOrigin(mirror.origin());
    }

    /** {@code DynamoDB GetItem}, {@code POST api.stripe.com}, or just the name. */
    static String label(Entity subsegment) {
        if (subsegment.namespace().equals("aws") && !subsegment.operation().isEmpty()) {
            var name = subsegment.name().equals("events") || subsegment.name().equals("EventBridge")
                    ? "Events"
                    : subsegment.name();
            return name + ' ' + subsegment.operation();
        }
        if (subsegment.namespace().equals("remote")
                && !subsegment.http().method().isEmpty()) {
            return subsegment.http().method() + ' ' + subsegment.name();
        }
        return subsegment.name();
    }

    /** The last part of an ARN or path; {@code text} itself if it is neither. */
    static String shortName(String text) {
        var tail = text.startsWith("arn:") ? text.substring(text.lastIndexOf(':') + 1) : text;
        return tail.substring(tail.lastIndexOf('/') + 1);
    }

    /** {@code url} with its host replaced by an ellipsis and its query left out; unchanged if it is no URL. */
    static String withoutHost(String url) {
        try {
            var uri = URI.create(url);
            return uri.getScheme() == null ? url : uri.getScheme() + "://…" + uri.getPath();
        } catch (IllegalArgumentException e) {
            return url;
        }
    }
}
