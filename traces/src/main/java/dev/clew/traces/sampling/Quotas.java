// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.sampling;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Divides a rule's reservoir among those who use the rule. */
final class Quotas {
    private static final Comparator<Map.Entry<String, Double>> LEAST_DEMAND =
            Map.Entry.<String, Double>comparingByValue().thenComparing(Map.Entry.comparingByKey());

    private Quotas() {}

    /**
     * Requests per second for each client: equal shares, where nobody gets more than it can use, and what that leaves
     * goes to the others. The sum never exceeds {@code reservoir}; one client alone gets all of it.
     *
     * @param demands requests per second by client
     */
    static Map<String, Integer> divide(int reservoir, Map<String, Double> demands) {
        var quotas = new TreeMap<String, Integer>();
        int left = reservoir;
        int waiting = demands.size();
        for (var client : demands.entrySet().stream().sorted(LEAST_DEMAND).toList()) {
            int share = left / waiting;
            int quota = demands.size() == 1 ? left : (int) Math.min(Math.max(1, Math.ceil(client.getValue())), share);
            quotas.put(client.getKey(), quota);
            left -= quota;
            waiting--;
        }
        while (left > 0) {
            var unsatisfied = unsatisfied(quotas, demands);
            if (unsatisfied.isEmpty()) {
                break;
            }
            for (var client : unsatisfied.subList(0, Math.min(left, unsatisfied.size()))) {
                quotas.merge(client, 1, Integer::sum);
                left--;
            }
        }
        return quotas;
    }

    private static List<String> unsatisfied(Map<String, Integer> quotas, Map<String, Double> demands) {
        return quotas.entrySet().stream()
                .filter(entry -> demands.getOrDefault(entry.getKey(), 0.0) > entry.getValue())
                .map(Map.Entry::getKey)
                .toList();
    }
}
