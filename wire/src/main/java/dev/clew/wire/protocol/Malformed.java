// SPDX-License-Identifier: Apache-2.0
package dev.clew.wire.protocol;

import dev.clew.wire.ServiceException;
import dev.clew.wire.shape.Shape;
import dev.clew.wire.shape.Structure;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;

/** The errors of a request that does not have its model's form. */
final class Malformed {
    private static final int LONGEST_MESSAGE = 300;

    private Malformed() {}

    static ServiceException because(String message) {
        return ServiceException.client("SerializationException", 400, message);
    }

    static ServiceException unparseable(JacksonException e) {
        var reason = String.valueOf(e.getOriginalMessage());
        var shortened = reason.length() <= LONGEST_MESSAGE ? reason : reason.substring(0, LONGEST_MESSAGE) + "...";
        var location = e.getLocation();
        return because(
                location == null || location.getLineNr() < 0
                        ? "Could not parse request body: " + shortened
                        : "Could not parse request body (line " + location.getLineNr() + ", column "
                                + location.getColumnNr() + "): " + shortened);
    }

    /** A value of one type where the model wants another. */
    static ServiceException type(JsonToken found, Shape expected) {
        return switch (found) {
            case START_OBJECT -> because("Start of structure or map found where not expected.");
            case START_ARRAY -> because("Start of list found where not expected");
            case VALUE_TRUE, VALUE_FALSE -> type("java.lang.Boolean", expected);
            case VALUE_STRING -> type("java.lang.String", expected);
            case VALUE_NUMBER_INT -> type("java.lang.Long", expected);
            case VALUE_NUMBER_FLOAT -> type("java.lang.Double", expected);
            case VALUE_EMBEDDED_OBJECT -> type("java.nio.ByteBuffer", expected);
            case VALUE_NULL, END_OBJECT, END_ARRAY, PROPERTY_NAME, NOT_AVAILABLE ->
                because("Unexpected value where " + name(expected) + " was expected");
        };
    }

    /** A text that does not spell a value of the model's type. */
    static ServiceException text(Shape expected) {
        return type("java.lang.String", expected);
    }

    private static ServiceException type(String javaClass, Shape expected) {
        return because("class " + javaClass + " can not be converted to an " + name(expected));
    }

    private static String name(Shape expected) {
        return switch (expected) {
            case Shape.Text _ -> "String";
            case Shape.Blob _ -> "Blob";
            case Shape.Bool _ -> "Boolean";
            case Shape.Int _ -> "Integer";
            case Shape.Long64 _ -> "Long";
            case Shape.Real _ -> "Double";
            case Shape.Time _ -> "Timestamp";
            case Shape.ListOf _ -> "List";
            case Shape.MapOf _ -> "Map";
            case Shape.Document _ -> "Document";
            case Structure<?> _ -> "Structure";
        };
    }
}
