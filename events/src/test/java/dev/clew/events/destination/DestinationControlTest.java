// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.destination;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.core.Scope;
import dev.clew.events.api.ApiDestination;
import dev.clew.events.api.Connection;
import dev.clew.events.api.ConnectionBodyParameter;
import dev.clew.events.api.ConnectionHeaderParameter;
import dev.clew.events.api.ConnectionHttpParameters;
import dev.clew.events.api.CreateApiDestinationRequest;
import dev.clew.events.api.CreateConnectionAuthRequestParameters;
import dev.clew.events.api.CreateConnectionBasicAuthRequestParameters;
import dev.clew.events.api.CreateConnectionRequest;
import dev.clew.events.api.DeauthorizeConnectionRequest;
import dev.clew.events.api.DeleteApiDestinationRequest;
import dev.clew.events.api.DeleteConnectionRequest;
import dev.clew.events.api.DescribeApiDestinationRequest;
import dev.clew.events.api.DescribeConnectionRequest;
import dev.clew.events.api.EventsModel;
import dev.clew.events.api.ListApiDestinationsRequest;
import dev.clew.events.api.ListConnectionsRequest;
import dev.clew.events.api.UpdateApiDestinationRequest;
import dev.clew.events.api.UpdateConnectionAuthRequestParameters;
import dev.clew.events.api.UpdateConnectionBasicAuthRequestParameters;
import dev.clew.events.api.UpdateConnectionRequest;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DestinationControlTest extends DestinationFixture {
    @Test
    void aConnectionIsToldWithoutItsSecrets() {
        var parameters = new ConnectionHttpParameters(
                List.of(new ConnectionHeaderParameter("X-Team", "orders", false)),
                null,
                List.of(new ConnectionBodyParameter("token", "hidden", true)));
        var arn = connect(
                "partner",
                "BASIC",
                new CreateConnectionAuthRequestParameters(basic().basicAuthParameters(), null, null, parameters));
        assertThat(arn).matches("arn:aws:events:us-east-1:111111111111:connection/partner/[-0-9a-f]{36}");
        var described = describe("partner");
        assertThat(described.connectionState()).isEqualTo("AUTHORIZED");
        assertThat(described.secretArn())
                .matches("arn:aws:secretsmanager:us-east-1:111111111111:secret:events!connection/partner/"
                        + "[-0-9a-f]{36}-[A-Za-z0-9]{6}");
        var told = Objects.requireNonNull(described.authParameters());
        assertThat(Objects.requireNonNull(told.basicAuthParameters()).username())
                .isEqualTo("ada");
        assertThat(told.invocationHttpParameters())
                .isEqualTo(new ConnectionHttpParameters(
                        List.of(new ConnectionHeaderParameter("X-Team", "orders", false)),
                        null,
                        List.of(new ConnectionBodyParameter("token", null, true))));
        assertThat(described.toString()).doesNotContain("hunter2", "hidden");
        assertThat(described.lastAuthorizedTime()).isEqualTo(clock.instant());
    }

    @Test
    void theStoreHoldsNoSecret() {
        connect("partner", "BASIC", basic());
        connect("keyed", "API_KEY", apiKey());
        connect("granted", "OAUTH_CLIENT_CREDENTIALS", oauth("POST", null));
        var stored = store.scan("events.connections", new byte[0], null, 10);
        assertThat(stored).hasSize(3);
        assertThat(stored)
                .allSatisfy(entry -> assertThat(new String(entry.value(), java.nio.charset.StandardCharsets.UTF_8))
                        .contains("\"name\"")
                        .doesNotContain("hunter2", "k-123", "s3cret"));
    }

    @Test
    void connectionErrorsReadAsTheServicesOwn() {
        connect("partner", "BASIC", basic());
        refused(
                "ResourceAlreadyExistsException",
                "Connection partner already exists.",
                () -> connect("partner", "BASIC", basic()));
        var missing = "Failed to describe the connection(s). Connection 'nope' does not exist.";
        refused("ResourceNotFoundException", missing, () -> describe("nope"));
        refused(
                "ResourceNotFoundException",
                missing,
                () -> calls.call(EventsModel.DELETE_CONNECTION, new DeleteConnectionRequest("nope")));
        refused(
                "ResourceNotFoundException",
                missing,
                () -> calls.call(EventsModel.DEAUTHORIZE_CONNECTION, new DeauthorizeConnectionRequest("nope")));
        refused(
                "ResourceNotFoundException",
                missing,
                () -> calls.call(EventsModel.UPDATE_CONNECTION, new UpdateConnectionRequest("nope", "d", null, null)));
        refused(
                "ValidationException",
                "Parameter AuthParameters is not valid. Reason: ApiKeyAuthParameters is required for the authorization"
                        + " type API_KEY.",
                () -> connect(
                        "other",
                        "API_KEY",
                        CreateConnectionAuthRequestParameters.builder().build()));
        refused(
                "ValidationException",
                "Parameter AuthParameters is not valid. Reason: it holds parameters that do not belong to the"
                        + " authorization type API_KEY.",
                () -> connect("other", "API_KEY", basic()));
    }

    @Test
    void anUpdateKeepsWhatItDoesNotName() {
        connect("partner", "BASIC", basic());
        clock.advance(Duration.ofMinutes(1));
        var arn = destination(
                "orders", Objects.requireNonNull(describe("partner").connectionArn()), endpoint.url("/"), "POST");
        var updated = calls.call(
                EventsModel.UPDATE_CONNECTION,
                new UpdateConnectionRequest(
                        "partner",
                        "ours",
                        null,
                        UpdateConnectionAuthRequestParameters.builder()
                                .basicAuthParameters(new UpdateConnectionBasicAuthRequestParameters(null, "changed"))
                                .build()));
        assertThat(updated.connectionState()).isEqualTo("AUTHORIZED");
        assertThat(updated.lastModifiedTime()).isEqualTo(clock.instant());
        assertThat(describe("partner").description()).isEqualTo("ours");
        deliver(arn, "{}");
        assertThat(endpoint.last().header("Authorization")).isEqualTo("Basic YWRhOmNoYW5nZWQ="); // ada:changed
    }

    @Test
    void anotherTypeNeedsAllOfItsParameters() {
        connect("partner", "BASIC", basic());
        refused(
                "ValidationException",
                "Parameter AuthParameters is not valid. Reason: ApiKeyAuthParameters is required for the authorization"
                        + " type API_KEY.",
                () -> calls.call(
                        EventsModel.UPDATE_CONNECTION, new UpdateConnectionRequest("partner", null, "API_KEY", null)));
        assertThat(describe("partner").authorizationType()).isEqualTo("BASIC");
    }

    @Test
    void aDeauthorizedConnectionForgetsItsCredentialsAndStopsItsDestinations() {
        var connection = connect("partner", "BASIC", basic());
        destination("orders", connection, endpoint.url("/"), "POST");
        assertThat(calls.call(EventsModel.DEAUTHORIZE_CONNECTION, new DeauthorizeConnectionRequest("partner"))
                        .connectionState())
                .isEqualTo("DEAUTHORIZING");
        assertThat(describe("partner").connectionState()).isEqualTo("DEAUTHORIZED");
        assertThat(describe("partner").authParameters()).isNull();
        assertThat(calls.call(EventsModel.DESCRIBE_API_DESTINATION, new DescribeApiDestinationRequest("orders"))
                        .apiDestinationState())
                .isEqualTo("INACTIVE");
        refused(
                "ValidationException",
                "Parameter AuthParameters is not valid. Reason: Username is required.",
                () -> calls.call(
                        EventsModel.UPDATE_CONNECTION,
                        new UpdateConnectionRequest(
                                "partner",
                                null,
                                null,
                                UpdateConnectionAuthRequestParameters.builder()
                                        .basicAuthParameters(new UpdateConnectionBasicAuthRequestParameters(null, "x"))
                                        .build())));
    }

    @Test
    void aDeletedConnectionIsGone() {
        connect("partner", "BASIC", basic());
        var answer = calls.call(EventsModel.DELETE_CONNECTION, new DeleteConnectionRequest("partner"));
        assertThat(answer.connectionState()).isEqualTo("DELETING");
        reopen(DestinationsConfig.DEFAULTS);
        assertThat(calls.call(EventsModel.LIST_CONNECTIONS, new ListConnectionsRequest(null, null, null, null))
                        .connections())
                .isEmpty();
    }

    @Test
    void connectionsAreListedByPrefixStateAndPage() {
        connect("a1", "BASIC", basic());
        connect("a2", "OAUTH_CLIENT_CREDENTIALS", oauth("POST", null));
        connect("b1", "API_KEY", apiKey());
        assertThat(names(new ListConnectionsRequest("a", null, null, null))).containsExactly("a1", "a2");
        assertThat(names(new ListConnectionsRequest(null, "AUTHORIZING", null, null)))
                .containsExactly("a2");
        var first = calls.call(EventsModel.LIST_CONNECTIONS, new ListConnectionsRequest(null, null, null, 2));
        assertThat(names(new ListConnectionsRequest(null, null, first.nextToken(), 2)))
                .containsExactly("b1");
        assertThat(calls.in(new Scope("222222222222", "us-east-1"))
                        .call(EventsModel.LIST_CONNECTIONS, new ListConnectionsRequest(null, null, null, null))
                        .connections())
                .isEmpty();
    }

    private List<String> names(ListConnectionsRequest asked) {
        return Objects.requireNonNull(
                        calls.call(EventsModel.LIST_CONNECTIONS, asked).connections())
                .stream()
                .map(Connection::name)
                .map(Objects::requireNonNull)
                .toList();
    }

    @Test
    void aDestinationIsDescribedAsItWasCreated() {
        var connection = connect("partner", "BASIC", basic());
        var arn = destination("orders", connection, "https://example.com/v1/*/items", "POST");
        assertThat(arn).matches("arn:aws:events:us-east-1:111111111111:api-destination/orders/[-0-9a-f]{36}");
        var described = calls.call(EventsModel.DESCRIBE_API_DESTINATION, new DescribeApiDestinationRequest("orders"));
        assertThat(described.apiDestinationState()).isEqualTo("ACTIVE");
        assertThat(described.invocationRateLimitPerSecond()).isEqualTo(300);
        assertThat(described.invocationEndpoint()).isEqualTo("https://example.com/v1/*/items");
        assertThat(described.connectionArn()).isEqualTo(connection);
    }

    @Test
    void aDestinationIsUpdatedInParts() {
        var connection = connect("partner", "BASIC", basic());
        var other = connect("other", "API_KEY", apiKey());
        destination("orders", connection, "https://example.com/v1", "POST");
        clock.advance(Duration.ofSeconds(9));
        calls.call(
                EventsModel.UPDATE_API_DESTINATION,
                new UpdateApiDestinationRequest("orders", null, other, null, "PUT", 5));
        var described = calls.call(EventsModel.DESCRIBE_API_DESTINATION, new DescribeApiDestinationRequest("orders"));
        assertThat(described.connectionArn()).isEqualTo(other);
        assertThat(described.httpMethod()).isEqualTo("PUT");
        assertThat(described.invocationRateLimitPerSecond()).isEqualTo(5);
        assertThat(described.invocationEndpoint()).isEqualTo("https://example.com/v1");
        assertThat(described.lastModifiedTime()).isEqualTo(clock.instant());
    }

    @Test
    void destinationErrorsReadAsTheServicesOwn() {
        var connection = connect("partner", "BASIC", basic());
        destination("orders", connection, "https://example.com/", "POST");
        refused(
                "ResourceAlreadyExistsException",
                "An api-destination 'orders' already exists.",
                () -> destination("orders", connection, "https://example.com/", "POST"));
        var missing = "Failed to describe the api-destination(s). An api-destination 'nope' does not exist.";
        refused(
                "ResourceNotFoundException",
                missing,
                () -> calls.call(EventsModel.DESCRIBE_API_DESTINATION, new DescribeApiDestinationRequest("nope")));
        refused(
                "ResourceNotFoundException",
                missing,
                () -> calls.call(EventsModel.DELETE_API_DESTINATION, new DeleteApiDestinationRequest("nope")));
        var gone = connection.substring(0, connection.length() - 1) + "f";
        refused(
                "ResourceNotFoundException",
                "Connection '" + gone + "' does not exist.",
                () -> destination("second", gone, "https://example.com/", "POST"));
    }

    @ParameterizedTest
    @CsvSource({
        "ftp://example.com/, its scheme is not http or https.",
        "file:/etc/passwd, its scheme is not http or https.",
        "example.com/path, its scheme is not http or https.",
        "https:///path, it has no valid host.",
        "https://under_score/path, it has no valid host.",
        "https://ada:secret@example.com/, it must not have a user or a fragment.",
    })
    void onlyUrlsThatCanBeCalledAreTaken(String url, String reason) {
        var connection = connect("partner", "BASIC", basic());
        refused(
                "ValidationException",
                "Parameter InvocationEndpoint is not valid. Reason: " + reason,
                () -> destination("orders", connection, url, "POST"));
    }

    @Test
    void plainHttpIsRefusedWhereTheSettingSaysSo() {
        reopen(DestinationsConfig.DEFAULTS.with(false, true));
        var connection = connect("partner", "BASIC", basic());
        refused(
                "ValidationException",
                "Parameter InvocationEndpoint is not valid. Reason: its scheme is not https.",
                () -> destination("orders", connection, "http://example.com/", "POST"));
    }

    @Test
    void destinationsAreListedByPrefixAndConnection() {
        var one = connect("one", "BASIC", basic());
        var two = connect("two", "BASIC", basic());
        destination("a1", one, "https://example.com/", "POST");
        destination("a2", two, "https://example.com/", "POST");
        destination("b1", one, "https://example.com/", "POST");
        assertThat(destinationNames(new ListApiDestinationsRequest("a", null, null, null)))
                .containsExactly("a1", "a2");
        assertThat(destinationNames(new ListApiDestinationsRequest(null, one, null, null)))
                .containsExactly("a1", "b1");
        calls.call(EventsModel.DELETE_API_DESTINATION, new DeleteApiDestinationRequest("a1"));
        assertThat(destinationNames(new ListApiDestinationsRequest(null, one, null, null)))
                .containsExactly("b1");
    }

    private List<String> destinationNames(ListApiDestinationsRequest asked) {
        return Objects.requireNonNull(
                        calls.call(EventsModel.LIST_API_DESTINATIONS, asked).apiDestinations())
                .stream()
                .map(ApiDestination::name)
                .map(Objects::requireNonNull)
                .toList();
    }

    @Test
    void thereAreOnlySoMany() {
        var few = DestinationsConfig.DEFAULTS;
        reopen(new DestinationsConfig(
                few.local(), few.forwardTrace(), few.timeout(), few.maxAnswerBytes(), few.maxRateWait(), 1));
        var connection = connect("one", "BASIC", basic());
        var tooMany = "The requested resource exceeds the maximum number allowed.";
        refused("LimitExceededException", tooMany, () -> connect("two", "BASIC", basic()));
        destination("one", connection, "https://example.com/", "POST");
        refused(
                "LimitExceededException",
                tooMany,
                () -> destination("two", connection, "https://example.com/", "POST"));
    }

    @Test
    void nothingThatHoldsASecretPrintsIt() {
        var request = new CreateConnectionRequest("partner", null, "BASIC", basic());
        assertThat(request.toString()).doesNotContain("hunter2");
        var oauth = new Authorization.OAuth("https://a/", "POST", "client", "s3cret", Extras.NONE);
        var extras = new Extras(List.of(new Extras.Extra("X", "s3cret", true)), List.of(), List.of());
        assertThat(new Credentials(oauth, extras).toString()).doesNotContain("s3cret");
        assertThat(new Credentials(new Authorization.ApiKey("k", "s3cret"), extras).toString())
                .doesNotContain("s3cret");
        assertThat(new Authorization.Basic("ada", "s3cret").toString()).doesNotContain("s3cret");
        assertThat(new Tokens.Grant.Granted("s3cret").toString()).doesNotContain("s3cret");
        assertThat(new CreateConnectionBasicAuthRequestParameters("ada", "s3cret").toString())
                .doesNotContain("s3cret");
    }

    @Test
    void aDestinationNeedsNoRate() {
        var connection = connect("partner", "BASIC", basic());
        destination(CreateApiDestinationRequest.builder()
                .name("slow")
                .connectionArn(connection)
                .invocationEndpoint("https://example.com/")
                .httpMethod("GET")
                .invocationRateLimitPerSecond(7));
        assertThat(calls.call(EventsModel.DESCRIBE_API_DESTINATION, new DescribeApiDestinationRequest("slow"))
                        .invocationRateLimitPerSecond())
                .isEqualTo(7);
        refused(
                "ResourceNotFoundException",
                "Failed to describe the connection(s). Connection 'x' does not exist.",
                () -> calls.call(EventsModel.DESCRIBE_CONNECTION, new DescribeConnectionRequest("x")));
    }
}
