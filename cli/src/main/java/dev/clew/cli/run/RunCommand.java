// SPDX-License-Identifier: Apache-2.0
package dev.clew.cli.run;

import dev.clew.cli.Clew;
import dev.clew.cli.ExitCodes;
import dev.clew.cli.Problem;
import dev.clew.cli.server.RunningServer;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code clew run}: a command written for AWS, run against Clew as it is. */
@Command(
        name = "run",
        description = {
            "Run a command whose AWS clients, and whose https requests to *.amazonaws.com, reach Clew.",
            "Example: clew run -- bash recipe.sh",
        },
        mixinStandardHelpOptions = true)
public final class RunCommand implements Callable<Integer> {
    private static final List<String> CA_VARIABLES =
            List.of("CURL_CA_BUNDLE", "AWS_CA_BUNDLE", "REQUESTS_CA_BUNDLE", "SSL_CERT_FILE");

    @ParentCommand
    private Clew clew;

    @Parameters(arity = "1..*", paramLabel = "CMD", description = "The command and its arguments.")
    private List<String> command;

    @Override
    public Integer call() throws InterruptedException {
        var inherited = clew.surroundings().environment();
        try (var server = RunningServer.foundOrStarted(clew);
                var folder = RunFolder.create()) {
            var authority = new CertificateAuthority(
                    ConnectProxy.DOMAIN, clew.surroundings().time().instant());
            try (var proxy = ConnectProxy.start(server.endpoint(), authority, Upstream.inherited(inherited))) {
                var environment = AwsEnvironment.of(server, inherited);
                var child = new ProcessBuilder(command).inheritIO();
                environment.unset().forEach(child.environment()::remove);
                child.environment().putAll(environment.set());
                child.environment().putAll(files(folder, server));
                child.environment().putAll(trust(folder, authority));
                child.environment().putAll(routes(proxy, server, inherited));
                return new Child(child).run();
            }
        } catch (IOException | GeneralSecurityException e) {
            throw new Problem(
                    "The command's surroundings cannot be prepared: " + e.getMessage() + ".",
                    "See that the temporary folder is writable.",
                    ExitCodes.FAILED,
                    e);
        }
    }

    private static Map<String, String> files(RunFolder folder, RunningServer server) throws IOException {
        return Map.of(
                "AWS_CONFIG_FILE", folder.config(server.region()).toString(),
                "AWS_SHARED_CREDENTIALS_FILE",
                        folder.credentials(server.exportedKeys()).toString(),
                "AWS_PAGER", "");
    }

    private Map<String, String> trust(RunFolder folder, CertificateAuthority authority)
            throws IOException, GeneralSecurityException {
        var own = authority.pem();
        var roots = TrustBundle.pem(clew.surroundings().environment());
        var bundle = folder.write("ca-bundle.pem", roots + own).toString();
        var variables = new HashMap<String, String>();
        CA_VARIABLES.forEach(name -> variables.put(name, bundle));
        variables.put("NODE_EXTRA_CA_CERTS", folder.write("ca.pem", own).toString());
        return variables;
    }

    private static Map<String, String> routes(ConnectProxy proxy, RunningServer server, Map<String, String> inherited) {
        var direct = new ArrayList<>(List.of("127.0.0.1", "localhost", "::1"));
        direct.add(server.endpoint().host());
        var before = inherited.getOrDefault("no_proxy", inherited.getOrDefault("NO_PROXY", ""));
        for (var host : before.split(",")) {
            boolean everything = host.isBlank() || host.strip().equals("*");
            if (!everything && !host.contains(ConnectProxy.DOMAIN)) {
                direct.add(host.strip());
            }
        }
        var noProxy = String.join(",", direct.stream().distinct().toList());
        return Map.of("https_proxy", proxy.url(), "HTTPS_PROXY", proxy.url(), "no_proxy", noProxy, "NO_PROXY", noProxy);
    }
}
