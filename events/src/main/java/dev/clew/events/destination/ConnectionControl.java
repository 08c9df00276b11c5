// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.destination;

import dev.clew.core.IdSource;
import dev.clew.core.Scope;
import dev.clew.events.api.CreateConnectionRequest;
import dev.clew.events.api.CreateConnectionResponse;
import dev.clew.events.api.DeauthorizeConnectionRequest;
import dev.clew.events.api.DeauthorizeConnectionResponse;
import dev.clew.events.api.DeleteConnectionRequest;
import dev.clew.events.api.DeleteConnectionResponse;
import dev.clew.events.api.DescribeConnectionRequest;
import dev.clew.events.api.DescribeConnectionResponse;
import dev.clew.events.api.EventsErrors;
import dev.clew.events.api.ListConnectionsRequest;
import dev.clew.events.api.ListConnectionsResponse;
import dev.clew.events.api.UpdateConnectionRequest;
import dev.clew.events.api.UpdateConnectionResponse;
import dev.clew.events.bus.Invalid;
import dev.clew.events.bus.Page;
import dev.clew.wire.Call;
import java.time.InstantSource;

/** Operations on connections. */
final class ConnectionControl {
    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private final Connections connections;
    private final Authorizer authorizer;
    private final ConnectionForms forms;
    private final InstantSource time;
    private final IdSource ids;
    private final int mostPerScope;

    ConnectionControl(
            Connections connections,
            Authorizer authorizer,
            InstantSource time,
            IdSource ids,
            DestinationsConfig config) {
        this.connections = connections;
        this.authorizer = authorizer;
        this.forms = new ConnectionForms(config.local());
        this.time = time;
        this.ids = ids;
        this.mostPerScope = config.perScope();
    }

    CreateConnectionResponse create(CreateConnectionRequest input, Call call) {
        var credentials = forms.created(input.authorizationType(), input.authParameters());
        var created = connections.changing(() -> {
            if (connections.find(call.scope(), input.name()).isPresent()) {
                throw EventsErrors.resourceAlreadyExistsException("Connection " + input.name() + " already exists.");
            }
            if (connections.list(call.scope()).size() >= mostPerScope) {
                throw Invalid.limit();
            }
            var now = time.instant();
            var id = ids.nextUuid().toString();
            var state = stateOf(credentials);
            var connection = new Connection(
                    call.scope(),
                    input.name(),
                    id,
                    input.description(),
                    state,
                    null,
                    input.authorizationType(),
                    "events!connection/" + input.name() + '/' + ids.nextUuid() + '-' + ids.nextText(LETTERS, 6),
                    connections.seal(credentials, id),
                    now,
                    now,
                    state == Connection.State.AUTHORIZED ? now : null);
            connections.put(connection);
            return connection;
        });
        authorizer.authorize(created);
        return new CreateConnectionResponse(
                created.arn(), created.state().name(), created.created(), created.modified());
    }

    private static Connection.State stateOf(Credentials credentials) {
        return credentials.authorization() instanceof Authorization.OAuth
                ? Connection.State.AUTHORIZING
                : Connection.State.AUTHORIZED;
    }

    UpdateConnectionResponse update(UpdateConnectionRequest input, Call call) {
        var updated = connections.changing(() -> {
            var old = get(call.scope(), input.name());
            var type = input.authorizationType() == null ? old.type() : input.authorizationType();
            var credentials = forms.updated(type, connections.credentials(old), input.authParameters());
            var now = time.instant();
            var state = stateOf(credentials);
            var connection = new Connection(
                    old.scope(),
                    old.name(),
                    old.id(),
                    input.description() == null ? old.description() : input.description(),
                    state,
                    null,
                    type,
                    old.secretName(),
                    connections.seal(credentials, old.id()),
                    old.created(),
                    now,
                    state == Connection.State.AUTHORIZED ? now : old.authorized());
            connections.put(connection);
            return connection;
        });
        authorizer.authorize(updated);
        return new UpdateConnectionResponse(
                updated.arn(), updated.state().name(), updated.created(), updated.modified(), updated.authorized());
    }

    DescribeConnectionResponse describe(DescribeConnectionRequest input, Call call) {
        var connection = get(call.scope(), input.name());
        var credentials = connections.credentials(connection);
        return DescribeConnectionResponse.builder()
                .connectionArn(connection.arn())
                .name(connection.name())
                .description(connection.description())
                .connectionState(connection.state().name())
                .stateReason(connection.stateReason())
                .authorizationType(connection.type())
                .secretArn(connection.secretArn())
                .authParameters(credentials == null ? null : ConnectionForms.told(credentials))
                .creationTime(connection.created())
                .lastModifiedTime(connection.modified())
                .lastAuthorizedTime(connection.authorized())
                .build();
    }

    ListConnectionsResponse list(ListConnectionsRequest input, Call call) {
        var prefix = input.namePrefix() == null ? "" : input.namePrefix();
        var matching = connections.list(call.scope()).stream()
                .filter(connection -> connection.name().startsWith(prefix))
                .filter(connection -> input.connectionState() == null
                        || input.connectionState().equals(connection.state().name()));
        var page = Page.of(matching, Connection::name, input.nextToken(), input.limit());
        return new ListConnectionsResponse(
                page.items().stream().map(ConnectionControl::listed).toList(), page.nextToken());
    }

    private static dev.clew.events.api.Connection listed(Connection connection) {
        return dev.clew.events.api.Connection.builder()
                .connectionArn(connection.arn())
                .name(connection.name())
                .connectionState(connection.state().name())
                .stateReason(connection.stateReason())
                .authorizationType(connection.type())
                .creationTime(connection.created())
                .lastModifiedTime(connection.modified())
                .lastAuthorizedTime(connection.authorized())
                .build();
    }

    /** Destroys the credentials; the answer tells the state that the service passes through. */
    DeauthorizeConnectionResponse deauthorize(DeauthorizeConnectionRequest input, Call call) {
        var after = connections.changing(() -> {
            var connection = get(call.scope(), input.name()).deauthorizedAt(time.instant());
            connections.put(connection);
            return connection;
        });
        authorizer.forget(after);
        return new DeauthorizeConnectionResponse(
                after.arn(), "DEAUTHORIZING", after.created(), after.modified(), after.authorized());
    }

    /** As {@link #deauthorize}. */
    DeleteConnectionResponse delete(DeleteConnectionRequest input, Call call) {
        var gone = connections.changing(() -> {
            var connection = get(call.scope(), input.name());
            connections.remove(connection);
            return connection;
        });
        authorizer.forget(gone);
        return new DeleteConnectionResponse(gone.arn(), "DELETING", gone.created(), time.instant(), gone.authorized());
    }

    private Connection get(Scope scope, String name) {
        return connections
                .find(scope, name)
                .orElseThrow(() -> EventsErrors.resourceNotFoundException(
                        "Failed to describe the connection(s). Connection '" + name + "' does not exist."));
    }
}
