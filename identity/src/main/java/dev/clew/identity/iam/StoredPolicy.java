// SPDX-License-Identifier: Apache-2.0
package dev.clew.identity.iam;

import dev.clew.identity.api.iam.Tag;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A managed policy as it is stored.
 *
 * @param account its owner; {@code aws} for those that AWS manages
 * @param id unique, {@code ANPA…}
 * @param defaultVersion the version that is in force
 * @param latest number of the newest version ever made; numbers are not used again
 */
record StoredPolicy(
        String account,
        String path,
        String name,
        String id,
        Instant created,
        Instant updated,
        @Nullable String description,
        List<Tag> tags,
        String defaultVersion,
        int latest,
        List<Version> versions) {
    static final String AWS = "aws";

    StoredPolicy {
        tags = List.copyOf(tags);
        versions = List.copyOf(versions);
    }

    /** One version: {@code v1}, and its document. */
    record Version(String id, String document, Instant created) {}

    String arn() {
        return "arn:aws:iam::" + account + ":policy" + path + name;
    }

    Optional<Version> version(String id) {
        return versions.stream().filter(version -> version.id().equals(id)).findFirst();
    }

    /** The version in force. */
    Version current() {
        return version(defaultVersion).orElseThrow();
    }

    StoredPolicy tagged(List<Tag> changed) {
        return new StoredPolicy(
                account, path, name, id, created, updated, description, changed, defaultVersion, latest, versions);
    }

    StoredPolicy revised(Instant now, String newDefault, int newLatest, List<Version> changed) {
        return new StoredPolicy(
                account, path, name, id, created, now, description, tags, newDefault, newLatest, changed);
    }
}
