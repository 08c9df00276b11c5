// SPDX-License-Identifier: Apache-2.0
package dev.clew.identity.sts;

import dev.clew.core.Arn;
import dev.clew.identity.api.sts.Tag;
import dev.clew.wire.Call;
import dev.clew.wire.auth.CredentialStore;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Issued credentials as they are stored. {@code toString} leaves the secrets out.
 *
 * @param caller ARN of whom they stand for
 * @param userId as GetCallerIdentity tells it
 * @param limits what was asked for when they were issued
 */
record StoredSession(
        String accessKeyId,
        String secretAccessKey,
        String sessionToken,
        String caller,
        String userId,
        Instant expiration,
        Limits limits) {
    /**
     * What limits or describes a session of a role.
     *
     * @param policy inline session policy, or null
     * @param policyArns managed session policies
     * @param transitive keys of the tags that pass on to further roles
     */
    record Limits(
            @Nullable String policy,
            List<String> policyArns,
            List<Tag> tags,
            List<String> transitive,
            @Nullable String sourceIdentity) {
        static final Limits NONE = new Limits(null, List.of(), List.of(), List.of(), null);

        Limits {
            policyArns = List.copyOf(policyArns);
            tags = List.copyOf(tags);
            transitive = List.copyOf(transitive);
        }
    }

    CredentialStore.Credential credential() {
        return new CredentialStore.Credential(accessKeyId, secretAccessKey, sessionToken, identity(), expiration);
    }

    Call.Caller identity() {
        return new Call.Caller(Arn.parse(caller).orElseThrow(), userId, accessKeyId);
    }

    @Override
    public String toString() {
        return "StoredSession[" + accessKeyId + " of " + caller + ", until " + expiration + ']';
    }
}
