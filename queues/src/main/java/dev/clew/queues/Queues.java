// SPDX-License-Identifier: Apache-2.0
package dev.clew.queues;

import dev.clew.queues.api.SqsModel;
import dev.clew.wire.ServiceBinding;

/** SQS: known by name so that calls get a clear answer, not served yet. */
public final class Queues {
    private Queues() {}

    /** Every operation, declared unsupported. */
    public static ServiceBinding binding() {
        return ServiceBinding.builder(SqsModel.SERVICE).build();
    }
}
