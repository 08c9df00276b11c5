// SPDX-License-Identifier: Apache-2.0
package dev.clew.wire.shape;

import java.util.function.Supplier;

/**
 * One member of a structure.
 *
 * @param name the model's name, for example {@code FunctionName}
 * @param wireName its name at its place: JSON key, XML element, header, query parameter, path label
 * @param queryName its name in awsQuery, in forms and XML alike; nearly always {@code wireName}
 * @param place where HTTP bindings put it; {@link Place#BODY} in protocols without bindings
 * @param required whether a request without it is invalid
 * @param target the member's shape; a supplier since shapes may be recursive
 */
public record Member(
        String name, String wireName, String queryName, Place place, boolean required, Supplier<Shape> target) {
    /** A member that awsQuery calls like everybody else. */
    public Member(String name, String wireName, Place place, boolean required, Supplier<Shape> target) {
        this(name, wireName, wireName, place, required, target);
    }

    /** Where a member travels. */
    public enum Place {
        /** In the body's document. */
        BODY,
        /** The body itself. */
        PAYLOAD,
        /** A label of the URI. */
        URI,
        /** A query parameter, or, for a map, every query parameter not otherwise bound. */
        QUERY,
        HEADER,
        /** Every header whose name begins with {@link #wireName}: a map. */
        HEADERS,
        /** The response's status code. */
        STATUS
    }

    public Shape shape() {
        return target.get();
    }
}
