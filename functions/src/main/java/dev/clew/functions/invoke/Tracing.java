// SPDX-License-Identifier: Apache-2.0
package dev.clew.functions.invoke;

import dev.clew.core.IdSource;
import dev.clew.core.trace.Sampler;
import dev.clew.core.trace.SegmentId;
import dev.clew.core.trace.TraceHeader;
import dev.clew.core.trace.TraceHeader.Sampled;
import dev.clew.core.trace.TraceId;
import dev.clew.functions.catalog.FunctionVersion;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Decides whether an invocation is recorded: by its caller, else by the function's mode and the sampling rules. */
public final class Tracing {
    private final Sampler sampler;
    private final IdSource ids;
    private final boolean recordPassThrough;

    /** @param recordPassThrough whether functions in PassThrough mode record what arrives sampled */
    public Tracing(Sampler sampler, IdSource ids, boolean recordPassThrough) {
        this.sampler = sampler;
        this.ids = ids;
        this.recordPassThrough = recordPassThrough;
    }

    /** The decision for one invocation of {@code version} that arrives with {@code header}. */
    public TraceContext decide(FunctionVersion version, @Nullable TraceHeader header) {
        var active = version.configuration().tracesActively();
        var told = header == null ? Sampled.UNDECIDED : header.sampled();
        var root = header == null ? ids.nextTraceId() : header.root();
        return switch (told) {
            case YES -> context(root, header, active || recordPassThrough, true, null);
            case NO -> context(root, header, false, false, null);
            case UNDECIDED, REQUESTED -> {
                if (!active) {
                    yield context(root, header, false, false, null);
                }
                var decision = sampler.decide(new Sampler.Request(
                        version.scope(),
                        root,
                        version.name(),
                        "AWS::Lambda",
                        "",
                        "",
                        "",
                        version.functionArn(),
                        Map.of()));
                yield context(root, header, decision.sampled(), decision.sampled(), decision.rule());
            }
        };
    }

    private TraceContext context(
            TraceId root, @Nullable TraceHeader header, boolean recorded, boolean sampled, @Nullable String rule) {
        SegmentId parent = header == null ? null : header.parent();
        return new TraceContext(
                root, parent, recorded, sampled, header == null ? "" : header.rest(), ids.nextSegmentId(), rule);
    }
}
