// SPDX-License-Identifier: Apache-2.0
package dev.clew.functions.source;

import dev.clew.core.IdSource;
import dev.clew.core.Scope;
import dev.clew.functions.api.CreateEventSourceMappingRequest;
import dev.clew.functions.api.DeleteEventSourceMappingRequest;
import dev.clew.functions.api.EventSourceMappingConfiguration;
import dev.clew.functions.api.Filter;
import dev.clew.functions.api.FilterCriteria;
import dev.clew.functions.api.GetEventSourceMappingRequest;
import dev.clew.functions.api.LambdaErrors;
import dev.clew.functions.api.ListEventSourceMappingsRequest;
import dev.clew.functions.api.ListEventSourceMappingsResponse;
import dev.clew.functions.api.ScalingConfig;
import dev.clew.functions.api.UpdateEventSourceMappingRequest;
import dev.clew.functions.catalog.FunctionCatalog;
import dev.clew.functions.catalog.FunctionReference;
import dev.clew.functions.catalog.Page;
import dev.clew.wire.Call;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Manages mappings. A change is told as being on its way, although it is made. */
final class MappingOperations {
    private static final int DEFAULT_BATCH = 10;

    private final Mappings mappings;
    private final FunctionCatalog catalog;
    private final MappingRules rules;
    private final Pollers pollers;
    private final InstantSource time;
    private final IdSource ids;

    MappingOperations(
            Mappings mappings,
            FunctionCatalog catalog,
            MappingRules rules,
            Pollers pollers,
            InstantSource time,
            IdSource ids) {
        this.mappings = mappings;
        this.catalog = catalog;
        this.rules = rules;
        this.pollers = pollers;
        this.time = time;
        this.ids = ids;
    }

    EventSourceMappingConfiguration create(CreateEventSourceMappingRequest input, Call call) {
        MappingRules.onlyForStreams("ParallelizationFactor", input.parallelizationFactor());
        MappingRules.onlyForStreams("StartingPosition", input.startingPosition());
        MappingRules.onlyForStreams("StartingPositionTimestamp", input.startingPositionTimestamp());
        MappingRules.onlyForStreams("DestinationConfig", input.destinationConfig());
        MappingRules.onlyForStreams("MaximumRecordAgeInSeconds", input.maximumRecordAgeInSeconds());
        MappingRules.onlyForStreams("MaximumRetryAttempts", input.maximumRetryAttempts());
        MappingRules.onlyForStreams("BisectBatchOnFunctionError", input.bisectBatchOnFunctionError());
        MappingRules.onlyForStreams("TumblingWindowInSeconds", input.tumblingWindowInSeconds());
        var queue = rules.queue(input.eventSourceArn(), call.scope());
        var reference = function(input.functionName(), call.scope());
        var window = otherwise(input.maximumBatchingWindowInSeconds(), 0);
        var size = otherwise(input.batchSize(), DEFAULT_BATCH);
        MappingRules.batch(queue, size, window);
        var mapping = new Mapping(
                ids.nextUuid().toString(),
                call.scope(),
                queue.toString(),
                reference.name(),
                reference.qualifier(),
                size,
                window,
                input.enabled() == null || input.enabled(),
                rules.patterns(input.filterCriteria()),
                MappingRules.reportsFailures(input.functionResponseTypes()),
                MappingRules.concurrency(input.scalingConfig()),
                input.tags() == null ? Map.of() : input.tags(),
                time.instant());
        return mappings.change(() -> {
            refuseSecond(mapping);
            mappings.put(mapping);
            return answer(mapping, "Creating");
        });
    }

    EventSourceMappingConfiguration update(UpdateEventSourceMappingRequest input, Call call) {
        MappingRules.onlyForStreams("ParallelizationFactor", input.parallelizationFactor());
        MappingRules.onlyForStreams("DestinationConfig", input.destinationConfig());
        MappingRules.onlyForStreams("MaximumRecordAgeInSeconds", input.maximumRecordAgeInSeconds());
        MappingRules.onlyForStreams("MaximumRetryAttempts", input.maximumRetryAttempts());
        MappingRules.onlyForStreams("BisectBatchOnFunctionError", input.bisectBatchOnFunctionError());
        MappingRules.onlyForStreams("TumblingWindowInSeconds", input.tumblingWindowInSeconds());
        return mappings.change(() -> {
            var old = mappings.require(call.scope(), input.uuid());
            var reference =
                    input.functionName() == null ? old.reference() : function(input.functionName(), call.scope());
            var updated = new Mapping(
                    old.uuid(),
                    old.scope(),
                    old.queue(),
                    reference.name(),
                    reference.qualifier(),
                    otherwise(input.batchSize(), old.batchSize()),
                    otherwise(input.maximumBatchingWindowInSeconds(), old.windowSeconds()),
                    input.enabled() == null ? old.enabled() : input.enabled(),
                    input.filterCriteria() == null ? old.filters() : rules.patterns(input.filterCriteria()),
                    input.functionResponseTypes() == null
                            ? old.reportsFailures()
                            : MappingRules.reportsFailures(input.functionResponseTypes()),
                    input.scalingConfig() == null ? old.concurrency() : MappingRules.concurrency(input.scalingConfig()),
                    old.tags(),
                    time.instant());
            MappingRules.batch(updated.queueArn(), updated.batchSize(), updated.windowSeconds());
            refuseSecond(updated);
            mappings.put(updated);
            var state = old.enabled() == updated.enabled() ? "Updating" : updated.enabled() ? "Enabling" : "Disabling";
            return answer(updated, state);
        });
    }

