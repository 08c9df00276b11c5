// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.filter;

import java.util.List;

/** What an expression is about at some place: a trace, a request, a part of a root cause. */
interface Subject {
    /** @param keyword of kind FLAG that may stand in this place */
    boolean flag(Keyword keyword);

    /** NaN if the fact is missing. */
    double number(Keyword keyword);

    /** Empty if the fact is missing; more than one for what a trace may have several of. */
    List<String> texts(Keyword keyword);
}
