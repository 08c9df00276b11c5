// SPDX-License-Identifier: Apache-2.0
package dev.clew.gateway.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.clew.gateway.Console;
import dev.clew.gateway.definition.Definitions;
import dev.clew.testkit.ManualClock;
import dev.clew.testkit.MemoryStore;
import dev.clew.testkit.SequentialIds;
import dev.clew.wire.OperationModel;
import dev.clew.wire.ServiceException;
import org.jspecify.annotations.NullUnmarked;

/** A control plane in memory. */
@NullUnmarked // optional members of the answers are asserted, not guarded
abstract class Fixture {
    final MemoryStore store = new MemoryStore();
    final ManualClock clock = new ManualClock();
    final SequentialIds ids = new SequentialIds();
    final Definitions definitions = Definitions.open(store);
    final Console console = new Console(ControlPlane.binding(definitions, ids, clock, false));

    /** The same state as a server finds it after a restart. */
    Console restarted() {
        return new Console(ControlPlane.binding(Definitions.open(store), ids, clock, false));
    }

    <I, O> void assertRefused(OperationModel<I, O> operation, I input, String code, String message) {
        var refusal = catchThrowableOfType(ServiceException.class, () -> console.call(operation, input));
        assertThat(refusal).as(message).isNotNull();
        assertThat(refusal.code()).isEqualTo(code);
        assertThat(refusal).hasMessage(message);
    }
}
