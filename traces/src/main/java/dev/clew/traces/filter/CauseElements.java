// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.filter;

import dev.clew.traces.digest.TraceDigest.CauseEntity;
import dev.clew.traces.digest.TraceDigest.CauseException;
import dev.clew.traces.digest.TraceDigest.CauseService;
import dev.clew.traces.digest.TraceDigest.RootCause;
import dev.clew.traces.filter.Expression.CausePart;
import dev.clew.traces.filter.Subjects.OfCause;
import java.util.ArrayList;
import java.util.List;

/** The lists of a root cause that expressions look through. */
final class CauseElements {
    private CauseElements() {}

    /** @param firstIndex what {@code index} says of the first element */
    static List<OfCause> of(RootCause cause, CausePart part, int firstIndex) {
        return switch (part) {
            case SERVICE -> numbered(cause.services(), firstIndex, CauseElements::service);
            case ENTITY -> numbered(entities(cause), firstIndex, CauseElements::entity);
            case EXCEPTION ->
                numbered(
                        entities(cause).stream()
                                .flatMap(entity -> entity.exceptions().stream())
                                .toList(),
                        firstIndex,
                        CauseElements::exception);
        };
    }

    private static List<CauseEntity> entities(RootCause cause) {
        return cause.services().stream()
                .flatMap(service -> service.entityPath().stream())
                .toList();
    }

    private interface Numbered<T> {
        OfCause of(T element, int index, boolean first, boolean last);
    }

    private static <T> List<OfCause> numbered(List<T> elements, int firstIndex, Numbered<T> numbered) {
        var subjects = new ArrayList<OfCause>(elements.size());
        for (int i = 0; i < elements.size(); i++) {
            subjects.add(numbered.of(elements.get(i), firstIndex + i, i == 0, i == elements.size() - 1));
        }
        return subjects;
    }

    private static OfCause service(CauseService service, int index, boolean first, boolean last) {
        return new OfCause(
                service.node().name(),
                service.node().type(),
                null,
                service.inferred(),
                false,
                Double.NaN,
                index,
                first,
                last);
    }

    private static OfCause entity(CauseEntity entity, int index, boolean first, boolean last) {
        double coverage = entity.coverage() == null ? Double.NaN : entity.coverage();
        return new OfCause(entity.name(), null, null, false, entity.remote(), coverage, index, first, last);
    }

    private static OfCause exception(CauseException thrown, int index, boolean first, boolean last) {
        return new OfCause(thrown.name(), null, thrown.message(), false, false, Double.NaN, index, first, last);
    }
}
