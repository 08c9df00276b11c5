// SPDX-License-Identifier: Apache-2.0
package dev.clew.identity.iam;

import dev.clew.identity.api.iam.Tag;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A role as it is stored.
 *
 * @param path begins and ends with a slash
 * @param id unique, {@code AROA…}
 * @param trust policy that says who may assume it
 */
public record StoredRole(
        String account,
        String path,
        String name,
        String id,
        Instant created,
        String trust,
        Settings settings,
        List<Tag> tags,
        Policies policies) {
    public StoredRole {
        tags = List.copyOf(tags);
    }

    /**
     * What its owner may set at any time.
     *
     * @param boundary ARN of the policy that limits it, or null
     */
    public record Settings(
            @Nullable String description,
            int maxSessionSeconds,
            @Nullable String boundary) {
        Settings withDescription(@Nullable String text) {
            return new Settings(text, maxSessionSeconds, boundary);
        }

        Settings withMaxSession(int seconds) {
            return new Settings(description, seconds, boundary);
        }

        Settings withBoundary(@Nullable String arn) {
            return new Settings(description, maxSessionSeconds, arn);
        }
    }

    /**
     * What it may do.
     *
     * @param attached ARNs of managed policies
     * @param inline documents by name
     */
    public record Policies(List<String> attached, Map<String, String> inline) {
        static final Policies NONE = new Policies(List.of(), Map.of());

        public Policies {
            attached = List.copyOf(attached);
            inline = Collections.unmodifiableMap(new TreeMap<>(inline));
        }

        boolean none() {
            return attached.isEmpty() && inline.isEmpty();
        }
    }

    /** {@code arn:aws:iam::111111111111:role/path/name}. */
    public String arn() {
        return "arn:aws:iam::" + account + ":role" + path + name;
    }

    StoredRole trusting(String document) {
        return new StoredRole(account, path, name, id, created, document, settings, tags, policies);
    }

    StoredRole with(Settings changed) {
        return new StoredRole(account, path, name, id, created, trust, changed, tags, policies);
    }

    StoredRole tagged(List<Tag> changed) {
        return new StoredRole(account, path, name, id, created, trust, settings, changed, policies);
    }

    StoredRole with(Policies changed) {
        return new StoredRole(account, path, name, id, created, trust, settings, tags, changed);
    }
}
