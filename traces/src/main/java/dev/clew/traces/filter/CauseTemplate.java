// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.filter;

import dev.clew.traces.digest.TraceDigest;
import java.util.List;
import java.util.Objects;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.json.JsonMapper;

/** What a root cause must look like: members that are null may be anything, lists must agree element by element. */
public record CauseTemplate(
        @Nullable Boolean clientImpacting, @Nullable List<Service> services) {
    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.UPPER_CAMEL_CASE)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .build();

    public CauseTemplate {
        services = copy(services);
    }

    private static <T> @Nullable List<T> copy(@Nullable List<T> list) {
        return list == null ? null : List.copyOf(list);
    }

    /**
     * The template that {@code json}, a list of one, spells.
     *
     * @throws IllegalArgumentException with a message for people
     */
    static CauseTemplate parse(String json) {
        List<@Nullable CauseTemplate> templates;
        try {
            templates = JSON.readValue(json, new TypeReference<>() {});
        } catch (UnrecognizedPropertyException e) {
            throw new IllegalArgumentException("Unknown member '" + e.getPropertyName() + "'", e);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("Not a root cause in JSON", e);
        }
        if (templates.size() != 1 || templates.getFirst() == null) {
            throw new IllegalArgumentException("Not one root cause in JSON");
        }
        return Objects.requireNonNull(templates.getFirst());
    }

    boolean matches(TraceDigest.RootCause cause) {
        return fits(clientImpacting, cause.clientImpacting()) && fits(services, cause.services(), Service::matches);
    }

    private static boolean fits(@Nullable Object template, @Nullable Object fact) {
        return template == null || template.equals(fact);
    }

    private static <T, F> boolean fits(@Nullable List<T> templates, List<F> facts, BiPredicate<T, F> matches) {
        if (templates == null) {
            return true;
        }
        if (templates.size() != facts.size()) {
            return false;
        }
        for (int i = 0; i < facts.size(); i++) {
            if (!matches.test(templates.get(i), facts.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** A service on the path. */
    public record Service(
            @Nullable String name,
            @Nullable List<String> names,
            @Nullable String type,
            @Nullable String accountId,
            @Nullable Boolean inferred,
            @Nullable List<Entity> entityPath) {
        public Service {
            names = copy(names);
            entityPath = copy(entityPath);
        }

        boolean matches(TraceDigest.CauseService service) {
            return fits(name, service.node().name())
                    && fits(names, List.of(service.node().name()))
                    && fits(type, service.node().type())
                    && fits(accountId, service.node().account())
                    && fits(inferred, service.inferred())
                    && fits(entityPath, service.entityPath(), Entity::matches);
        }
    }

    /** An entity of a service. */
    public record Entity(
            @Nullable String name,
            @Nullable Double coverage,
            @Nullable Boolean remote,
            @Nullable List<Thrown> exceptions) {
        public Entity {
            exceptions = copy(exceptions);
        }

        boolean matches(TraceDigest.CauseEntity entity) {
            return fits(name, entity.name())
                    && fits(coverage, entity.coverage())
                    && fits(remote, entity.remote())
                    && fits(exceptions, entity.exceptions(), Thrown::matches);
        }
    }

    /** An exception of an entity. */
    public record Thrown(@Nullable String name, @Nullable String message) {
        boolean matches(TraceDigest.CauseException thrown) {
            return fits(name, thrown.name()) && fits(message, thrown.message());
        }
    }
}
