// SPDX-License-Identifier: Apache-2.0
package dev.clew.codegen;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Where each service's model comes from, and what the model does not say.
 *
 * <p>An overlay resource {@code overlays/{id}.json} may add operations and shapes that the published model lacks; it has
 * the model's own form and is merged key by key.
 */
record ServiceCatalog(
        String id,
        String title,
        String resource,
        List<String> protocols,
        @Nullable String xmlNamespace) {
    private static final JsonMapper JSON = JsonMapper.shared();

    private static final Map<String, ServiceCatalog> ALL = Map.of(
            "sts", service("sts", "AWS STS", "sts-2011-06-15", "AWS_QUERY"),
            "iam", service("iam", "AWS IAM", "iam-2010-05-08", "AWS_QUERY"),
            "secretsmanager", service("secretsmanager", "AWS Secrets Manager", "secretsmanager-2017-10-17", "AWS_JSON"),
            "events", service("events", "Amazon EventBridge", "eventbridge-2015-10-07", "AWS_JSON"),
            "lambda", service("lambda", "AWS Lambda", "lambda-2015-03-31", "REST_JSON"),
            "apigateway", service("apigateway", "Amazon API Gateway", "apigateway-2015-07-09", "REST_JSON"),
            "xray", service("xray", "AWS X-Ray", "xray-2016-04-12", "REST_JSON"),
            "logs", service("logs", "Amazon CloudWatch Logs", "logs-2014-03-28", "AWS_JSON"),
            "sqs",
                    new ServiceCatalog(
                            "sqs",
                            "Amazon SQS",
                            "sqs-2012-11-05",
                            List.of("AWS_JSON", "AWS_QUERY"),
                            "http://queue.amazonaws.com/doc/2012-11-05/"),
            "cloudwatch",
                    service(
                            "cloudwatch",
                            "Amazon CloudWatch",
                            "monitoring-2010-08-01",
                            "RPC_V2_CBOR",
                            "AWS_JSON",
                            "AWS_QUERY"));

    private static ServiceCatalog service(String id, String title, String resource, String... protocols) {
        return new ServiceCatalog(id, title, resource, List.of(protocols), null);
    }

    static ServiceCatalog find(String id) {
        var found = ALL.get(id);
        if (found == null) {
            throw new IllegalArgumentException("service: '" + id + "' (expected: one of " + ALL.keySet() + ")");
        }
        return found;
    }

    /** The published model with its overlay, documentation included. */
    ObjectNode model() {
        var model = read("/models/" + resource + "-model.json");
        if (model == null) {
            throw new IllegalStateException("no model " + resource + " on the class path");
        }
        var overlay = read("/overlays/" + id + ".json");
        if (overlay != null) {
            merge(model, overlay);
        }
        return model;
    }

    private static void merge(ObjectNode into, ObjectNode from) {
        for (var property : from.properties()) {
            JsonNode old = into.get(property.getKey());
            if (old instanceof ObjectNode oldObject && property.getValue() instanceof ObjectNode newObject) {
                merge(oldObject, newObject);
            } else {
                into.set(property.getKey(), property.getValue());
            }
        }
    }

    private static @Nullable ObjectNode read(String name) {
        try (var in = ServiceCatalog.class.getResourceAsStream(name)) {
            return in == null ? null : (ObjectNode) JSON.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
