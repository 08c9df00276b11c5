// SPDX-License-Identifier: Apache-2.0
package dev.clew.gateway.execute;

import dev.clew.gateway.definition.ApiKey;
import dev.clew.gateway.definition.Definitions;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The stages that requests have met, each made again when what it was made from has changed. Safe for many threads. */
final class LiveStages {
    private final Definitions definitions;
    private final InstantSource time;
    private final Map<String, LiveStage> made = new ConcurrentHashMap<>();

    LiveStages(Definitions definitions, InstantSource time) {
        this.definitions = definitions;
        this.time = time;
    }

    /** The stage, or nothing if there is no such API or stage. */
    Optional<LiveStage> find(String api, String stage) {
        return definitions
                .locate(api)
                .flatMap(key -> origin(key, stage).map(origin -> made(key, api + '/' + stage, origin)));
    }

    private LiveStage made(ApiKey key, String name, LiveStage.Origin origin) {
        var current = made.get(name);
        if (current != null && current.origin().is(origin)) {
            return current;
        }
        made.values().removeIf(stage -> origin(stage.key(), stage.name()).isEmpty());
        // one thread makes it and the others wait: its buckets must be the same for all
        return Objects.requireNonNull(made.compute(
                name,
                (_, other) -> other != null && other.origin().is(origin)
                        ? other
                        : LiveStage.of(key, origin, time.instant())));
    }

    private Optional<LiveStage.Origin> origin(ApiKey key, String name) {
        return definitions
                .findStage(key, name)
                .flatMap(stage -> definitions
                        .find(key)
                        .flatMap(api -> definitions
                                .findSnapshot(key, Objects.requireNonNullElse(stage.deploymentId(), ""))
                                .map(snapshot -> new LiveStage.Origin(api, snapshot, stage))));
    }
}
