// SPDX-License-Identifier: Apache-2.0
package dev.clew.monitor.alarms;

import dev.clew.core.IdSource;
import dev.clew.core.store.Store;
import dev.clew.monitor.api.cloudwatch.CloudwatchModel;
import dev.clew.monitor.query.MetricQueries;
import dev.clew.wire.ServiceBinding;
import java.time.InstantSource;

/** Alarms on one store. Used through {@link dev.clew.monitor.Metrics}. */
public final class AlarmService {
    private final AlarmClock clock;
    private final AlarmOperations operations;
    private final AlarmQueries queries;

    /** Reads the alarms, and what their changes still owe. */
    public AlarmService(Store store, MetricQueries metrics, InstantSource time, IdSource ids) {
        var history = new History(store);
        var alarms = new Alarms(store, time, ids::nextUuid, history);
        this.clock = new AlarmClock(alarms, history, metrics, new MetricWatch(metrics, time), time);
        this.operations = new AlarmOperations(alarms, new AlarmChecks(metrics));
        this.queries = new AlarmQueries(alarms, history);
    }

    /** Adds the operations on alarms. */
    public ServiceBinding.Builder bind(ServiceBinding.Builder service) {
        return service.bind(CloudwatchModel.PUT_METRIC_ALARM, operations::put)
                .bind(CloudwatchModel.PUT_COMPOSITE_ALARM, operations::putComposite)
                .bind(CloudwatchModel.DELETE_ALARMS, operations::delete)
                .bind(CloudwatchModel.SET_ALARM_STATE, operations::setState)
                .bind(CloudwatchModel.ENABLE_ALARM_ACTIONS, operations::enable)
                .bind(CloudwatchModel.DISABLE_ALARM_ACTIONS, operations::disable)
                .bind(CloudwatchModel.TAG_RESOURCE, operations::tag)
                .bind(CloudwatchModel.UNTAG_RESOURCE, operations::untag)
                .bind(CloudwatchModel.LIST_TAGS_FOR_RESOURCE, operations::listTags)
                .bind(CloudwatchModel.DESCRIBE_ALARMS, queries::describe)
                .bind(CloudwatchModel.DESCRIBE_ALARMS_FOR_METRIC, queries::describeForMetric)
                .bind(CloudwatchModel.DESCRIBE_ALARM_HISTORY, queries::describeHistory);
    }

    /** Looks at the alarms that are due, and has {@code effects} do what their changes owe. Called by one thread at a time. */
    public void tick(AlarmEffects effects) {
        clock.tick(effects);
    }
}
