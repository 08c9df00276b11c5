// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.account;

import dev.clew.traces.api.EncryptionConfig;
import dev.clew.traces.api.GetEncryptionConfigRequest;
import dev.clew.traces.api.GetEncryptionConfigResult;
import dev.clew.traces.api.GetTraceSegmentDestinationRequest;
import dev.clew.traces.api.GetTraceSegmentDestinationResult;
import dev.clew.traces.api.PutEncryptionConfigRequest;
import dev.clew.traces.api.PutEncryptionConfigResult;
import dev.clew.traces.api.UpdateTraceSegmentDestinationRequest;
import dev.clew.traces.api.UpdateTraceSegmentDestinationResult;
import dev.clew.traces.api.XrayErrors;
import dev.clew.wire.Call;

/**
 * What can be said of an account's encryption and destination, neither of which can be other than it is: a claim to
 * encrypt, or to send traces elsewhere, that nothing stands behind is refused.
 */
public final class AccountSettings {
    private static final String HERE = "XRay";
    private static final String ACTIVE = "ACTIVE";

    public GetEncryptionConfigResult encryption(GetEncryptionConfigRequest input, Call call) {
        return new GetEncryptionConfigResult(none());
    }

    public PutEncryptionConfigResult putEncryption(PutEncryptionConfigRequest input, Call call) {
        if (!"NONE".equals(input.type())) {
            throw XrayErrors.invalidRequestException(
                    "Type: " + input.type() + " (expected: NONE; encrypt the disk that the data folder is on)");
        }
        if (input.keyId() != null) {
            throw XrayErrors.invalidRequestException("KeyId: '" + input.keyId() + "' (expected: none with Type NONE)");
        }
        return new PutEncryptionConfigResult(none());
    }

    private static EncryptionConfig none() {
        return EncryptionConfig.builder().status(ACTIVE).type("NONE").build();
    }

    public GetTraceSegmentDestinationResult destination(GetTraceSegmentDestinationRequest input, Call call) {
        return new GetTraceSegmentDestinationResult(HERE, ACTIVE);
    }

    public UpdateTraceSegmentDestinationResult updateDestination(
            UpdateTraceSegmentDestinationRequest input, Call call) {
        if (input.destination() != null && !input.destination().equals(HERE)) {
            throw XrayErrors.invalidRequestException("Destination: " + input.destination()
                    + " (expected: XRay; traces are kept in the trace store only)");
        }
        return new UpdateTraceSegmentDestinationResult(HERE, ACTIVE);
    }
}
