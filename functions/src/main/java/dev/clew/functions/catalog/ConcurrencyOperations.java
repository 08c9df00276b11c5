// SPDX-License-Identifier: Apache-2.0
package dev.clew.functions.catalog;

import dev.clew.core.Scope;
import dev.clew.functions.api.AccountLimit;
import dev.clew.functions.api.AccountUsage;
import dev.clew.functions.api.Concurrency;
import dev.clew.functions.api.DeleteFunctionConcurrencyRequest;
import dev.clew.functions.api.GetAccountSettingsRequest;
import dev.clew.functions.api.GetAccountSettingsResponse;
import dev.clew.functions.api.GetFunctionConcurrencyRequest;
import dev.clew.functions.api.GetFunctionConcurrencyResponse;
import dev.clew.functions.api.LambdaErrors;
import dev.clew.functions.api.PutFunctionConcurrencyRequest;
import dev.clew.wire.Call;
import dev.clew.wire.shape.Unit;
import java.util.Objects;

/** How many invocations of a function may run at once, out of the account's. */
final class ConcurrencyOperations {
    private static final int MIN_UNRESERVED = 100;
    private static final long TOTAL_CODE_SIZE = 80_530_636_800L;
    private static final long CODE_SIZE_UNZIPPED = 262_144_000L;
    private static final long CODE_SIZE_ZIPPED = 52_428_800L;

    private final FunctionCatalog catalog;
    private final int accountConcurrency;

    ConcurrencyOperations(FunctionCatalog catalog, int accountConcurrency) {
        this.catalog = catalog;
        this.accountConcurrency = accountConcurrency;
    }

    Concurrency put(PutFunctionConcurrencyRequest input, Call call) {
        var reference = FunctionReference.parse(input.functionName(), null, call.scope());
        return catalog.change(() -> {
            var function = catalog.require(reference);
            int wanted = input.reservedConcurrentExecutions();
            int own = Objects.requireNonNullElse(function.reservedConcurrency(), 0);
            if (wanted > 0 && accountConcurrency - reserved(call.scope()) + own - wanted < MIN_UNRESERVED) {
                throw LambdaErrors.invalidParameterValueException(
                        "Specified ReservedConcurrentExecutions for function decreases account's "
                                + "UnreservedConcurrentExecution below its minimum value of [" + MIN_UNRESERVED + "].");
            }
            catalog.put(function.withReservedConcurrency(wanted));
            return Concurrency.builder().reservedConcurrentExecutions(wanted).build();
        });
    }

    GetFunctionConcurrencyResponse get(GetFunctionConcurrencyRequest input, Call call) {
        var function = catalog.require(FunctionReference.parse(input.functionName(), null, call.scope()));
        return GetFunctionConcurrencyResponse.builder()
                .reservedConcurrentExecutions(function.reservedConcurrency())
                .build();
    }

    Unit delete(DeleteFunctionConcurrencyRequest input, Call call) {
        var reference = FunctionReference.parse(input.functionName(), null, call.scope());
        return catalog.change(() -> {
            catalog.put(catalog.require(reference).withReservedConcurrency(null));
            return Unit.VALUE;
        });
    }

    GetAccountSettingsResponse accountSettings(GetAccountSettingsRequest input, Call call) {
        var functions = catalog.functions(call.scope());
        long codeSize = functions.stream()
                .flatMap(function -> catalog.versions(function.scope(), function.name()).stream())
                .mapToLong(version -> version.code().size())
                .sum();
        return GetAccountSettingsResponse.builder()
                .accountLimit(AccountLimit.builder()
                        .totalCodeSize(TOTAL_CODE_SIZE)
                        .codeSizeUnzipped(CODE_SIZE_UNZIPPED)
                        .codeSizeZipped(CODE_SIZE_ZIPPED)
                        .concurrentExecutions(accountConcurrency)
                        .unreservedConcurrentExecutions(accountConcurrency - reserved(call.scope()))
                        .build())
                .accountUsage(AccountUsage.builder()
                        .totalCodeSize(codeSize)
                        .functionCount((long) functions.size())
                        .build())
                .build();
    }

    private int reserved(Scope scope) {
        return catalog.functions(scope).stream()
                .mapToInt(function -> Objects.requireNonNullElse(function.reservedConcurrency(), 0))
                .sum();
    }
}
