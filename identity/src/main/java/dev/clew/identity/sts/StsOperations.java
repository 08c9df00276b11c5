// SPDX-License-Identifier: Apache-2.0
package dev.clew.identity.sts;

import dev.clew.identity.api.sts.Credentials;
import dev.clew.identity.api.sts.GetAccessKeyInfoRequest;
import dev.clew.identity.api.sts.GetAccessKeyInfoResponse;
import dev.clew.identity.api.sts.GetCallerIdentityRequest;
import dev.clew.identity.api.sts.GetCallerIdentityResponse;
import dev.clew.identity.api.sts.GetSessionTokenRequest;
import dev.clew.identity.api.sts.GetSessionTokenResponse;
import dev.clew.wire.Call;
import dev.clew.wire.auth.CredentialStore;
import java.time.Duration;

/** The operations of STS beside {@link AssumeRole}. */
final class StsOperations {
    /** Root users get an hour at most, however much they ask for. */
    private static final int MOST_ROOT_SECONDS = 3_600;

    private final Sessions sessions;
    private final CredentialStore credentials;

    StsOperations(Sessions sessions, CredentialStore credentials) {
        this.sessions = sessions;
        this.credentials = credentials;
    }

    GetCallerIdentityResponse getCallerIdentity(GetCallerIdentityRequest input, Call call) {
        var caller = call.caller();
        return new GetCallerIdentityResponse(
                caller.userId(), caller.arn().account(), caller.arn().toString());
    }

    GetAccessKeyInfoResponse getAccessKeyInfo(GetAccessKeyInfoRequest input, Call call) {
        return new GetAccessKeyInfoResponse(
                credentials.unverified(input.accessKeyId()).arn().account());
    }

    GetSessionTokenResponse getSessionToken(GetSessionTokenRequest input, Call call) {
        var caller = call.caller();
        if (sessions.find(caller.accessKeyId()).isPresent()) {
            throw AssumeRole.denied("Cannot call GetSessionToken with session credentials");
        }
        if (input.serialNumber() != null || input.tokenCode() != null) {
            throw AssumeRole.denied("MultiFactorAuthentication failed with invalid MFA one time pass code.");
        }
        int asked = input.durationSeconds() == null ? MOST_ROOT_SECONDS : input.durationSeconds();
        var issued = sessions.issue(
                caller.arn().toString(),
                caller.userId(),
                Duration.ofSeconds(Math.min(asked, MOST_ROOT_SECONDS)),
                StoredSession.Limits.NONE);
        return new GetSessionTokenResponse(credentials(issued));
    }

    static Credentials credentials(StoredSession session) {
        return new Credentials(
                session.accessKeyId(), session.secretAccessKey(), session.sessionToken(), session.expiration());
    }
}
