// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.destination;

import dev.clew.core.IdSource;
import dev.clew.core.Ticker;
import dev.clew.core.store.Store;
import dev.clew.events.api.EventsModel;
import dev.clew.events.delivery.Targets;
import dev.clew.wire.ServiceBinding;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** Every operation on connections and API destinations, and the calls of their endpoints. Safe for use by many threads. */
public final class ApiDestinations implements AutoCloseable {
    private final HttpCaller http;
    private final Authorizer authorizer;
    private final ConnectionControl connectionControl;
    private final DestinationControl destinationControl;
    private final ApiDestinationTarget target;
    private final @Nullable ExecutorService own;

    /** @param vault seals what connections keep secret */
    public ApiDestinations(
            Store store, Vault vault, InstantSource time, Ticker ticker, IdSource ids, DestinationsConfig config) {
        this(store, vault, time, ticker, ids, config, Executors.newVirtualThreadPerTaskExecutor(), Thread::sleep);
    }

    /**
     * With time and threads of a test.
     *
     * @param background asks for tokens; shut down at {@link #close} if it can be
     */
    ApiDestinations(
            Store store,
            Vault vault,
            InstantSource time,
            Ticker ticker,
            IdSource ids,
            DestinationsConfig config,
            Executor background,
            Pause pause) {
        var connections = new Connections(store, vault);
        var destinations = new Destinations(store);
        own = background instanceof ExecutorService service ? service : null;
        http = new HttpCaller(config);
        var tokens = new Tokens(http, time);
        authorizer = new Authorizer(connections, tokens, time, background);
        connectionControl = new ConnectionControl(connections, authorizer, time, ids, config);
        destinationControl = new DestinationControl(destinations, connections, time, ids, config);
        target = new ApiDestinationTarget(destinations, connections, tokens, http, time, ticker, pause, config);
    }

    public ServiceBinding.Builder bind(ServiceBinding.Builder service) {
        return service.bind(EventsModel.CREATE_CONNECTION, connectionControl::create)
                .bind(EventsModel.UPDATE_CONNECTION, connectionControl::update)
                .bind(EventsModel.DESCRIBE_CONNECTION, connectionControl::describe)
                .bind(EventsModel.LIST_CONNECTIONS, connectionControl::list)
                .bind(EventsModel.DEAUTHORIZE_CONNECTION, connectionControl::deauthorize)
                .bind(EventsModel.DELETE_CONNECTION, connectionControl::delete)
                .bind(EventsModel.CREATE_API_DESTINATION, destinationControl::create)
                .bind(EventsModel.UPDATE_API_DESTINATION, destinationControl::update)
                .bind(EventsModel.DESCRIBE_API_DESTINATION, destinationControl::describe)
                .bind(EventsModel.LIST_API_DESTINATIONS, destinationControl::list)
                .bind(EventsModel.DELETE_API_DESTINATION, destinationControl::delete);
    }

    /** API destinations as targets of rules. */
    public Targets targets() {
        return new EndpointTargets(target);
    }

    ApiDestinationTarget target() {
        return target;
    }

    /** Goes on asking for tokens where the last process left off. */
    public void start() {
        authorizer.resume();
    }

    /** Ends requests under way; their outcome is unknown. */
    @Override
    public void close() {
        if (own != null) {
            own.shutdownNow();
        }
        http.close();
    }
}
