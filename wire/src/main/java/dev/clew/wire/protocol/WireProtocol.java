// SPDX-License-Identifier: Apache-2.0
package dev.clew.wire.protocol;

import dev.clew.wire.OperationModel;
import dev.clew.wire.ServiceException;
import dev.clew.wire.ServiceModel;
import dev.clew.wire.http.HttpRequest;
import dev.clew.wire.http.HttpResponse;

/**
 * One service's way to spell inputs, outputs and errors in HTTP messages. Immutable, safe for use by many threads.
 *
 * <p>What comes in may be anything at all: decoding either gives an input or throws a {@link ServiceException}.
 */
public sealed interface WireProtocol permits AwsJson, RestJson, AwsQuery, RpcV2Cbor {
    /** Which protocol of the models it is. */
    ServiceModel.Protocol kind();

    /**
     * The input that {@code request} carries. Unknown members are skipped, null members are absent; nothing is checked
     * against constraints yet.
     *
     * @param labels of the URI; {@link PathLabels#NONE} where the protocol has none
     * @throws ServiceException if the request does not have the model's form
     */
    <I> I decode(OperationModel<I, ?> operation, HttpRequest request, PathLabels labels);

    /** The response of success. */
    <O> HttpResponse encode(OperationModel<?, O> operation, O output, String requestId);

    /** The response that tells of {@code error}. */
    HttpResponse error(WireError error, String requestId);

    /** The protocol {@code kind} as {@code service} speaks it. */
    static WireProtocol of(ServiceModel.Protocol kind, ServiceModel service, Limits limits) {
        return switch (kind) {
            case AWS_JSON -> new AwsJson(service, limits);
            case REST_JSON -> new RestJson(service, limits);
            case AWS_QUERY -> new AwsQuery(service, limits);
            case RPC_V2_CBOR -> new RpcV2Cbor(limits);
        };
    }

    /**
     * Bounds on what a request may hold, beside its size.
     *
     * @param depth greatest nesting of a body's document
     * @param parameters greatest number of form or query parameters
     */
    record Limits(int depth, int parameters) {}
}
