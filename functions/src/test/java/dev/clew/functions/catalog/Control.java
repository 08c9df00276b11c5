// SPDX-License-Identifier: Apache-2.0
package dev.clew.functions.catalog;

import dev.clew.core.store.Store;
import dev.clew.functions.Api;
import dev.clew.functions.FakeQueues;
import dev.clew.functions.FakeRoles;
import dev.clew.functions.api.CreateFunctionRequest;
import dev.clew.functions.api.FunctionConfiguration;
import dev.clew.functions.api.LambdaModel;
import dev.clew.functions.source.EventSources;
import dev.clew.testkit.ManualClock;
import dev.clew.testkit.SequentialIds;
import dev.clew.wire.OperationModel;
import dev.clew.wire.ServiceBinding;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.jspecify.annotations.NullUnmarked;

/** A control plane alone: operations in, answers out. */
@NullUnmarked
final class Control {
    final ManualClock clock = new ManualClock();
    final CodeStore codes;
    final FunctionCatalog catalog;
    final CodeDownloads downloads;
    private final Api api;

    Control(Store store, Path folder) {
        codes = new CodeStore(store, folder, CodeArchive.DEFAULTS);
        catalog = new FunctionCatalog(store, codes);
        downloads = new CodeDownloads(codes, new SecureRandom());
        var binding = ServiceBinding.builder(LambdaModel.SERVICE);
        new ControlPlane(catalog, codes, downloads, new FakeRoles(), clock, new SequentialIds(), 1_000).bind(binding);
        binding.bind(LambdaModel.INVOKE, (input, call) -> {
            throw new UnsupportedOperationException("only control is under test");
        });
        new EventSources(store, catalog, null, new FakeQueues(), patterns -> text -> true, clock, new SequentialIds())
                .bind(binding);
        api = new Api(binding.build());
    }

    <I, O> O call(OperationModel<I, O> operation, I input) {
        return api.call(operation, input);
    }

    FunctionConfiguration create(CreateFunctionRequest.Builder request) {
        return call(LambdaModel.CREATE_FUNCTION, request.build());
    }
}
