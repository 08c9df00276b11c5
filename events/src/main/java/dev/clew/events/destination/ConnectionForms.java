// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.destination;

import dev.clew.events.api.ConnectionApiKeyAuthResponseParameters;
import dev.clew.events.api.ConnectionAuthResponseParameters;
import dev.clew.events.api.ConnectionBasicAuthResponseParameters;
import dev.clew.events.api.ConnectionBodyParameter;
import dev.clew.events.api.ConnectionHeaderParameter;
import dev.clew.events.api.ConnectionHttpParameters;
import dev.clew.events.api.ConnectionOAuthClientResponseParameters;
import dev.clew.events.api.ConnectionOAuthResponseParameters;
import dev.clew.events.api.ConnectionQueryStringParameter;
import dev.clew.events.api.CreateConnectionAuthRequestParameters;
import dev.clew.events.api.UpdateConnectionAuthRequestParameters;
import dev.clew.events.bus.Invalid;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Credentials as they are asked for, changed, and told: what is told holds no secret. */
final class ConnectionForms {
    private final boolean local;

    /** @param local whether authorization endpoints may be plain HTTP */
    ConnectionForms(boolean local) {
        this.local = local;
    }

    /** @throws dev.clew.wire.ServiceException unless the parameters are those of {@code type}, and no others */
    Credentials created(String type, CreateConnectionAuthRequestParameters asked) {
        onlyThoseOf(type, asked.basicAuthParameters(), asked.apiKeyAuthParameters(), asked.oAuthParameters());
        var basic = asked.basicAuthParameters();
        var key = asked.apiKeyAuthParameters();
        var oauth = asked.oAuthParameters();
        Authorization authorization;
        if (basic != null) {
            authorization = new Authorization.Basic(basic.username(), basic.password());
        } else if (key != null) {
            authorization = new Authorization.ApiKey(key.apiKeyName(), key.apiKeyValue());
        } else if (oauth != null) {
            authorization = new Authorization.OAuth(
                    Endpoint.checked("AuthorizationEndpoint", oauth.authorizationEndpoint(), local),
                    oauth.httpMethod(),
                    oauth.clientParameters().clientID(),
                    oauth.clientParameters().clientSecret(),
                    extras(oauth.oAuthHttpParameters()));
        } else {
            throw missing(type);
        }
        return new Credentials(authorization, extras(asked.invocationHttpParameters()));
    }

    /**
     * {@code old} with what is asked for replaced.
     *
     * @param old null if there are none any more: then everything must be asked for
     */
    Credentials updated(String type, @Nullable Credentials old, @Nullable UpdateConnectionAuthRequestParameters asked) {
        if (asked == null) {
            if (old == null || !old.authorization().type().equals(type)) {
                throw missing(type);
            }
            return old;
        }
        onlyThoseOf(type, asked.basicAuthParameters(), asked.apiKeyAuthParameters(), asked.oAuthParameters());
        var before = old != null && old.authorization().type().equals(type) ? old.authorization() : null;
        var invocation = asked.invocationHttpParameters() == null && old != null
                ? old.invocation()
                : extras(asked.invocationHttpParameters());
        return new Credentials(authorization(type, before, asked), invocation);
    }

    private Authorization authorization(
            String type, @Nullable Authorization before, UpdateConnectionAuthRequestParameters asked) {
        var basic = asked.basicAuthParameters();
        if (basic != null) {
            var known = before instanceof Authorization.Basic same ? same : null;
            return new Authorization.Basic(
                    either(basic.username(), known == null ? null : known.username(), "Username"),
                    either(basic.password(), known == null ? null : known.password(), "Password"));
        }
        var key = asked.apiKeyAuthParameters();
        if (key != null) {
            var known = before instanceof Authorization.ApiKey same ? same : null;
            return new Authorization.ApiKey(
                    either(key.apiKeyName(), known == null ? null : known.name(), "ApiKeyName"),
                    either(key.apiKeyValue(), known == null ? null : known.value(), "ApiKeyValue"));
        }
        var oauth = asked.oAuthParameters();
        if (oauth != null) {
            var known = before instanceof Authorization.OAuth same ? same : null;
            var client = oauth.clientParameters();
            var endpoint = either(
                    oauth.authorizationEndpoint(), known == null ? null : known.endpoint(), "AuthorizationEndpoint");
            return new Authorization.OAuth(
                    Endpoint.checked("AuthorizationEndpoint", endpoint, local),
                    either(oauth.httpMethod(), known == null ? null : known.method(), "HttpMethod"),
                    either(
                            client == null ? null : client.clientID(),
                            known == null ? null : known.clientId(),
                            "ClientID"),
                    either(
                            client == null ? null : client.clientSecret(),
                            known == null ? null : known.clientSecret(),
                            "ClientSecret"),
                    oauth.oAuthHttpParameters() == null && known != null
                            ? known.parameters()
                            : extras(oauth.oAuthHttpParameters()));
        }
        if (before == null) {
            throw missing(type);
        }
        return before;
    }

