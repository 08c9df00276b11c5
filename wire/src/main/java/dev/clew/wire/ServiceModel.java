// SPDX-License-Identifier: Apache-2.0
package dev.clew.wire;

import java.util.List;

/**
 * A modelled service: generated, with every operation of its model either bindable or declared unsupported.
 *
 * @param id our short name: {@code events}, {@code lambda}
 * @param title for people: {@code Amazon EventBridge}
 * @param protocols the ones it speaks, the clients' default first
 * @param signingName service in the credential scope
 * @param targetPrefix of {@code X-Amz-Target}, or "" if it does not speak awsJson
 * @param jsonVersion of awsJson: {@code 1.0}, {@code 1.1}, or ""
 * @param apiVersion {@code Version} parameter of awsQuery
 * @param xmlNamespace of awsQuery responses, or ""
 * @param operations that are bound
 * @param unsupported that are declared not to be
 * @param errors all error shapes of the model
 */
public record ServiceModel(
        String id,
        String title,
        List<Protocol> protocols,
        String signingName,
        String targetPrefix,
        String jsonVersion,
        String apiVersion,
        String xmlNamespace,
        List<OperationModel<?, ?>> operations,
        List<Unsupported> unsupported,
        List<ErrorModel> errors) {
    public ServiceModel {
        protocols = List.copyOf(protocols);
        operations = List.copyOf(operations);
        unsupported = List.copyOf(unsupported);
        errors = List.copyOf(errors);
    }

    /** Wire protocols of the AWS services. */
    public enum Protocol {
        AWS_JSON,
        REST_JSON,
        AWS_QUERY,
        RPC_V2_CBOR
    }

    /** An operation that answers {@code NotImplemented}, and why. */
    public record Unsupported(String name, String method, String uri, String reason) {}

    /**
     * An error shape.
     *
     * @param name code in JSON protocols
     * @param queryCode code in awsQuery and in {@code x-amzn-query-error}; often equal to {@code name}
     * @param messageMember how the model spells its message member: {@code message} or {@code Message}
     */
    public record ErrorModel(String name, String queryCode, int status, boolean server, String messageMember) {}
}
