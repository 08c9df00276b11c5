// SPDX-License-Identifier: Apache-2.0
package dev.clew.gateway.definition;

import dev.clew.core.Scope;

/** Which API: account and region, and the API's id. */
public record ApiKey(Scope scope, String id) {
    /** The stored key of the API itself. */
    String text() {
        return scope.key() + '/' + id;
    }

    /** The stored key of something that belongs to the API: a resource, a deployment, a stage. */
    String part(String partId) {
        return prefix() + partId;
    }

    /** What the stored keys of the API's parts begin with. */
    String prefix() {
        return text() + '/';
    }
}