    EventSourceMappingConfiguration get(GetEventSourceMappingRequest input, Call call) {
        return settled(mappings.require(call.scope(), input.uuid()));
    }

    EventSourceMappingConfiguration delete(DeleteEventSourceMappingRequest input, Call call) {
        return mappings.change(() -> {
            var mapping = mappings.require(call.scope(), input.uuid());
            mappings.remove(mapping);
            return answer(mapping, "Deleting");
        });
    }

    ListEventSourceMappingsResponse list(ListEventSourceMappingsRequest input, Call call) {
        var function =
                input.functionName() == null ? null : FunctionReference.parse(input.functionName(), null, call.scope());
        var wanted = mappings.of(call.scope()).stream()
                .filter(mapping ->
                        input.eventSourceArn() == null || mapping.queue().equals(input.eventSourceArn()))
                .filter(mapping -> function == null || isOf(mapping, function))
                .toList();
        var page = Page.of(wanted, Mapping::uuid, input.marker(), input.maxItems());
        return ListEventSourceMappingsResponse.builder()
                .eventSourceMappings(page.items().stream().map(this::settled).toList())
                .nextMarker(page.next())
                .build();
    }

    private static boolean isOf(Mapping mapping, FunctionReference function) {
        return mapping.function().equals(function.name()) && Objects.equals(mapping.qualifier(), function.qualifier());
    }

    private FunctionReference function(String name, Scope scope) {
        var reference = FunctionReference.parse(name, null, scope);
        if (catalog.find(reference).isEmpty()) {
            throw LambdaErrors.resourceNotFoundException("Function not found: " + reference.arn());
        }
        return reference;
    }

    private void refuseSecond(Mapping mapping) {
        for (var other : mappings.of(mapping.scope())) {
            if (other.queue().equals(mapping.queue())
                    && isOf(other, mapping.reference())
                    && !other.uuid().equals(mapping.uuid())) {
                throw LambdaErrors.resourceConflictException("The event source arn (\" " + mapping.queue()
                        + " \") and function (\" " + mapping.function()
                        + " \") provided mapping already exists. Please update or delete the existing mapping with"
                        + " UUID "
                        + other.uuid());
            }
        }
    }

    private static int otherwise(@Nullable Integer given, int otherwise) {
        return given == null ? otherwise : given;
    }

    private EventSourceMappingConfiguration settled(Mapping mapping) {
        return answer(mapping, mapping.enabled() ? "Enabled" : "Disabled");
    }

    private EventSourceMappingConfiguration answer(Mapping mapping, String state) {
        return EventSourceMappingConfiguration.builder()
                .uuid(mapping.uuid())
                .batchSize(mapping.batchSize())
                .maximumBatchingWindowInSeconds(mapping.windowSeconds())
                .eventSourceArn(mapping.queue())
                .filterCriteria(
                        mapping.filters().isEmpty()
                                ? null
                                : FilterCriteria.builder()
                                        .filters(mapping.filters().stream()
                                                .map(pattern -> Filter.builder()
                                                        .pattern(pattern)
                                                        .build())
                                                .toList())
                                        .build())
                .functionArn(mapping.reference().arn())
                .functionResponseTypes(mapping.reportsFailures() ? List.of("ReportBatchItemFailures") : List.of())
                .scalingConfig(
                        mapping.concurrency() == null
                                ? null
                                : ScalingConfig.builder()
                                        .maximumConcurrency(mapping.concurrency())
                                        .build())
                .lastModified(mapping.lastModified())
                .lastProcessingResult(pollers.problem(mapping.key()).orElse(null))
                .state(state)
                .stateTransitionReason("USER_INITIATED")
                .eventSourceMappingArn(mapping.arn())
                .build();
    }
}
