// SPDX-License-Identifier: Apache-2.0
package dev.clew.wire.auth;

import dev.clew.wire.ServiceModel.Protocol;
import dev.clew.wire.protocol.WireError;
import java.util.Map;

/** A request whose signature does not say who it comes from. Its code and status depend on the protocol. */
public final class SignatureException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Problem problem;

    SignatureException(Problem problem, String message) {
        super(message, null, false, false);
        this.problem = problem;
    }

    /** Kinds of problems, each with its codes and HTTP statuses. */
    enum Problem {
        MISSING("MissingAuthenticationTokenException", "MissingAuthenticationToken", 400, 403, 403),
        INCOMPLETE("IncompleteSignatureException", "IncompleteSignature", 400, 400, 400),
        UNKNOWN_KEY("UnrecognizedClientException", "InvalidClientTokenId", 400, 403, 403),
        MISMATCH("InvalidSignatureException", "SignatureDoesNotMatch", 400, 403, 403),
        EXPIRED_TOKEN("ExpiredTokenException", "ExpiredToken", 400, 403, 403);

        private final String code;
        private final String queryCode;
        private final int rpcStatus;
        private final int restStatus;
        private final int queryStatus;

        Problem(String code, String queryCode, int rpcStatus, int restStatus, int queryStatus) {
            this.code = code;
            this.queryCode = queryCode;
            this.rpcStatus = rpcStatus;
            this.restStatus = restStatus;
            this.queryStatus = queryStatus;
        }
    }

    /** The error as {@code protocol} tells it. */
    public WireError error(Protocol protocol) {
        int status = switch (protocol) {
            case AWS_JSON, RPC_V2_CBOR -> problem.rpcStatus;
            case REST_JSON -> problem.restStatus;
            case AWS_QUERY -> problem.queryStatus;
        };
        return new WireError(
                problem.code, problem.queryCode, status, false, "message", String.valueOf(getMessage()), Map.of());
    }
}
