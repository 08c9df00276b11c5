// SPDX-License-Identifier: Apache-2.0
package dev.clew.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ConcurrencyTest {
    private static final int CALLS = 64;

    private final Server server = Server.start();

    @Test
    void ofManyCreationsOfOneNameOneSucceeds() throws Exception {
        var answers = atOnce(i -> server.iam("CreateRole", "RoleName", "r", "AssumeRolePolicyDocument", Server.TRUST));
        assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(1);
        assertThat(answers).filteredOn(answer -> answer.status() == 409).hasSize(CALLS - 1);
    }

    @Test
    void noChangeOfARoleIsLost() throws Exception {
        server.iam("CreateRole", "RoleName", "r", "AssumeRolePolicyDocument", Server.TRUST)
                .succeeds();
        atOnce(i -> server.iam(
                "PutRolePolicy", "RoleName", "r", "PolicyName", "p" + i, "PolicyDocument", Server.ALLOW_ALL));
        assertThat(server.iam("ListRolePolicies", "RoleName", "r", "MaxItems", "1000")
                        .all("member"))
                .hasSize(CALLS);
    }

    @Test
    void aPolicyIsEitherDeletedOrAttached() throws Exception {
        server.iam("CreateRole", "RoleName", "r", "AssumeRolePolicyDocument", Server.TRUST)
                .succeeds();
        var arn = "arn:aws:iam::111111111111:policy/p";
        for (int round = 0; round < 20; round++) {
            server.iam("CreatePolicy", "PolicyName", "p", "PolicyDocument", Server.ALLOW_ALL)
                    .succeeds();
            atOnce(i -> i % 2 == 0
                    ? server.iam("AttachRolePolicy", "RoleName", "r", "PolicyArn", arn)
                    : server.iam("DeletePolicy", "PolicyArn", arn));
            boolean attached = server.iam("ListAttachedRolePolicies", "RoleName", "r")
                    .all("PolicyArn")
                    .contains(arn);
            assertThat(server.iam("GetPolicy", "PolicyArn", arn).status()).isEqualTo(attached ? 200 : 404);
            server.iam("DetachRolePolicy", "RoleName", "r", "PolicyArn", arn);
            server.iam("DeletePolicy", "PolicyArn", arn);
        }
    }

    private static List<Answer> atOnce(IntFunction<Answer> call) throws InterruptedException, ExecutionException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var calls = IntStream.range(0, CALLS)
                    .mapToObj(i -> (Callable<Answer>) () -> call.apply(i))
                    .toList();
            return threads.invokeAll(calls).stream()
                    .map(future -> {
                        try {
                            return future.get();
                        } catch (InterruptedException | ExecutionException e) {
                            throw new IllegalStateException(e);
                        }
                    })
                    .toList();
        }
    }
}
