// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.account;

import dev.clew.core.Scope;
import dev.clew.core.store.RecordTable;
import dev.clew.core.store.Store;
import dev.clew.traces.api.GetIndexingRulesRequest;
import dev.clew.traces.api.GetIndexingRulesResult;
import dev.clew.traces.api.IndexingRule;
import dev.clew.traces.api.IndexingRuleValue;
import dev.clew.traces.api.ProbabilisticRuleValue;
import dev.clew.traces.api.UpdateIndexingRuleRequest;
import dev.clew.traces.api.UpdateIndexingRuleResult;
import dev.clew.traces.api.XrayErrors;
import dev.clew.wire.Call;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/**
 * GetIndexingRules and UpdateIndexingRule: the share of traces to index where they are sent to logs. Here they are not, so
 * every trace is indexed, whatever share is desired, and the answers say so. Durable; safe for use by many threads.
 */
public final class IndexingRules {
    private static final String TABLE = "indexing-rules";
    private static final String NAME = "Default";
    private static final StoredShare INITIAL = new StoredShare(1, 0);
    private static final double ALL = 100;

    private final Store store;
    private final InstantSource time;
    private volatile RecordTable<StoredShare> shares;

    /** @param modified epoch second */
    record StoredShare(double desired, long modified) {}

    public IndexingRules(Store store, InstantSource time) {
        this.store = store;
        this.time = time;
        this.shares = RecordTable.open(store, TABLE, StoredShare.class);
    }

    public GetIndexingRulesResult list(GetIndexingRulesRequest input, Call call) {
        return GetIndexingRulesResult.builder()
                .indexingRules(List.of(rule(call.scope())))
                .build();
    }

    public UpdateIndexingRuleResult update(UpdateIndexingRuleRequest input, Call call) {
        if (!input.name().equals(NAME)) {
            throw XrayErrors.resourceNotFoundException("Name: '" + input.name() + "' (expected: " + NAME + ")");
        }
        var wanted = input.rule().probabilistic();
        if (wanted == null) {
            throw XrayErrors.invalidRequestException("Rule: none (expected: Probabilistic)");
        }
        double desired = wanted.desiredSamplingPercentage();
        if (!(desired >= 0 && desired <= ALL)) { // also what is no number
            throw XrayErrors.invalidRequestException("DesiredSamplingPercentage: " + desired + " (expected: 0 to 100)");
        }
        shares.put(call.scope().key(), new StoredShare(desired, time.instant().getEpochSecond()));
        return new UpdateIndexingRuleResult(rule(call.scope()));
    }

    private IndexingRule rule(Scope scope) {
        var share = shares.find(scope.key()).orElse(INITIAL);
        return new IndexingRule(
                NAME,
                Instant.ofEpochSecond(share.modified()),
                new IndexingRuleValue(new ProbabilisticRuleValue(share.desired(), ALL)));
    }

    /** Forgets what was desired. */
    public void reset() {
        if (store.tables().contains(TABLE)) {
            store.drop(TABLE);
        }
        shares = RecordTable.open(store, TABLE, StoredShare.class);
    }
}
