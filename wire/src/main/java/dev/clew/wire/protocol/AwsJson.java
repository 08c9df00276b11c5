// SPDX-License-Identifier: Apache-2.0
package dev.clew.wire.protocol;

import dev.clew.wire.OperationModel;
import dev.clew.wire.ServiceModel;
import dev.clew.wire.http.HttpHeaders;
import dev.clew.wire.http.HttpRequest;
import dev.clew.wire.http.HttpResponse;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/** awsJson 1.0 and 1.1: everything in the body, errors by {@code __type}. */
final class AwsJson implements WireProtocol {
    private final DocumentReader reader;
    private final DocumentWriter writer = DocumentWriter.json();
    private final String contentType;
    private final boolean queryCompatible;

    AwsJson(ServiceModel service, Limits limits) {
        this.reader = DocumentReader.json(limits.depth());
        this.contentType =
                "application/x-amz-json-" + (service.jsonVersion().isEmpty() ? "1.1" : service.jsonVersion());
        this.queryCompatible = service.protocols().contains(ServiceModel.Protocol.AWS_QUERY);
    }

    @Override
    public ServiceModel.Protocol kind() {
        return ServiceModel.Protocol.AWS_JSON;
    }

    @Override
    public <I> I decode(OperationModel<I, ?> operation, HttpRequest request, PathLabels labels) {
        var values = new @Nullable Object[operation.input().members().size()];
        reader.readMembers(request.body(), operation.input(), values);
        return operation.input().construct(values);
    }

    @Override
    public <O> HttpResponse encode(OperationModel<?, O> operation, O output, String requestId) {
        return new HttpResponse(
                200,
                HttpHeaders.of("Content-Type", contentType, "x-amzn-RequestId", requestId),
                writer.write(operation.output(), output));
    }

    @Override
    public HttpResponse error(WireError error, String requestId) {
        var headers = HttpHeaders.builder().add("Content-Type", contentType).add("x-amzn-RequestId", requestId);
        if (queryCompatible) {
            headers.add("x-amzn-query-error", error.queryCode() + ';' + error.party());
        }
        var body = new LinkedHashMap<String, Object>();
        body.put("__type", error.code());
        body.put(error.messageMember(), error.message());
        body.putAll(error.details());
        return new HttpResponse(error.status(), headers.build(), writer.write(body));
    }
}
