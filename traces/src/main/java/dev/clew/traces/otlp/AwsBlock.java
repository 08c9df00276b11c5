// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.otlp;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The {@code aws} block and the origin: where a service runs, and which AWS resource a call used. */
final class AwsBlock {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private AwsBlock() {}

    private static boolean elsewhere(Attributes resource) {
        var provider = resource.peek("cloud.provider");
        return provider != null && !provider.isEmpty() && !provider.equals("aws");
    }

    /** The kind of place a service runs in, if it is one of AWS. */
    static @Nullable String origin(Attributes resource) {
        var platform = resource.peek("cloud.platform");
        if (platform == null || elsewhere(resource)) {
            return null;
        }
        return switch (platform) {
            case "aws_app_runner" -> "AWS::AppRunner::Service";
            case "aws_eks" -> "AWS::EKS::Container";
            case "aws_elastic_beanstalk" -> "AWS::ElasticBeanstalk::Environment";
            case "aws_ecs" -> ecs(resource.peek("aws.ecs.launchtype"));
            case "aws_ec2" -> "AWS::EC2::Instance";
            case "aws_lambda" -> "AWS::Lambda::Function";
            default -> null;
        };
    }

    private static String ecs(@Nullable String launchType) {
        return switch (launchType == null ? "" : launchType) {
            case "ec2", "EC2" -> "AWS::ECS::EC2";
            case "fargate", "FARGATE" -> "AWS::ECS::Fargate";
            default -> "AWS::ECS::Container";
        };
    }

    /** @return empty if there is nothing to say */
    static ObjectNode of(Role role, Attributes span, Attributes resource) {
        var aws = JSON.objectNode();
        if (elsewhere(resource)) {
            return aws;
        }
        if (role.isSegment()) {
            place(aws, resource);
        }
        if (role != Role.SERVICE) {
            call(aws, span);
        }
        return aws;
    }

    private static void place(ObjectNode aws, Attributes resource) {
        var platform = resource.peek("cloud.platform");
        put(aws, "account_id", resource.peek("cloud.account.id"));
        if ("aws_ec2".equals(platform) || resource.has("host.id")) {
            var ec2 = JSON.objectNode();
            put(ec2, "instance_id", resource.peek("host.id"));
            put(ec2, "availability_zone", resource.peek("cloud.availability_zone"));
            put(ec2, "instance_size", resource.peek("host.type"));
            put(ec2, "ami_id", resource.peek("host.image.id"));
            set(aws, "ec2", ec2);
        }
        if ("aws_ecs".equals(platform)) {
            var ecs = JSON.objectNode();
            put(ecs, "container", resource.peek("container.name"));
            put(ecs, "container_id", resource.peek("container.id"));
            put(ecs, "availability_zone", resource.peek("cloud.availability_zone"));
            put(ecs, "container_arn", resource.peek("aws.ecs.container.arn"));
            put(ecs, "cluster_arn", resource.peek("aws.ecs.cluster.arn"));
            put(ecs, "task_arn", resource.peek("aws.ecs.task.arn"));
            put(ecs, "task_family", resource.peek("aws.ecs.task.family"));
            put(ecs, "launch_type", resource.peek("aws.ecs.launchtype"));
            set(aws, "ecs", ecs);
        }
        if ("aws_eks".equals(platform) || resource.has("k8s.cluster.name")) {
            var eks = JSON.objectNode();
            put(eks, "cluster_name", resource.peek("k8s.cluster.name"));
            put(eks, "pod", resource.peek("k8s.pod.name"));
            put(eks, "container_id", resource.peek("container.id"));
            set(aws, "eks", eks);
        }
        if ("aws_elastic_beanstalk".equals(platform) && resource.has("service.instance.id")) {
            var beanstalk = JSON.objectNode();
            put(beanstalk, "environment_name", resource.peek("service.namespace"));
            var deployment = resource.number("service.instance.id");
            if (deployment != null) {
                beanstalk.put("deployment_id", deployment);
            }
            put(beanstalk, "version_label", resource.peek("service.version"));
            set(aws, "elastic_beanstalk", beanstalk);
        }
        logs(aws, resource);
        var sdk = resource.peek("telemetry.sdk.name");
        if (sdk != null) {
            var xray = JSON.objectNode();
            var language = resource.peek("telemetry.sdk.language");
            xray.put("sdk", language == null ? sdk : sdk + " for " + language);
            put(xray, "sdk_version", resource.peek("telemetry.sdk.version"));
            xray.put(
                    "auto_instrumentation",
                    resource.has("telemetry.auto.version") || resource.has("telemetry.distro.version"));
            aws.set("xray", xray);
        }
    }

    private static void logs(ObjectNode aws, Attributes resource) {
        var groups = new ArrayList<ObjectNode>();
        for (var arn : split(resource.texts("aws.log.group.arns"))) {
            var fields = arn.split(":", -1);
            var group = JSON.objectNode();
            if (fields.length > 6) {
                group.put("log_group", fields[6]);
            }
            groups.add(group.put("arn", arn));
        }
        if (groups.isEmpty()) {
            for (var name : split(resource.texts("aws.log.group.names"))) {
                groups.add(JSON.objectNode().put("log_group", name));
            }
        }
        if (!groups.isEmpty()) {
            aws.putArray("cloudwatch_logs").addAll(groups);
        }
    }

    private static List<String> split(List<String> joined) {
        return joined.stream()
                .flatMap(text -> List.of(text.split("&")).stream())
                .filter(text -> !text.isEmpty())
                .toList();
    }

    private static void call(ObjectNode aws, Attributes span) {
        put(aws, "operation", span.text("aws.operation", "rpc.method"));
        put(aws, "region", span.text("aws.region"));
        if (!aws.has("account_id")) {
            put(aws, "account_id", span.text("aws.account_id"));
        }
        put(aws, "request_id", span.text("aws.request_id", "aws.requestId"));
        put(aws, "queue_url", span.text("aws.queue_url", "aws.queue.url", "messaging.url"));
        var tables = span.texts("aws.table_name", "aws.table.name", "aws.dynamodb.table_names");
        if (tables.size() == 1) {
            aws.put("table_name", tables.getFirst());
        } else if (!tables.isEmpty()) {
            var names = aws.putArray("table_names");
            tables.forEach(names::add);
        }
        var retries = span.number("aws.xray.retries");
        if (retries != null) {
            aws.put("retries", retries);
        }
    }

    private static void put(ObjectNode block, String name, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            block.put(name, value);
        }
    }

    private static void set(ObjectNode block, String name, ObjectNode inner) {
        if (!inner.isEmpty()) {
            block.set(name, inner);
        }
    }
}
