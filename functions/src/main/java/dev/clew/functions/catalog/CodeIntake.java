// SPDX-License-Identifier: Apache-2.0
package dev.clew.functions.catalog;

import dev.clew.functions.api.LambdaErrors;
import dev.clew.wire.ServiceException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes the code that a caller hands in: checks it, and unpacks it so that the first invocation need not. */
final class CodeIntake {
    private static final int MAX_ZIPPED = 52_428_800;

    private final CodeStore codes;

    CodeIntake(CodeStore codes) {
        this.codes = codes;
    }

    /**
     * Where code comes from; at most one of the three is there.
     *
     * @param bucket name of a bucket, of which there are none here
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    record Source(
            byte @Nullable [] zip,
            @Nullable String bucket,
            @Nullable String imageUri) {}

    /**
     * The package that {@code source} makes.
     *
     * @param architectures as the caller gave them, or null for the default
     * @throws ServiceException if it is missing, broken or too large
     */
    CodePackage take(Source source, @Nullable List<String> architectures) {
        var architecture = architectures == null ? "x86_64" : architectures.getFirst();
        if (!architecture.equals("x86_64") && !architecture.equals("arm64")) {
            throw ServiceException.client(
                    "ValidationException",
                    400,
                    "1 validation error detected: Value '[" + architecture
                            + "]' at 'architectures' failed to satisfy constraint: Member must satisfy constraint: "
                            + "[Member must satisfy enum value set: [x86_64, arm64]]");
        }
        if (source.imageUri() != null) {
            var hash = sha256(source.imageUri().getBytes(StandardCharsets.UTF_8));
            return new CodePackage(hash, 0, architecture, source.imageUri());
        }
        if (source.zip() != null) {
            return unpack(source.zip(), architecture);
        }
        throw LambdaErrors.invalidParameterValueException(
                source.bucket() == null
                        ? "Please provide a source for function code."
                        : "Error occurred while GetObject. S3 Error Code: NoSuchBucket. "
                                + "S3 Error Message: The specified bucket does not exist");
    }

    private CodePackage unpack(byte[] zip, String architecture) {
        if (zip.length >= MAX_ZIPPED) {
            throw ServiceException.client(
                    "RequestEntityTooLargeException", 413, "Zipped size must be smaller than " + MAX_ZIPPED + " bytes");
        }
        var code = new CodePackage(sha256(zip), zip.length, architecture, null);
        try {
            codes.unpack(code.id(), zip);
        } catch (IOException e) {
            throw ServiceException.server("ServiceException", 500, "The package could not be written to disk.");
        }
        return code;
    }

    private static String sha256(byte[] bytes) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }
}
