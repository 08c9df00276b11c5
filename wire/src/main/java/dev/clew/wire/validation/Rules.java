// SPDX-License-Identifier: Apache-2.0
package dev.clew.wire.validation;

import dev.clew.wire.shape.Shape;
import java.util.ArrayList;

/** The wording of constraints. */
final class Rules {
    static final String MAX_VALUE = "Member must have value less than or equal to ";
    static final String MIN_VALUE = "Member must have value greater than or equal to ";

    /** A text too long for its model is matched with the model's pattern only up to this length. */
    static final int LONGEST_MATCHED = 4_096;

    private Rules() {}

    static String maxLength(int max) {
        return "Member must have length less than or equal to " + max;
    }

    static String minLength(int min) {
        return "Member must have length greater than or equal to " + min;
    }

    static String pattern(Shape.Text shape) {
        return "Member must satisfy regular expression pattern: " + shape.pattern();
    }

    static String values(Shape.Text shape) {
        return "Member must satisfy enum value set: " + shape.values();
    }

    /** Every constraint of the elements of a list or map. */
    static String all(Shape.Text shape) {
        var rules = new ArrayList<String>();
        if (shape.max() < Integer.MAX_VALUE) {
            rules.add(maxLength(shape.max()));
            rules.add(minLength(shape.min()));
        } else if (shape.min() > 0) {
            rules.add(minLength(shape.min()));
        }
        if (shape.pattern() != null) {
            rules.add(pattern(shape));
        }
        if (!shape.values().isEmpty()) {
            rules.add(values(shape));
        }
        return rules.toString();
    }

    static String number(double bound) {
        return bound == Math.rint(bound) && Math.abs(bound) < 1e15
                ? Long.toString((long) bound)
                : Double.toString(bound);
    }
}
