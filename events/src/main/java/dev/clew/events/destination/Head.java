// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.destination;

import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Reads the begin of an answer and hangs up on the rest, however long it is. */
final class Head implements HttpResponse.BodySubscriber<byte[]> {
    private final CompletableFuture<byte[]> body = new CompletableFuture<>();
    private final byte[] bytes;
    private int length;
    private Flow.@Nullable Subscription subscription;

    /** @param limit bytes to read at most */
    Head(int limit) {
        bytes = new byte[limit];
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return body;
    }

    @Override
    public void onSubscribe(Flow.Subscription begun) {
        subscription = begun;
        begun.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        for (var buffer : buffers) {
            int count = Math.min(buffer.remaining(), bytes.length - length);
            buffer.get(bytes, length, count);
            length += count;
        }
        if (length == bytes.length && !body.isDone()) {
            if (subscription != null) {
                subscription.cancel();
            }
            onComplete();
        }
    }

    @Override
    public void onError(Throwable failure) {
        body.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        body.complete(Arrays.copyOf(bytes, length));
    }
}
