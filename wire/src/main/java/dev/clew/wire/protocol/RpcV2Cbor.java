// SPDX-License-Identifier: Apache-2.0
package dev.clew.wire.protocol;

import dev.clew.wire.OperationModel;
import dev.clew.wire.ServiceModel;
import dev.clew.wire.http.HttpHeaders;
import dev.clew.wire.http.HttpRequest;
import dev.clew.wire.http.HttpResponse;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/** Smithy RPC v2 CBOR: what current CloudWatch clients speak first. Its only service is query-compatible too. */
final class RpcV2Cbor implements WireProtocol {
    private static final String CONTENT_TYPE = "application/cbor";

    private final DocumentReader reader;
    private final DocumentWriter writer = DocumentWriter.cbor();

    RpcV2Cbor(Limits limits) {
        this.reader = DocumentReader.cbor(limits.depth());
    }

    @Override
    public ServiceModel.Protocol kind() {
        return ServiceModel.Protocol.RPC_V2_CBOR;
    }

    @Override
    public <I> I decode(OperationModel<I, ?> operation, HttpRequest request, PathLabels labels) {
        var values = new @Nullable Object[operation.input().members().size()];
        reader.readMembers(request.body(), operation.input(), values);
        return operation.input().construct(values);
    }

    @Override
    public <O> HttpResponse encode(OperationModel<?, O> operation, O output, String requestId) {
        return new HttpResponse(200, headers(requestId).build(), writer.write(operation.output(), output));
    }

    @Override
    public HttpResponse error(WireError error, String requestId) {
        var headers = headers(requestId).add("x-amzn-query-error", error.queryCode() + ';' + error.party());
        var body = new LinkedHashMap<String, Object>();
        body.put("__type", error.code());
        body.put(error.messageMember(), error.message());
        body.putAll(error.details());
        return new HttpResponse(error.status(), headers.build(), writer.write(body));
    }

    private static HttpHeaders.Builder headers(String requestId) {
        return HttpHeaders.builder()
                .add("Content-Type", CONTENT_TYPE)
                .add("smithy-protocol", "rpc-v2-cbor")
                .add("x-amzn-RequestId", requestId);
    }
}
