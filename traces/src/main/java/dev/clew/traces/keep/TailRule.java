// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.keep;

import dev.clew.core.Scope;
import dev.clew.core.trace.Sampler;
import dev.clew.traces.TracesConfig;
import dev.clew.traces.assembly.Assembly;
import dev.clew.traces.digest.Digester;
import dev.clew.traces.document.Micros;
import dev.clew.traces.document.SegmentDocument;
import dev.clew.traces.filter.Expression;
import dev.clew.traces.filter.Filters;
import dev.clew.traces.store.Detour;
import dev.clew.traces.store.TraceStore;
import dev.clew.wire.ServiceException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/**
 * Keeps traces that the sampling rules would drop, if they turn out to match a filter expression. Safe for use by many
 * threads.
 *
 * <p>What the rules decide against at an entry of the platform is recorded all the same, on probation: its documents wait
 * in memory, however they come, until the trace is quiet. Then it is judged as a whole; the store sees what is kept, and
 * nothing else. A later document of a trace that was dropped is on probation again. What waits is lost with the process.
 */
public final class TailRule implements Sampler, Detour {
    private final Sampler head;
    private final TraceStore traces;
    private final Filters filters;
    private final Expression expression;
    private final InstantSource time;
    private final TracesConfig config;
    private final Probation probation;
    private final LongAdder kept = new LongAdder();
    private final LongAdder dropped = new LongAdder();
    private final LongAdder early = new LongAdder();

    /**
     * @param head decides first
     * @throws IllegalArgumentException if the configured filter is none
     */
    public TailRule(Sampler head, TraceStore traces, Filters filters, InstantSource time, TracesConfig config) {
        this.head = head;
        this.traces = traces;
        this.filters = filters;
        this.time = time;
        this.config = config;
        this.probation = new Probation(config.keep());
        try {
            this.expression = filters.language().parse(config.keep().filter());
        } catch (ServiceException e) {
            throw new IllegalArgumentException("traces.keep: " + e.getMessage(), e);
        }
    }

    @Override
    public Decision decide(Request request) {
        var decision = head.decide(request);
        if (decision.sampled()) {
            return decision;
        }
        probation.begin(new Probation.Key(request.scope(), request.trace()));
        return new Decision(true, decision.rule());
    }

    @Override
    public List<SegmentDocument> through(Scope scope, List<SegmentDocument> documents) {
        var others = probation.hold(scope, documents, time.instant());
        if (others.size() < documents.size()) {
            for (var trial = probation.excess(); trial != null; trial = probation.excess()) {
                early.increment();
                judge(trial);
            }
        }
        return others;
    }

    /** Judges the traces that are quiet by now. */
    public void settle() {
        settle(time.instant().minus(config.keep().quiet()));
    }

    private void settle(Instant before) {
        for (var trial = probation.quiet(before); trial != null; trial = probation.quiet(before)) {
            judge(trial);
        }
    }

    private void judge(Probation.Trial trial) {
        var scope = trial.key.scope();
        var digest = Digester.digest(trial.key.trace(), Assembly.of(trial.documents()), config.tracedGrace());
        if (!filters.filter(scope, expression).matches(digest, Micros.of(time.instant()))) {
            dropped.increment();
            return;
        }
        probation.decided(trial, true); // before it is written, which would else lead here again
        try {
            traces.write(scope, List.copyOf(trial.documents()));
            kept.increment();
        } catch (RuntimeException e) {
            probation.decided(trial, false);
            probation.putBack(trial, time.instant());
            throw e;
        }
    }

    /** How many traces were judged and kept. */
    public long kept() {
        return kept.sum();
    }

    /** How many were judged and dropped. */
    public long dropped() {
        return dropped.sum();
    }

    /** How many were judged before they were quiet, because too much waited. */
    public long early() {
        return early.sum();
    }

    /** Bytes that wait, in memory. */
    public long heldBytes() {
        return probation.bytes();
    }

    /** Forgets what waits. */
    public void reset() {
        probation.clear();
    }

    /** Judges what waits as it is. */
    public void settleAll() {
        settle(Instant.MAX);
    }
}
