// SPDX-License-Identifier: Apache-2.0
package dev.clew.gateway.mapping;

import org.jspecify.annotations.Nullable;

/** What expressions may refer to: the values of one request on its way through a stage. Null where there is none. */
public interface RequestValues {
    /** Value of a request header, in any case of its name. */
    @Nullable
    String header(String name);

    /** Decoded value of a query parameter. */
    @Nullable
    String query(String name);

    /** Decoded value of a path parameter. */
    @Nullable
    String path(String name);

    /** A {@code $context} variable, for example {@code identity.sourceIp}. */
    @Nullable
    String context(String variable);

    @Nullable
    String stageVariable(String name);
}
