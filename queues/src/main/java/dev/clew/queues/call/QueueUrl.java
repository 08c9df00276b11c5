// SPDX-License-Identifier: Apache-2.0
package dev.clew.queues.call;

import dev.clew.core.Scope;
import dev.clew.queues.ledger.QueueDefinition;
import dev.clew.wire.Call;
import java.net.URI;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How clients name queues: {@code http://host:port/account/name}. Whatever host a client kept is as good as another; only
 * {@code sqs.REGION.…} and {@code REGION.queue.…} say something, the region.
 */
public final class QueueUrl {
    private static final Pattern FORM =
            Pattern.compile("(?:https?://([^/?#]{1,255}))?/(?:[^?#]{1,255}/)?([0-9]{12})/([A-Za-z0-9_.-]{1,80})/?");
    private static final Pattern REGION =
            Pattern.compile("(?:sqs\\.([a-z]{2}(?:-[a-z]+)+-[0-9])\\..*|([a-z]{2}(?:-[a-z]+)+-[0-9])\\.queue\\..*)");

    private QueueUrl() {}

    /** The queue that a request means. */
    public record Address(Scope scope, String name) {}

    /** @throws dev.clew.wire.ServiceException if it is missing or no queue can be called so */
    public static Address parse(@Nullable String url, Call call) {
        var form = FORM.matcher(Refusal.text(url, "QueueUrl"));
        if (!form.matches()) {
            throw Refusal.noQueue();
        }
        return new Address(new Scope(form.group(2), region(form.group(1), call)), form.group(3));
    }

    private static String region(@Nullable String host, Call call) {
        var named = host == null ? null : REGION.matcher(host);
        if (named == null || !named.matches()) {
            return call.scope().region();
        }
        return named.group(1) == null ? named.group(2) : named.group(1);
    }

    /** The URL of {@code queue} as {@code call} reached us. */
    public static String of(QueueDefinition queue, Call call) {
        return of(call.endpoint(), queue.account(), queue.name());
    }

    private static String of(URI endpoint, String account, String name) {
        return endpoint + "/" + account + '/' + name;
    }
}
