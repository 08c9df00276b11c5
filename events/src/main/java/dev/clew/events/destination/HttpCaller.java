// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.destination;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Makes requests that are bounded from the first look at the name to the last byte of the answer. Follows no redirect: credentials
 * are for the endpoint that was named. Safe for use by many threads.
 */
final class HttpCaller implements AutoCloseable {
    private final DestinationsConfig config;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final ReentrantLock making = new ReentrantLock();
    private @Nullable HttpClient client; // made for the first request: loading it takes longer than the rest of a start

    HttpCaller(DestinationsConfig config) {
        this.config = config;
    }

    /** How a request ended. */
    sealed interface Result {
        /**
         * There is an answer.
         *
         * @param body its begin
         */
        @SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
        record Answer(int status, java.net.http.HttpHeaders headers, byte[] body) implements Result {}

        /** There was none in time. */
        record TimedOut(String reason) implements Result {}

        /** Nobody could be asked, or the connection broke: it may work later. */
        record Unreachable(String reason) implements Result {}

        /** It will never be sent: no such host, or one that this server does not call. */
        record Forbidden(String reason) implements Result {}
    }

    /** @throws InterruptedException if told to stop meanwhile; whether the endpoint got the request is unknown then */
    Result call(HttpRequest request) throws InterruptedException {
        var call = threads.submit(() -> {
            var forbidden = forbidden(request.uri());
            return forbidden != null ? forbidden : send(request);
        });
        try {
            return call.get(config.timeout().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return new Result.TimedOut("no answer within " + config.timeout().toMillis() + " ms");
        } catch (ExecutionException e) {
            return failure(e.getCause());
        } finally {
            call.cancel(true);
        }
    }

    private static Result failure(@Nullable Throwable cause) {
        return switch (cause) {
            case UnknownHostException e -> new Result.Forbidden("the host " + e.getMessage() + " is unknown");
            case ConnectException e ->
                new Result.Unreachable("cannot connect" + (e.getMessage() == null ? "" : ": " + e.getMessage()));
            case IOException e -> new Result.Unreachable("the connection failed: " + e.getMessage());
            case null, default -> throw new IllegalStateException("request could not be made", cause);
        };
    }

    private Result send(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = client().send(request, _ -> new Head(config.maxAnswerBytes()));
        return new Result.Answer(answer.statusCode(), answer.headers(), answer.body());
    }

    /**
     * Why {@code uri} must not be called; null if it may. The addresses of metadata services, which hand out credentials to whoever
     * asks from this machine, are forbidden whatever the settings say.
     */
    private @Nullable Result forbidden(URI uri) throws UnknownHostException {
        for (var address : InetAddress.getAllByName(uri.getHost())) {
            if (address.isLinkLocalAddress()) {
                return new Result.Forbidden("the host " + uri.getHost() + " has a link-local address");
            }
            if (!config.local() && isLocal(address)) {
                return new Result.Forbidden("the host " + uri.getHost() + " is not public");
            }
        }
        return null;
    }

    private static boolean isLocal(InetAddress address) {
        var bytes = address.getAddress();
        boolean uniqueLocal = bytes.length == 16 && (bytes[0] & 0xfe) == 0xfc;
        return uniqueLocal
                || address.isLoopbackAddress()
                || address.isAnyLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress();
    }

    private HttpClient client() {
        making.lock();
        try {
            var made = client;
            if (made == null) {
                made = HttpClient.newBuilder()
                        .executor(threads)
                        .version(HttpClient.Version.HTTP_1_1)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .connectTimeout(config.timeout())
                        .build();
                client = made;
            }
            return made;
        } finally {
            making.unlock();
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        making.lock();
        try {
            if (client != null) {
                client.shutdownNow();
            }
        } finally {
            making.unlock();
        }
    }
}
