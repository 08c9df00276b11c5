// SPDX-License-Identifier: Apache-2.0
package dev.clew.functions.queue;

import dev.clew.core.Arn;
import dev.clew.core.trace.TraceHeader;
import dev.clew.functions.invoke.InvocationEngine;
import dev.clew.functions.queue.Destinations.DeadLetter;
import dev.clew.functions.queue.Destinations.Letter;
import dev.clew.functions.queue.Destinations.Outcome;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Tells those who asked how invocations ended. Safe for use by many threads. */
final class LetterWriter {
    private static final System.Logger LOG = System.getLogger(LetterWriter.class.getName());

    private final EventLedger ledger;
    private final InvocationEngine engine;
    private final Destinations destinations;
    private final InstantSource time;

    LetterWriter(EventLedger ledger, InvocationEngine engine, Destinations destinations, InstantSource time) {
        this.ledger = ledger;
        this.engine = engine;
        this.destinations = destinations;
        this.time = time;
    }

    /**
     * What came of one letter.
     *
     * @param done whether it need not be sent again
     * @param documents that tell it in the trace
     */
    record Posted(boolean done, List<String> documents) {}

    /** Sends the first of the letters that {@code ending} owes. */
    Posted post(QueuedEvent event, Ending ending) {
        var begin = time.instant();
        var post = ending.posts().getFirst();
        var outcome = send(event, ending, post);
        if (outcome instanceof Outcome.Busy(String why)) {
            LOG.log(System.Logger.Level.INFO, "{0} waits for {1}: {2}", event.requestId(), post.arn(), why);
            return new Posted(false, List.of());
        }
        Optional<String> problem = Optional.empty();
        if (outcome instanceof Outcome.Refused(String reason)) {
            problem = Optional.of(reason);
            LOG.log(
                    System.Logger.Level.WARNING,
                    "the outcome of asynchronous invocation {0} of {1} did not reach {2}: {3}",
                    event.requestId(),
                    event.reference().arn(),
                    post.arn(),
                    reason);
        }
        return new Posted(
                true,
                event.traced().recorded()
                        ? List.of(engine.segments()
                                .letter(event.traced(), post.arn(), post.dead(), begin, time.instant(), problem))
                        : List.of());
    }

    private Outcome send(QueuedEvent event, Ending ending, Ending.Post post) {
        var destination = Arn.parse(post.arn());
        var request = ledger.payload(event);
        if (destination.isEmpty() || request.isEmpty()) {
            return new Outcome.Refused(post.arn() + " is no destination");
        }
        var body = post.dead()
                ? new String(request.get(), StandardCharsets.UTF_8)
                : Records.of(event, ending, request.get(), ledger.response(event));
        return destinations.send(new Letter(
                event.scope(),
                event.requestId(),
                Records.qualified(event),
                destination.get(),
                ending.success(),
                post.dead() ? new DeadLetter(ending.code(), ending.message()) : null,
                body,
                context(event)));
    }

    /** The invocation is the parent of what its letters cause. */
    private static TraceHeader context(QueuedEvent event) {
        var traced = event.traced();
        var parent = traced.recorded() ? traced.segment() : traced.parent();
        return new TraceHeader(
                traced.root(),
                parent,
                traced.sampled() ? TraceHeader.Sampled.YES : TraceHeader.Sampled.NO,
                traced.rest());
    }
}
