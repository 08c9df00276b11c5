// SPDX-License-Identifier: Apache-2.0
package dev.clew.wire.protocol;

import dev.clew.wire.OperationModel;
import dev.clew.wire.ServiceModel;
import dev.clew.wire.http.HttpHeaders;
import dev.clew.wire.http.HttpRequest;
import dev.clew.wire.http.HttpResponse;
import dev.clew.wire.http.Parameters;
import dev.clew.wire.shape.Structure;
import dev.clew.wire.shape.Unit;

/** awsQuery: a form in, XML in an envelope out. */
final class AwsQuery implements WireProtocol {
    private final Limits limits;
    private final String namespace;
    private final String pathParameter;

    AwsQuery(ServiceModel service, Limits limits) {
        this.limits = limits;
        this.namespace = service.xmlNamespace();
        this.pathParameter = Quirks.of(service.id()).pathParameter();
    }

    @Override
    public ServiceModel.Protocol kind() {
        return ServiceModel.Protocol.AWS_QUERY;
    }

    @Override
    public <I> I decode(OperationModel<I, ?> operation, HttpRequest request, PathLabels labels) {
        var form = request.body().length == 0 ? request.query() : request.text();
        var reader = new FormReader(Parameters.parse(form, limits.parameters()), limits.depth());
        if (!pathParameter.isEmpty() && request.path().length() > 1) {
            reader.otherwise(pathParameter, request.path());
        }
        return reader.read(operation.input());
    }

    @Override
    public <O> HttpResponse encode(OperationModel<?, O> operation, O output, String requestId) {
        var response = operation.name() + "Response";
        var result = operation.name() + "Result";
        var xml = new XmlWriter().open(response, namespace);
        if (operation.output() != (Structure<?>) Unit.SHAPE) { // an empty result still stands in its element
            xml.open(result).members(operation.output(), output).close(result);
        }
        xml.open("ResponseMetadata").element("RequestId", requestId).close("ResponseMetadata");
        return response(200, requestId, xml.close(response));
    }

    @Override
    public HttpResponse error(WireError error, String requestId) {
        var xml = new XmlWriter()
                .open("ErrorResponse", namespace)
                .open("Error")
                .element("Type", error.party())
                .element("Code", error.queryCode())
                .element("Message", error.message());
        error.details().forEach((name, value) -> xml.element(name, value.toString()));
        xml.close("Error").element("RequestId", requestId).close("ErrorResponse");
        return response(error.status(), requestId, xml);
    }

    private static HttpResponse response(int status, String requestId, XmlWriter xml) {
        return new HttpResponse(
                status, HttpHeaders.of("Content-Type", "text/xml", "x-amzn-RequestId", requestId), xml.bytes());
    }
}
