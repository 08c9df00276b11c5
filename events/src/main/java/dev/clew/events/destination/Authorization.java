// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.destination;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** What an endpoint asks for. {@code toString} leaves secrets out. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Authorization.Basic.class, name = Authorization.BASIC),
    @JsonSubTypes.Type(value = Authorization.ApiKey.class, name = Authorization.API_KEY),
    @JsonSubTypes.Type(value = Authorization.OAuth.class, name = Authorization.OAUTH)
})
sealed interface Authorization {
    String BASIC = "BASIC";
    String API_KEY = "API_KEY";
    String OAUTH = "OAUTH_CLIENT_CREDENTIALS";

    /** A user and a password in the Authorization header. */
    record Basic(String username, String password) implements Authorization {
        @Override
        public String toString() {
            return "Basic[" + username + ']';
        }
    }

    /** A header of its own. */
    record ApiKey(String name, String value) implements Authorization {
        @Override
        public String toString() {
            return "ApiKey[" + name + ']';
        }
    }

    /**
     * A token that {@code endpoint} grants to the client.
     *
     * @param parameters what the request for a token carries beside the client's id and secret
     */
    record OAuth(String endpoint, String method, String clientId, String clientSecret, Extras parameters)
            implements Authorization {
        @Override
        public String toString() {
            return "OAuth[" + clientId + " at " + endpoint + ']';
        }
    }

    /** Its name on the wire. */
    default String type() {
        return switch (this) {
            case Basic _ -> BASIC;
            case ApiKey _ -> API_KEY;
            case OAuth _ -> OAUTH;
        };
    }
}
