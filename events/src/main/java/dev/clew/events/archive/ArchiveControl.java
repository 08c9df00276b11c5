// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.archive;

import dev.clew.core.Arn;
import dev.clew.core.IdSource;
import dev.clew.core.Scope;
import dev.clew.events.api.CreateArchiveRequest;
import dev.clew.events.api.CreateArchiveResponse;
import dev.clew.events.api.DeleteArchiveRequest;
import dev.clew.events.api.DeleteArchiveResponse;
import dev.clew.events.api.DescribeArchiveRequest;
import dev.clew.events.api.DescribeArchiveResponse;
import dev.clew.events.api.EventsErrors;
import dev.clew.events.api.ListArchivesRequest;
import dev.clew.events.api.ListArchivesResponse;
import dev.clew.events.api.UpdateArchiveRequest;
import dev.clew.events.api.UpdateArchiveResponse;
import dev.clew.events.bus.BusName;
import dev.clew.events.bus.Buses;
import dev.clew.events.bus.Invalid;
import dev.clew.events.bus.Page;
import dev.clew.events.pattern.EventPattern;
import dev.clew.events.pattern.PatternLimits;
import dev.clew.wire.Call;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Operations on archives. */
final class ArchiveControl {
    private static final String ENABLED = "ENABLED";

    private final Archives archives;
    private final Buses buses;
    private final PatternLimits limits;
    private final InstantSource time;
    private final IdSource ids;
    private final int mostPerScope;

    ArchiveControl(
            Archives archives,
            Buses buses,
            PatternLimits limits,
            InstantSource time,
            IdSource ids,
            ArchiveConfig config) {
        this.archives = archives;
        this.buses = buses;
        this.limits = limits;
        this.time = time;
        this.ids = ids;
        this.mostPerScope = config.perScope();
    }

    CreateArchiveResponse create(CreateArchiveRequest input, Call call) {
        var bus = sourceBus(input.eventSourceArn(), call.scope());
        var pattern = checked(input.eventPattern());
        return archives.changing(() -> {
            if (archives.find(call.scope(), input.archiveName()).isPresent()) {
                throw EventsErrors.resourceAlreadyExistsException(
                        "Archive " + input.archiveName() + " already exists.");
            }
            if (buses.rulesOf(bus).isEmpty()) {
                throw Invalid.noBus(bus);
            }
            if (archives.list(call.scope()).size() >= mostPerScope) {
                throw Invalid.limit();
            }
            var days = input.retentionDays();
            var archive = new Archive(
                    call.scope(),
                    input.archiveName(),
                    ids.nextUuid(),
                    bus.arn().toString(),
                    input.description(),
                    pattern,
                    days == null ? 0 : days,
                    time.instant());
            archives.put(archive);
            return new CreateArchiveResponse(archive.arn(), ENABLED, null, archive.created());
        });
    }

    private static BusName sourceBus(String text, Scope scope) {
        return Arn.parse(text)
                .filter(arn -> arn.service().equals("events")
                        && arn.resource().startsWith("event-bus/")
                        && arn.scope().equals(scope))
                .map(arn -> BusName.of(text, scope))
                .orElseThrow(() -> Invalid.request(
                        "Parameter EventSourceArn is not valid. Reason: Must contain an event bus ARN."));
    }

    private @Nullable String checked(@Nullable String pattern) {
        return pattern == null || pattern.isEmpty()
                ? null
                : EventPattern.compile(pattern, limits).text();
    }

    UpdateArchiveResponse update(UpdateArchiveRequest input, Call call) {
        var pattern = checked(input.eventPattern());
        return archives.changing(() -> {
            var old = get(call.scope(), input.archiveName());
            if (input.eventPattern() == null && input.retentionDays() == null && input.description() == null) {
                throw Invalid.request("At least one of EventPattern, RetentionDays or Description must be provided.");
            }
            var archive = old.with(input.description(), pattern, input.retentionDays());
            archives.put(archive);
            return new UpdateArchiveResponse(archive.arn(), ENABLED, null, archive.created());
        });
    }

    DescribeArchiveResponse describe(DescribeArchiveRequest input, Call call) {
        var archive = get(call.scope(), input.archiveName());
        var tally = archives.tally(archive);
        return DescribeArchiveResponse.builder()
                .archiveArn(archive.arn())
                .archiveName(archive.name())
                .eventSourceArn(archive.source())
                .description(archive.description())
                .eventPattern(archive.pattern())
                .state(ENABLED)
                .retentionDays(archive.retentionDays())
                .sizeBytes(tally.bytes())
                .eventCount(tally.events())
                .creationTime(archive.created())
                .build();
    }

    ListArchivesResponse list(ListArchivesRequest input, Call call) {
        var prefix = input.namePrefix() == null ? "" : input.namePrefix();
        var matching = archives.list(call.scope()).stream()
                .filter(archive -> archive.name().startsWith(prefix))
                .filter(archive ->
                        input.eventSourceArn() == null || input.eventSourceArn().equals(archive.source()))
                .filter(_ -> input.state() == null || input.state().equals(ENABLED));
        var page = Page.of(matching, Archive::name, input.nextToken(), input.limit());
        return new ListArchivesResponse(page.items().stream().map(this::listed).toList(), page.nextToken());
    }

    private dev.clew.events.api.Archive listed(Archive archive) {
        var tally = archives.tally(archive);
        return dev.clew.events.api.Archive.builder()
                .archiveName(archive.name())
                .eventSourceArn(archive.source())
                .state(ENABLED)
                .retentionDays(archive.retentionDays())
                .sizeBytes(tally.bytes())
                .eventCount(tally.events())
                .creationTime(archive.created())
                .build();
    }

    DeleteArchiveResponse delete(DeleteArchiveRequest input, Call call) {
        return archives.changing(() -> {
            archives.remove(get(call.scope(), input.archiveName()));
            return new DeleteArchiveResponse();
        });
    }

    private Archive get(Scope scope, String name) {
        return archives.find(scope, name)
                .orElseThrow(() -> EventsErrors.resourceNotFoundException("Archive " + name + " does not exist."));
    }
}
