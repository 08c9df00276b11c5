// SPDX-License-Identifier: Apache-2.0
package dev.clew.gateway.definition;

import dev.clew.gateway.api.GatewayResponse;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The kinds of errors that a stage answers itself: the types of gateway responses. */
public enum ErrorType {
    ACCESS_DENIED(403, "User is not authorized to access this resource", "AccessDeniedException"),
    API_CONFIGURATION_ERROR(500, "Internal server error", "InternalServerErrorException"),
    AUTHORIZER_CONFIGURATION_ERROR(500, "Internal server error", "InternalServerErrorException"),
    AUTHORIZER_FAILURE(500, "Internal server error", "InternalServerErrorException"),
    BAD_REQUEST_BODY(400, "Invalid request body", "BadRequestException"),
    BAD_REQUEST_PARAMETERS(400, "Invalid request parameters", "BadRequestException"),
    /** Stands for every type of a 4xx error that is not customized itself; keeps their statuses. */
    DEFAULT_4XX(0, null, ""),
    /** Stands for every type of a 5xx error that is not customized itself; keeps their statuses. */
    DEFAULT_5XX(0, null, ""),
    EXPIRED_TOKEN(403, "The security token included in the request is expired", "ExpiredTokenException"),
    INTEGRATION_FAILURE(504, "Network error communicating with endpoint", "InternalServerErrorException"),
    INTEGRATION_TIMEOUT(504, "Endpoint request timed out", "InternalServerErrorException"),
    INVALID_API_KEY(403, "Forbidden", "ForbiddenException"),
    INVALID_SIGNATURE(
            403,
            "The request signature we calculated does not match the signature you provided",
            "InvalidSignatureException"),
    MISSING_AUTHENTICATION_TOKEN(403, "Missing Authentication Token", "MissingAuthenticationTokenException"),
    QUOTA_EXCEEDED(429, "Limit Exceeded", "LimitExceededException"),
    REQUEST_TOO_LARGE(413, "Request Too Long", "RequestTooLargeException"),
    RESOURCE_NOT_FOUND(404, "Resource Not Found", "ResourceNotFoundException"),
    THROTTLED(429, "Too Many Requests", "TooManyRequestsException"),
    UNAUTHORIZED(401, "Unauthorized", "UnauthorizedException"),
    UNSUPPORTED_MEDIA_TYPE(415, "Unsupported Media Type", "BadRequestException"),
    WAF_FILTERED(403, "Forbidden", "WafFilteredException");

    /** What a type that nobody customized answers with. */
    public static final String DEFAULT_TEMPLATE = "{\"message\":$context.error.messageString}";

    private final int status;
    private final @Nullable String message;
    private final String code;

    ErrorType(int status, @Nullable String message, String code) {
        this.status = status;
        this.message = message;
        this.code = code;
    }

    /** The HTTP status unless customized; 0 for the two defaults, which keep that of the error they stand for. */
    public int status() {
        return status;
    }

    /** The message unless the error brings one of its own; null for the two defaults. */
    public @Nullable String message() {
        return message;
    }

    /** The value of {@code x-amzn-ErrorType}. */
    public String code() {
        return code;
    }

    /** The type that stands for errors of this status whose own type is not customized. */
    public static ErrorType fallback(int errorStatus) {
        return errorStatus >= 500 ? DEFAULT_5XX : DEFAULT_4XX;
    }

    /** This type as clients see it while nobody has customized it. */
    public GatewayResponse uncustomized() {
        return GatewayResponse.builder()
                .responseType(name())
                .statusCode(status == 0 ? null : Integer.toString(status))
                .responseParameters(Map.of())
                .responseTemplates(Map.of("application/json", DEFAULT_TEMPLATE))
                .defaultResponse(true)
                .build();
    }
}
