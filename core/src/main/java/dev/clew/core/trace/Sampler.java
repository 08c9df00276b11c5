// SPDX-License-Identifier: Apache-2.0
package dev.clew.core.trace;

import dev.clew.core.Scope;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Decides at an entry of the platform whether a new trace is recorded. Safe for use by many threads. */
public interface Sampler {
    /** The decision for one request that arrives without one. */
    Decision decide(Request request);

    /**
     * What sampling rules may look at, and the trace that the decision is for.
     *
     * @param serviceName name of the segment to be, for example {@code api/stage}
     * @param serviceType origin, for example {@code AWS::ApiGateway::Stage}
     * @param host Host header, or "" outside HTTP
     * @param method HTTP method, or ""
     * @param urlPath path without query, or ""
     * @param resourceArn ARN of the resource, or ""
     * @param attributes request headers by name
     */
    record Request(
            Scope scope,
            TraceId trace,
            String serviceName,
            String serviceType,
            String host,
            String method,
            String urlPath,
            String resourceArn,
            Map<String, String> attributes) {
        public Request {
            attributes = Map.copyOf(attributes);
        }
    }

    /**
     * A decision: it holds for the whole trace, and goes on with it.
     *
     * @param rule name of the sampling rule that decided; null if none did
     */
    record Decision(boolean sampled, @Nullable String rule) {}
}
