// SPDX-License-Identifier: Apache-2.0
package dev.clew.monitor;

import dev.clew.monitor.api.cloudwatch.CloudwatchModel;
import dev.clew.wire.ServiceBinding;

/** CloudWatch metrics and alarms: declared, so that clients get a reason instead of a riddle; not served yet. */
public final class Metrics {
    private Metrics() {}

    /** The service with every operation unsupported. */
    public static ServiceBinding binding() {
        return ServiceBinding.builder(CloudwatchModel.SERVICE).build();
    }
}
