// SPDX-License-Identifier: Apache-2.0
package dev.clew.events;

import dev.clew.core.Arn;
import dev.clew.core.Scope;
import dev.clew.core.trace.TraceHeader;
import dev.clew.wire.Call;
import dev.clew.wire.OperationModel;
import dev.clew.wire.ServiceBinding;
import dev.clew.wire.http.HttpHeaders;
import java.net.URI;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Calls operations of a binding as a client of one account and region would. */
public final class Calls {
    public static final Scope HERE = new Scope("111111111111", "us-east-1");

    private final ServiceBinding service;
    private final Scope scope;
    private final @Nullable TraceHeader trace;

    private Calls(ServiceBinding service, Scope scope, @Nullable TraceHeader trace) {
        this.service = service;
        this.scope = scope;
        this.trace = trace;
    }

    public static Calls of(ServiceBinding service) {
        return new Calls(service, HERE, null);
    }

    /** The operations that are called. */
    public ServiceBinding service() {
        return service;
    }

    public Calls in(Scope other) {
        return new Calls(service, other, trace);
    }

    public Calls traced(String header) {
        return new Calls(service, scope, TraceHeader.parse(header).orElseThrow());
    }

    @SuppressWarnings("unchecked") // a binding maps each operation's name to that very operation
    public <I, O> O call(OperationModel<I, O> operation, I input) {
        var bound = (ServiceBinding.Bound<I, O>)
                Objects.requireNonNull(service.bound().get(operation.name()));
        var caller = new Call.Caller(Arn.of("iam", "", scope.account(), "user/test"), "AIDATEST", "AKIDTEST");
        var call = new Call(
                "5f0c1a1e-0000-4000-8000-000000000001",
                scope,
                caller,
                trace,
                HttpHeaders.of("Host", "localhost"),
                URI.create("http://localhost:4566"),
                "127.0.0.1");
        return bound.handler().handle(input, call);
    }
}
