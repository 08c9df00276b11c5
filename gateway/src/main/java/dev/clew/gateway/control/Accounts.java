// SPDX-License-Identifier: Apache-2.0
package dev.clew.gateway.control;

import static dev.clew.gateway.api.ApigatewayErrors.badRequestException;

import dev.clew.core.Arn;
import dev.clew.gateway.api.Account;
import dev.clew.gateway.api.GetAccountRequest;
import dev.clew.gateway.api.ThrottleSettings;
import dev.clew.gateway.api.UpdateAccountRequest;
import dev.clew.gateway.definition.Definitions;
import dev.clew.gateway.patch.Patch;
import dev.clew.wire.Call;
import java.util.List;

/** What an account set for all its APIs in a region. */
final class Accounts {
    private static final Patch<Account> PATCH =
            Patch.of(Account.SHAPE).edit("/cloudwatchRoleArn").build();
    private static final Account UNCHANGED = Account.builder()
            .throttleSettings(new ThrottleSettings(5_000, 10_000.0))
            .features(List.of("UsagePlans"))
            .apiKeyVersion("4")
            .build();

    private final Definitions definitions;

    Accounts(Definitions definitions) {
        this.definitions = definitions;
    }

    Account get(GetAccountRequest input, Call call) {
        return definitions.account(call.scope()).orElse(UNCHANGED);
    }

    Account update(UpdateAccountRequest input, Call call) {
        return definitions.exclusively(() -> {
            var patched = PATCH.apply(definitions.account(call.scope()).orElse(UNCHANGED), input.patchOperations());
            var role = patched.cloudwatchRoleArn();
            if (role != null
                    && Arn.parse(role)
                            .filter(arn -> arn.service().equals("iam"))
                            .isEmpty()) {
                throw badRequestException("Invalid ARN specified in the request");
            }
            definitions.change().put(call.scope(), patched).commit();
            return patched;
        });
    }
}
