// SPDX-License-Identifier: Apache-2.0
package dev.clew.identity.sts;

import dev.clew.core.Arn;
import dev.clew.wire.Call;
import dev.clew.wire.auth.CredentialStore;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The root key pair of the server, and the sessions issued.
 *
 * <p>Where nobody verifies signatures, any other key is the root user of the server's account, but twelve digits are the
 * root user of the account they spell, so that tests can have accounts of their own.
 */
final class KnownCredentials implements CredentialStore {
    private static final Pattern ACCOUNT = Pattern.compile("\\d{12}");

    private final String account;
    private final Credential root;
    private final Sessions sessions;

    KnownCredentials(String account, String accessKeyId, String secretAccessKey, Sessions sessions) {
        this.account = account;
        this.root = new Credential(accessKeyId, secretAccessKey, null, root(account, accessKeyId), null);
        this.sessions = sessions;
    }

    @Override
    public Optional<Credential> find(String accessKeyId) {
        return accessKeyId.equals(root.accessKeyId())
                ? Optional.of(root)
                : sessions.find(accessKeyId).map(StoredSession::credential);
    }

    @Override
    public Call.Caller unverified(String accessKeyId) {
        return sessions.find(accessKeyId)
                .map(StoredSession::identity)
                .orElseGet(() -> root(ACCOUNT.matcher(accessKeyId).matches() ? accessKeyId : account, accessKeyId));
    }

    private static Call.Caller root(String account, String accessKeyId) {
        return new Call.Caller(Arn.of("iam", "", account, "root"), account, accessKeyId);
    }
}
