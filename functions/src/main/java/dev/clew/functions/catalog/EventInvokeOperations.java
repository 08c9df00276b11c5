// SPDX-License-Identifier: Apache-2.0
package dev.clew.functions.catalog;

import dev.clew.core.Arn;
import dev.clew.functions.api.DeleteFunctionEventInvokeConfigRequest;
import dev.clew.functions.api.DestinationConfig;
import dev.clew.functions.api.FunctionEventInvokeConfig;
import dev.clew.functions.api.GetFunctionEventInvokeConfigRequest;
import dev.clew.functions.api.LambdaErrors;
import dev.clew.functions.api.ListFunctionEventInvokeConfigsRequest;
import dev.clew.functions.api.ListFunctionEventInvokeConfigsResponse;
import dev.clew.functions.api.OnFailure;
import dev.clew.functions.api.OnSuccess;
import dev.clew.functions.api.PutFunctionEventInvokeConfigRequest;
import dev.clew.functions.api.UpdateFunctionEventInvokeConfigRequest;
import dev.clew.functions.catalog.FunctionRecord.EventInvoke;
import dev.clew.wire.Call;
import dev.clew.wire.shape.Unit;
import java.time.InstantSource;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** How far asynchronous invocations are pursued, and who is told how they ended. */
final class EventInvokeOperations {
    private final FunctionCatalog catalog;
    private final InstantSource time;

    EventInvokeOperations(FunctionCatalog catalog, InstantSource time) {
        this.catalog = catalog;
        this.time = time;
    }

    FunctionEventInvokeConfig put(PutFunctionEventInvokeConfigRequest input, Call call) {
        var reference = FunctionReference.parse(input.functionName(), input.qualifier(), call.scope());
        var wished = destinations(input.destinationConfig());
        if (input.maximumRetryAttempts() == null
                && input.maximumEventAgeInSeconds() == null
                && wished.equals(EventDestinations.NONE)) {
            throw LambdaErrors.invalidParameterValueException(
                    "You must specify at least one of error handling or destination setting.");
        }
        return catalog.change(() -> store(
                reference,
                new EventInvoke(
                        input.maximumRetryAttempts(),
                        input.maximumEventAgeInSeconds(),
                        wished.onSuccess(),
                        wished.onFailure(),
                        time.instant())));
    }

    FunctionEventInvokeConfig update(UpdateFunctionEventInvokeConfigRequest input, Call call) {
        var reference = FunctionReference.parse(input.functionName(), input.qualifier(), call.scope());
        var given = input.destinationConfig();
        var wished = destinations(given);
        return catalog.change(() -> {
            var old = require(reference);
            return store(
                    reference,
                    new EventInvoke(
                            input.maximumRetryAttempts() == null
                                    ? old.maximumRetryAttempts()
                                    : input.maximumRetryAttempts(),
                            input.maximumEventAgeInSeconds() == null
                                    ? old.maximumEventAgeInSeconds()
                                    : input.maximumEventAgeInSeconds(),
                            given == null || given.onSuccess() == null ? old.onSuccess() : wished.onSuccess(),
                            given == null || given.onFailure() == null ? old.onFailure() : wished.onFailure(),
                            time.instant()));
        });
    }

    FunctionEventInvokeConfig get(GetFunctionEventInvokeConfigRequest input, Call call) {
        var reference = FunctionReference.parse(input.functionName(), input.qualifier(), call.scope());
        return answer(reference, qualifier(reference), require(reference));
    }

    Unit delete(DeleteFunctionEventInvokeConfigRequest input, Call call) {
        var reference = FunctionReference.parse(input.functionName(), input.qualifier(), call.scope());
        return catalog.change(() -> {
            require(reference);
            catalog.put(catalog.require(reference).withEventInvoke(qualifier(reference), null));
            return Unit.VALUE;
        });
    }

    ListFunctionEventInvokeConfigsResponse list(ListFunctionEventInvokeConfigsRequest input, Call call) {
        var reference = FunctionReference.parse(input.functionName(), null, call.scope());
        var configs = new TreeMap<>(catalog.require(reference).eventInvokes())
                .entrySet().stream()
                        .map(entry -> answer(reference, entry.getKey(), entry.getValue()))
                        .toList();
        var page = Page.of(configs, config -> String.valueOf(config.functionArn()), input.marker(), input.maxItems());
        return ListFunctionEventInvokeConfigsResponse.builder()
                .functionEventInvokeConfigs(page.items())
                .nextMarker(page.next())
                .build();
    }

    private static EventDestinations destinations(@Nullable DestinationConfig config) {
        if (config == null) {
            return EventDestinations.NONE;
        }
        return new EventDestinations(
                config.onSuccess() == null ? null : served(config.onSuccess().destination()),
                config.onFailure() == null ? null : served(config.onFailure().destination()));
    }

    private static @Nullable String served(@Nullable String arn) {
        if (arn == null || arn.isEmpty()) {
            return null;
        }
        if (Arn.parse(arn).filter(EventInvokeOperations::isServed).isEmpty()) {
            throw LambdaErrors.invalidParameterValueException(
                    "DestinationConfig: '" + arn + "' (expected: the ARN of an SQS queue, a function or an event bus)");
        }
        return arn;
    }

    private static boolean isServed(Arn arn) {
        return switch (arn.service()) {
            case "sqs" -> true;
            case "lambda" -> arn.resource().startsWith("function:");
            case "events" -> arn.resource().startsWith("event-bus/");
            default -> false;
        };
    }

    private FunctionEventInvokeConfig store(FunctionReference reference, EventInvoke config) {
        catalog.requireVersion(reference);
        catalog.put(catalog.require(reference).withEventInvoke(qualifier(reference), config));
        return answer(reference, qualifier(reference), config);
    }

    private EventInvoke require(FunctionReference reference) {
        var config = catalog.require(reference).eventInvokes().get(qualifier(reference));
        if (config == null) {
            throw LambdaErrors.resourceNotFoundException(
                    "The function " + arn(reference, qualifier(reference)) + " doesn't have an EventInvokeConfig");
        }
        return config;
    }

    private static FunctionEventInvokeConfig answer(FunctionReference reference, String qualifier, EventInvoke config) {
        return FunctionEventInvokeConfig.builder()
                .lastModified(config.lastModified())
                .functionArn(arn(reference, qualifier))
                .maximumRetryAttempts(config.maximumRetryAttempts())
                .maximumEventAgeInSeconds(config.maximumEventAgeInSeconds())
                .destinationConfig(DestinationConfig.builder()
                        .onFailure(OnFailure.builder()
                                .destination(config.onFailure())
                                .build())
                        .onSuccess(OnSuccess.builder()
                                .destination(config.onSuccess())
                                .build())
                        .build())
                .build();
    }

    private static String arn(FunctionReference reference, String qualifier) {
        return FunctionReference.arn(reference.scope(), reference.name()) + ':' + qualifier;
    }

    private static String qualifier(FunctionReference reference) {
        return reference.qualifier() == null ? FunctionVersion.LATEST : reference.qualifier();
    }
}
