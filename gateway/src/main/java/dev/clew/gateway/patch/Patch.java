// SPDX-License-Identifier: Apache-2.0
package dev.clew.gateway.patch;

import static dev.clew.gateway.api.ApigatewayErrors.badRequestException;

import dev.clew.gateway.api.PatchOperation;
import dev.clew.wire.shape.Structure;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The patch operations that one kind of resource understands. What a path means and how its value is spelled follow from
 * the structure; which paths may change is stated here. Immutable.
 *
 * @param <T> the record that is patched
 */
public final class Patch<T> {
    private static final Set<String> REPLACE = Set.of("replace");
    private static final Set<String> EDIT = Set.of("replace", "remove");
    private static final Set<String> ENTRY = Set.of("add", "replace", "remove");

    private final Structure<T> structure;
    private final List<Allowed> allowed;

    private record Allowed(PatchPath template, Set<String> operations) {}

    private Patch(Structure<T> structure, List<Allowed> allowed) {
        this.structure = structure;
        this.allowed = List.copyOf(allowed);
    }

    public static <T> Builder<T> of(Structure<T> structure) {
        return new Builder<>(structure);
    }

    /**
     * {@code record} after {@code operations}, one by one. Nothing happens if any of them is refused.
     *
     * @throws dev.clew.wire.ServiceException BadRequestException that names the path or value refused
     */
    public T apply(T record, @Nullable List<PatchOperation> operations) {
        T patched = record;
        for (var operation : operations == null ? List.<PatchOperation>of() : operations) {
            patched = apply(patched, operation);
        }
        return patched;
    }

    /** {@link #apply(Object, List)} for one operation. */
    public T apply(T record, PatchOperation operation) {
        var verb = Objects.requireNonNullElse(operation.op(), "");
        var path = PatchPath.parse(Objects.requireNonNullElse(operation.path(), ""));
        check(verb, path);
        return Edit.of(verb, path, operation.value()).apply(structure, record);
    }

    private void check(String verb, PatchPath path) {
        var known = allowed.stream().filter(entry -> path.fits(entry.template)).toList();
        if (known.stream().anyMatch(entry -> entry.operations.contains(verb))) {
            return;
        }
        if (!known.isEmpty()) {
            throw badRequestException("Invalid patch operation specified. Must be one of: "
                    + known.stream()
                            .flatMap(entry -> entry.operations.stream())
                            .sorted()
                            .toList());
        }
        var paths = allowed.stream()
                .filter(entry -> entry.operations.contains(verb))
                .map(entry -> entry.template.text())
                .toList();
        // two blanks after "path", as the service itself writes it
        throw badRequestException("Invalid patch path  '" + path.text() + "' specified for op '" + verb + "'. "
                + (paths.isEmpty() ? "Please choose supported operations" : "Must be one of: " + paths));
    }

    /** Collects what may be patched. Not safe for use by many threads. */
    public static final class Builder<T> {
        private final Structure<T> structure;
        private final List<Allowed> allowed = new ArrayList<>();

        private Builder(Structure<T> structure) {
            this.structure = structure;
        }

        /** Values that always exist: {@code replace} only. */
        public Builder<T> replace(String... templates) {
            return allow(REPLACE, templates);
        }

        /** Values that may be absent: {@code replace} and {@code remove}. */
        public Builder<T> edit(String... templates) {
            return allow(EDIT, templates);
        }

        /** Entries of maps and lists: {@code add}, {@code replace} and {@code remove}. */
        public Builder<T> entries(String... templates) {
            return allow(ENTRY, templates);
        }

        private Builder<T> allow(Set<String> operations, String... templates) {
            for (var template : templates) {
                allowed.add(new Allowed(PatchPath.parse(template), operations));
            }
            return this;
        }

        public Patch<T> build() {
            return new Patch<>(structure, allowed);
        }
    }
}
