// SPDX-License-Identifier: Apache-2.0
package dev.clew.server;

import dev.clew.core.trace.TraceHeader;
import dev.clew.events.Events;
import dev.clew.functions.Functions;
import dev.clew.functions.invoke.AsyncInvocation;
import dev.clew.functions.invoke.EnqueueOutcome;
import dev.clew.functions.queue.Destinations;
import dev.clew.queues.Queues;
import dev.clew.queues.ledger.StoredMessage.Attribute;
import dev.clew.queues.message.OutgoingMessage;
import dev.clew.queues.message.SendOutcome;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Takes the outcomes of asynchronous invocations, and dead letters, to queues, functions and event buses. */
final class FunctionDestinations implements Destinations {
    private static final String SENDER = "lambda.amazonaws.com";
    private static final int MAX_MESSAGE = 1_024;

    private final Queues queues;
    private final Supplier<Functions> functions;
    private final Supplier<Events> events;

    /** @param functions and {@code events}, asked when the first letter goes out */
    FunctionDestinations(Queues queues, Supplier<Functions> functions, Supplier<Events> events) {
        this.queues = queues;
        this.functions = functions;
        this.events = events;
    }

    @Override
    public Outcome send(Letter letter) {
        return switch (letter.destination().service()) {
            case "sqs" -> toQueue(letter);
            case "lambda" -> toFunction(letter);
            case "events" -> toBus(letter);
            default ->
                new Outcome.Refused(
                        "destinations of service " + letter.destination().service() + " are not served");
        };
    }

    private Outcome toQueue(Letter letter) {
        var message = new OutgoingMessage(
                letter.body(), attributes(letter), letter.trace().toString(), null, null);
        return switch (queues.send(letter.destination(), message, SENDER)) {
            case SendOutcome.Sent _ -> new Outcome.Sent();
            case SendOutcome.NoSuchQueue(String why) -> new Outcome.Refused(why);
            case SendOutcome.Denied(String why) -> new Outcome.Refused(why);
            case SendOutcome.Rejected(String why) -> new Outcome.Refused(why);
            case SendOutcome.Throttled(String why) -> new Outcome.Busy(why);
        };
    }

    private static Map<String, Attribute> attributes(Letter letter) {
        var dead = letter.deadLetter();
        if (dead == null) {
            return Map.of();
        }
        var message = dead.message().isEmpty() ? "unknown" : first(dead.message());
        return Map.of(
                "RequestID", new Attribute("String", letter.requestId(), null),
                "ErrorCode", new Attribute("Number", Integer.toString(dead.code()), null),
                "ErrorMessage", new Attribute("String", message, null));
    }

    /** The first kilobyte, without half a character. */
    private static String first(String message) {
        int end = Math.min(message.length(), MAX_MESSAGE);
        while (message.substring(0, end).getBytes(StandardCharsets.UTF_8).length > MAX_MESSAGE) {
            end--;
        }
        return message.substring(0, end > 0 && Character.isHighSurrogate(message.charAt(end - 1)) ? end - 1 : end);
    }

    private Outcome toFunction(Letter letter) {
        var outcome = functions
                .get()
                .enqueue(new AsyncInvocation(
                        letter.scope(),
                        letter.destination().toString(),
                        letter.requestId() + '-' + (letter.success() ? "success" : "failure"),
                        letter.body().getBytes(StandardCharsets.UTF_8),
                        letter.trace(),
                        null));
        return switch (outcome) {
            case EnqueueOutcome.Accepted() -> new Outcome.Sent();
            case EnqueueOutcome.Refused(String why) -> new Outcome.Refused(why);
            case EnqueueOutcome.NotFound(String why) -> new Outcome.Refused(why);
            case EnqueueOutcome.TooLarge(String why) -> new Outcome.Refused(why);
            case EnqueueOutcome.Throttled(String why) -> new Outcome.Busy(why);
        };
    }

    private Outcome toBus(Letter letter) {
        TraceHeader trace = letter.trace();
        events.get()
                .service()
                .put(
                        letter.scope(),
                        letter.destination().toString(),
                        "lambda",
                        "Lambda Function Invocation Result - " + (letter.success() ? "Success" : "Failure"),
                        List.of(letter.destination().toString(), letter.functionArn()),
                        letter.body(),
                        trace,
                        letter.functionArn());
        return new Outcome.Sent();
    }
}
