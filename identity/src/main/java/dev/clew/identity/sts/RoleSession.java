// SPDX-License-Identifier: Apache-2.0
package dev.clew.identity.sts;

import dev.clew.identity.iam.StoredRole;

/** How a session of a role is called. */
final class RoleSession {
    private RoleSession() {}

    /** The role's path is not part of it. */
    static String arn(StoredRole role, String session) {
        return "arn:aws:sts::" + role.account() + ":assumed-role/" + role.name() + '/' + session;
    }

    static String userId(StoredRole role, String session) {
        return role.id() + ':' + session;
    }
}
