// SPDX-License-Identifier: Apache-2.0
package dev.clew.functions;

import dev.clew.core.Arn;
import dev.clew.core.Scope;
import dev.clew.core.trace.TraceHeader;
import dev.clew.functions.api.CreateFunctionRequest;
import dev.clew.functions.api.Environment;
import dev.clew.functions.api.FunctionCode;
import dev.clew.functions.api.TracingConfig;
import dev.clew.wire.Call;
import dev.clew.wire.Operation;
import dev.clew.wire.OperationModel;
import dev.clew.wire.ServiceBinding;
import dev.clew.wire.http.HttpHeaders;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;

/** Calls bound operations as the front door would. */
@NullUnmarked
public record Api(ServiceBinding binding) {
    public static final Scope SCOPE = new Scope("111111111111", "us-east-1");
    public static final String ROLE = "arn:aws:iam::111111111111:role/r";
    public static final String REQUEST_ID = "8476a536-e9f4-41e8-a2f1-7a4a4a4a4a4a";

    @SuppressWarnings("unchecked") // a binding holds each operation under its own name
    public <I, O> O call(OperationModel<I, O> operation, I input) {
        return call(operation, input, null);
    }

    /** The same with a trace context. */
    @SuppressWarnings("unchecked")
    public <I, O> O call(OperationModel<I, O> operation, I input, @Nullable TraceHeader trace) {
        var bound = binding.bound().get(operation.name());
        return ((Operation<I, O>) bound.handler()).handle(input, around(trace));
    }

    public static Call around(@Nullable TraceHeader trace) {
        var caller = new Call.Caller(Arn.of("iam", "", SCOPE.account(), "root"), SCOPE.account(), "test");
        return new Call(
                REQUEST_ID, SCOPE, caller, trace, HttpHeaders.EMPTY, URI.create("http://localhost:4566"), "127.0.0.1");
    }

    /** A request for a Python function whose file {@code app.py} holds {@code code}. */
    public static CreateFunctionRequest.Builder python(String name, String code) {
        return zipped(name, Zips.of("app.py", code));
    }

    public static CreateFunctionRequest.Builder zipped(String name, byte[] zip) {
        return CreateFunctionRequest.builder()
                .functionName(name)
                .runtime("python3.12")
                .role(ROLE)
                .handler("app.handler")
                .code(FunctionCode.builder().zipFile(zip).build());
    }

    public static Environment variables(Map<String, String> variables) {
        return Environment.builder().variables(variables).build();
    }

    public static TracingConfig tracing(String mode) {
        return TracingConfig.builder().mode(mode).build();
    }
}