    private static String either(@Nullable String asked, @Nullable String known, String name) {
        if (asked != null) {
            return asked;
        }
        if (known == null) {
            throw Invalid.request("Parameter AuthParameters is not valid. Reason: " + name + " is required.");
        }
        return known;
    }

    private static void onlyThoseOf(
            String type, @Nullable Object basic, @Nullable Object apiKey, @Nullable Object oauth) {
        boolean others = switch (type) {
            case Authorization.BASIC -> apiKey != null || oauth != null;
            case Authorization.API_KEY -> basic != null || oauth != null;
            default -> basic != null || apiKey != null;
        };
        if (others) {
            throw Invalid.request(
                    "Parameter AuthParameters is not valid. Reason: it holds parameters that do not belong"
                            + " to the authorization type " + type + ".");
        }
    }

    private static RuntimeException missing(String type) {
        var name = switch (type) {
            case Authorization.BASIC -> "BasicAuthParameters";
            case Authorization.API_KEY -> "ApiKeyAuthParameters";
            default -> "OAuthParameters";
        };
        return Invalid.request("Parameter AuthParameters is not valid. Reason: " + name
                + " is required for the authorization type " + type + ".");
    }

    private static Extras extras(@Nullable ConnectionHttpParameters asked) {
        if (asked == null) {
            return Extras.NONE;
        }
        return new Extras(
                all(asked.headerParameters(), extra -> extra(extra.key(), extra.value(), extra.isValueSecret())),
                all(asked.queryStringParameters(), extra -> extra(extra.key(), extra.value(), extra.isValueSecret())),
                all(asked.bodyParameters(), extra -> extra(extra.key(), extra.value(), extra.isValueSecret())));
    }

    private static Extras.Extra extra(@Nullable String key, @Nullable String value, @Nullable Boolean secret) {
        if (key == null || key.isEmpty()) {
            throw Invalid.request("Parameter AuthParameters is not valid. Reason: an HTTP parameter has no Key.");
        }
        return new Extras.Extra(key, value == null ? "" : value, Boolean.TRUE.equals(secret));
    }

    private static <F> List<Extras.Extra> all(@Nullable List<F> asked, Function<F, Extras.Extra> form) {
        return asked == null ? List.of() : asked.stream().map(form).toList();
    }

    /** What a description tells. */
    static ConnectionAuthResponseParameters told(Credentials credentials) {
        var told = ConnectionAuthResponseParameters.builder();
        if (!credentials.invocation().isEmpty()) {
            told.invocationHttpParameters(told(credentials.invocation()));
        }
        switch (credentials.authorization()) {
            case Authorization.Basic basic ->
                told.basicAuthParameters(new ConnectionBasicAuthResponseParameters(basic.username()));
            case Authorization.ApiKey key ->
                told.apiKeyAuthParameters(new ConnectionApiKeyAuthResponseParameters(key.name()));
            case Authorization.OAuth oauth ->
                told.oAuthParameters(new ConnectionOAuthResponseParameters(
                        new ConnectionOAuthClientResponseParameters(oauth.clientId()),
                        oauth.endpoint(),
                        oauth.method(),
                        oauth.parameters().isEmpty() ? null : told(oauth.parameters())));
        }
        return told.build();
    }

    private static ConnectionHttpParameters told(Extras extras) {
        return new ConnectionHttpParameters(
                orNull(extras.headers().stream()
                        .map(extra -> new ConnectionHeaderParameter(extra.key(), value(extra), extra.secret()))),
                orNull(extras.query().stream()
                        .map(extra -> new ConnectionQueryStringParameter(extra.key(), value(extra), extra.secret()))),
                orNull(extras.body().stream()
                        .map(extra -> new ConnectionBodyParameter(extra.key(), value(extra), extra.secret()))));
    }

    private static @Nullable String value(Extras.Extra extra) {
        return extra.secret() ? null : extra.value();
    }

    private static <T> @Nullable List<T> orNull(Stream<T> items) {
        var list = items.toList();
        return list.isEmpty() ? null : list;
    }
}
