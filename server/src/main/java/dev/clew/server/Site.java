// SPDX-License-Identifier: Apache-2.0
package dev.clew.server;

import dev.clew.wire.http.HttpHandler;
import dev.clew.wire.http.HttpHeaders;
import dev.clew.wire.http.HttpRequest;
import dev.clew.wire.http.HttpResponse;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Everything on the main port: guards against web pages, then picks who answers. Traffic of deployed APIs may come from any
 * page (the API's own CORS rules decide); everything else only from pages of this machine.
 */
final class Site implements HttpHandler {
    private static final String JSON = "application/json";

    private final HostGuard guard;
    private final Predicate<HttpRequest> deployed;
    private final HttpHandler executeApi;
    private final Map<String, HttpHandler> pages;
    private final Console console;
    private final HttpHandler api;

    /**
     * @param deployed whether a request is traffic of a deployed API
     * @param executeApi answers that traffic
     * @param pages handlers by exact path, or by prefix if the path ends with a slash
     * @param console answers browsers that look for pages
     * @param api answers everything else: the AWS services
     */
    Site(
            HostGuard guard,
            Predicate<HttpRequest> deployed,
            HttpHandler executeApi,
            Map<String, HttpHandler> pages,
            Console console,
            HttpHandler api) {
        this.guard = guard;
        this.deployed = deployed;
        this.executeApi = executeApi;
        this.pages = Map.copyOf(pages);
        this.console = console;
        this.api = api;
    }

    @Override
    public HttpResponse handle(HttpRequest request) {
        if (!guard.ours(request)) {
            return refused("this server is not called " + HostGuard.hostName(request.host())
                    + "; add the name to the setting hosts if it should be");
        }
        if (deployed.test(request)) {
            return executeApi.handle(request);
        }
        if (!guard.localOrigin(request)) {
            return refused("pages of other origins may not call this server");
        }
        var page = pages.get(request.path());
        if (page == null && request.path().startsWith("/_clew/")) {
            int slash = request.path().indexOf('/', "/_clew/".length());
            page = slash < 0 ? null : pages.get(request.path().substring(0, slash + 1));
        }
        if (page != null) {
            return page.handle(request);
        }
        if (console.claims(request)) {
            return console.handle(request);
        }
        if (request.method().equals("GET") && request.path().equals("/") && Console.browser(request)) {
            return welcome();
        }
        return api.handle(request);
    }

    private static HttpResponse welcome() {
        return HttpResponse.text(200, "text/plain; charset=utf-8", """
            Clew is running. It speaks the AWS wire protocols at this address.

              eval "$(./clew env)"     point AWS clients of this shell here
              ./clew traces           the traces of the last minutes
              ./clew map              the service map

            This server was packed without the web console.
            """);
    }

    private static HttpResponse refused(String message) {
        return HttpResponse.text(403, JSON, "{\"message\":\"" + message.replaceAll("[\"\\\\\\p{Cntrl}]", "?") + "\"}");
    }

    /** A page for one method; others get 405. */
    static HttpHandler only(String method, HttpHandler page) {
        return request -> request.method().equals(method)
                ? page.handle(request)
                : HttpResponse.empty(405, HttpHeaders.of("Allow", method));
    }
}
