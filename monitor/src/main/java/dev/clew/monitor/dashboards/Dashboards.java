// SPDX-License-Identifier: Apache-2.0
package dev.clew.monitor.dashboards;

import static java.util.Objects.requireNonNullElse;

import dev.clew.core.Scope;
import dev.clew.core.store.RecordTable;
import dev.clew.core.store.RecordTable.Edit;
import dev.clew.core.store.Store;
import dev.clew.monitor.api.cloudwatch.CloudwatchErrors;
import dev.clew.monitor.api.cloudwatch.CloudwatchModel;
import dev.clew.monitor.api.cloudwatch.DashboardEntry;
import dev.clew.monitor.api.cloudwatch.DashboardValidationMessage;
import dev.clew.monitor.api.cloudwatch.DeleteDashboardsInput;
import dev.clew.monitor.api.cloudwatch.DeleteDashboardsOutput;
import dev.clew.monitor.api.cloudwatch.GetDashboardInput;
import dev.clew.monitor.api.cloudwatch.GetDashboardOutput;
import dev.clew.monitor.api.cloudwatch.ListDashboardsInput;
import dev.clew.monitor.api.cloudwatch.ListDashboardsOutput;
import dev.clew.monitor.api.cloudwatch.PutDashboardInput;
import dev.clew.monitor.api.cloudwatch.PutDashboardOutput;
import dev.clew.wire.Call;
import dev.clew.wire.ServiceBinding;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The operations on dashboards. A dashboard belongs to an account, whatever the region of the call. */
public final class Dashboards {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,255}");
    private static final int MOST_BYTES = 1 << 20;
    private static final int MOST = 5_000;
    private static final int PAGE = 1_000;

    private final RecordTable<StoredDashboard> table;
    private final InstantSource time;
    private final ReentrantLock changing = new ReentrantLock();

    public Dashboards(Store store, InstantSource time) {
        this.table = RecordTable.open(store, "dashboards.dashboards", StoredDashboard.class);
        this.time = time;
    }

    /** Adds the operations. */
    public ServiceBinding.Builder bind(ServiceBinding.Builder service) {
        return service.bind(CloudwatchModel.PUT_DASHBOARD, this::put)
                .bind(CloudwatchModel.GET_DASHBOARD, this::get)
                .bind(CloudwatchModel.LIST_DASHBOARDS, this::list)
                .bind(CloudwatchModel.DELETE_DASHBOARDS, this::delete);
    }

    private static String key(Scope scope, String name) {
        return scope.account() + '/' + name;
    }

    private PutDashboardOutput put(PutDashboardInput input, Call call) {
        checkName(input.dashboardName());
        if (input.dashboardBody().getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
            throw CloudwatchErrors.dashboardInvalidInputError(
                    "The value for field DashboardBody has more than " + MOST_BYTES + " bytes.");
        }
        var body = DashboardBody.check(input.dashboardBody());
        if (!body.errors().isEmpty()) {
            throw CloudwatchErrors.dashboardInvalidInputError(
                    "The field DashboardBody is not valid: " + described(body.errors()));
        }
        changing.lock();
        try {
            var key = key(call.scope(), input.dashboardName());
            if (table.find(key).isEmpty()
                    && table.entries(key(call.scope(), "")).size() >= MOST) {
                throw CloudwatchErrors.dashboardInvalidInputError(
                        "There are " + MOST + " dashboards (expected: no more)");
            }
            table.put(key, new StoredDashboard(input.dashboardName(), input.dashboardBody(), time.instant()));
        } finally {
            changing.unlock();
        }
        return new PutDashboardOutput(body.remarks());
    }

    private static String described(List<DashboardValidationMessage> messages) {
        var text = new StringBuilder();
        messages.stream()
                .limit(10)
                .forEach(message -> text.append(text.isEmpty() ? "" : "; ")
                        .append(message.dataPath())
                        .append(' ')
                        .append(message.message()));
        return text.toString();
    }

    private static void checkName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw CloudwatchErrors.invalidParameterValueException(
                    "The value for field DashboardName contains invalid characters. It can only contain alphanumerics,"
                            + " dash (-) and underscore (_).\n");
        }
    }

    private GetDashboardOutput get(GetDashboardInput input, Call call) {
        var name = input.dashboardName();
        var dashboard = table.find(key(call.scope(), name)).orElseThrow(() -> none(name));
        return new GetDashboardOutput(StoredDashboard.arn(call.scope(), name), dashboard.body(), name);
    }

    private static dev.clew.wire.ServiceException none(@Nullable String name) {
        return CloudwatchErrors.dashboardNotFoundError("Dashboard " + name + " does not exist");
    }

    private ListDashboardsOutput list(ListDashboardsInput input, Call call) {
        var prefix = key(call.scope(), requireNonNullElse(input.dashboardNamePrefix(), ""));
        var after = input.nextToken();
        var found = table.entries(prefix).values().stream()
                .filter(dashboard -> after == null || dashboard.name().compareTo(after) > 0)
                .limit(PAGE + 1L)
                .toList();
        var shown = found.stream().limit(PAGE).toList();
        return new ListDashboardsOutput(
                shown.stream()
                        .map(dashboard -> new DashboardEntry(
                                dashboard.name(),
                                StoredDashboard.arn(call.scope(), dashboard.name()),
                                dashboard.modified(),
                                (long) dashboard.body().getBytes(StandardCharsets.UTF_8).length))
                        .toList(),
                found.size() > PAGE ? shown.getLast().name() : null);
    }

    private DeleteDashboardsOutput delete(DeleteDashboardsInput input, Call call) {
        changing.lock();
        try {
            for (var name : input.dashboardNames()) {
                if (table.find(key(call.scope(), name)).isEmpty()) {
                    throw none(name);
                }
            }
            table.commit(input.dashboardNames().stream()
                    .distinct()
                    .map(name -> new Edit<StoredDashboard>(key(call.scope(), name), null))
                    .toList());
        } finally {
            changing.unlock();
        }
        return new DeleteDashboardsOutput();
    }
}
