// SPDX-License-Identifier: Apache-2.0
package dev.clew.functions;

import dev.clew.core.IdSource;
import dev.clew.core.Ticker;
import dev.clew.core.access.ResourcePolicy;
import dev.clew.core.access.RoleSessions;
import dev.clew.core.log.LogSink;
import dev.clew.core.store.Store;
import dev.clew.core.trace.Sampler;
import dev.clew.core.trace.SegmentSink;
import dev.clew.functions.api.LambdaModel;
import dev.clew.functions.catalog.CodeArchive;
import dev.clew.functions.catalog.CodeDownloads;
import dev.clew.functions.catalog.CodeStore;
import dev.clew.functions.catalog.ControlPlane;
import dev.clew.functions.catalog.FunctionCatalog;
import dev.clew.wire.ServiceBinding;
import dev.clew.wire.http.HttpHandler;
import java.security.SecureRandom;
import java.time.InstantSource;

/** Lambda: functions and their invocations. Safe for use by many threads. */
public final class Functions {
    private final FunctionCatalog catalog;
    private final CodeDownloads downloads;
    private final ControlPlane control;

    /** Reads what the store holds. */
    public Functions(
            Store store,
            LogSink logs,
            SegmentSink segments,
            Sampler sampler,
            ResourcePolicy policies,
            RoleSessions roles,
            InstantSource time,
            Ticker ticker,
            IdSource ids,
            FunctionsConfig config) {
        var codes = new CodeStore(store, config.codeFolder(), CodeArchive.DEFAULTS);
        catalog = new FunctionCatalog(store, codes);
        downloads = new CodeDownloads(codes, new SecureRandom());
        control = new ControlPlane(
                catalog, codes, downloads, roles, time, ids, config.scaling().accountConcurrency());
    }

    /** The operations of the Lambda API. */
    public ServiceBinding binding() {
        var binding = ServiceBinding.builder(LambdaModel.SERVICE);
        control.bind(binding);
        return binding.build();
    }

    /** Serves the links to packages that GetFunction gives, at paths that begin {@code /_clew/functions/}. */
    public HttpHandler codeDownloads() {
        return downloads;
    }

    /** Removes every function. */
    public void reset() {
        catalog.clear();
    }
}
