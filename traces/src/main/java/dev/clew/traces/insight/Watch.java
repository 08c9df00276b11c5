// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.insight;

import dev.clew.core.Scope;
import dev.clew.traces.digest.TraceDigest.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How far the traces of one group have been looked at, and what is remembered of them; stored.
 *
 * @param group its unique id
 * @param next the minute since the epoch that comes next
 * @param series one for each service seen
 * @param clients requests of clients in the last minutes, the latest last
 * @param open id of the insight that is open, or null
 */
record Watch(
        String account,
        String region,
        String group,
        long next,
        List<Series> series,
        List<Impact> clients,
        @Nullable String open) {
    private static final int MAX_SERIES = 1_000;

    Watch {
        series = List.copyOf(series);
        clients = List.copyOf(clients);
    }

    static Watch of(Scope scope, String group, long minute) {
        return new Watch(scope.account(), scope.region(), group, minute, List.of(), List.of(), null);
    }

    /** The same after one more minute, whatever it opens or closes. */
    Watch after(Minute minute) {
        Map<Node, Series> all = new LinkedHashMap<>();
        series.forEach(known -> all.put(known.node(), known));
        minute.nodes().stream()
                .filter(node -> !all.containsKey(node))
                .limit(Math.max(0, MAX_SERIES - all.size()))
                .forEach(node -> all.put(node, Series.of(node)));
        all.replaceAll((node, known) -> known.after(minute.of(node)));
        int from = Math.max(0, clients.size() + 1 - Series.OPENING);
        var latest = new ArrayList<>(clients.subList(from, clients.size()));
        latest.add(minute.clients());
        return new Watch(account, region, group, next + 1, List.copyOf(all.values()), latest, open);
    }

    Watch withOpen(@Nullable String insight) {
        return new Watch(account, region, group, next, series, clients, insight);
    }

    /** The same that goes on at {@code minute}, whatever was before. */
    Watch resumed(long minute) {
        return new Watch(
                account,
                region,
                group,
                minute,
                series.stream().map(Series::interrupted).toList(),
                List.of(),
                null);
    }

    List<Series> anomalies() {
        return series.stream().filter(Series::anomalous).toList();
    }
}
