// SPDX-License-Identifier: Apache-2.0
package dev.clew.cli.doctor;

import dev.clew.cli.Clew;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks at everything that a run of the recipe touches. */
final class Checkup {
    private static final int JAVA_NEEDED = 25;
    private static final List<Integer> TCP_PORTS = List.of(4566, 2000, 4317, 4318);
    private static final int UDP_PORT = 2000;

    private final Clew clew;

    Checkup(Clew clew) {
        this.clew = clew;
    }

    List<Finding> findings() throws InterruptedException {
        var findings = new ArrayList<Finding>();
        findings.add(java());
        findings.add(python());
        findings.add(program("node", List.of("node", "--version"), "JavaScript functions need Node.js 20 or later."));
        findings.add(program(
                "aws", List.of("aws", "--version"), "The recipe's commands need the AWS CLI: pip install awscli."));
        findings.add(region());
        var health = clew.endpoint().health();
        findings.add(health.map(found -> Finding.ok(
                        "server",
                        "Clew " + found.version() + " at " + clew.endpoint().text() + ", auth " + found.auth()))
                .orElseGet(() -> Finding.absent(
                        "server",
                        "none answers at " + clew.endpoint().text(),
                        "Start it with `clew start`; `clew demo` and `clew run` bring their own.")));
        findings.add(ports(health.isPresent()));
        return findings;
    }

    private static Finding java() {
        var version = Runtime.version();
        return version.feature() >= JAVA_NEEDED
                ? Finding.ok("java", version + " in " + System.getProperty("java.home"))
                : Finding.missing("java", version.toString(), "Install a JDK 25, for example from adoptium.net.");
    }

    private Finding python() throws InterruptedException {
        var layer = PythonLayer.under(clew.surroundings().home());
        var own = PythonLayer.versions("python3");
        if (own.isPresent()) {
            return Finding.ok("python3", own.get());
        }
        var version = Programs.output(List.of("python3", "--version"));
        if (version.isEmpty()) {
            return Finding.missing("python3", "not on the PATH", "Python functions need Python 3.9 or later.");
        }
        var layered =
                layer.exists() ? PythonLayer.versions(layer.interpreter().toString()) : version.filter(v -> false);
        return layered.isPresent()
                ? Finding.ok("python3", layered.get() + " (in " + layer.folder() + ")")
                : Finding.missing(
                        "python3",
                        version.get() + " without boto3 and aws_xray_sdk",
                        "Run `clew layer python`, which installs both into a folder of their own.");
    }

    private static Finding program(String name, List<String> command, String remedy) throws InterruptedException {
        return Programs.output(command)
                .map(text -> Finding.ok(name, text.lines().findFirst().orElse("")))
                .orElseGet(() -> Finding.absent(name, "not on the PATH", remedy));
    }

    /** The CLI's {@code configure get region} reads files only, and the recipe builds ARNs from what it prints. */
    private Finding region() {
        var file = clew.surroundings().variable("AWS_CONFIG_FILE");
        var config = file.isEmpty() ? clew.surroundings().home().resolve(".aws").resolve("config") : Path.of(file);
        var region = regionIn(config);
        return region != null
                ? Finding.ok("region", region + " in " + config)
                : Finding.absent(
                        "region",
                        "none in " + config,
                        "`aws configure get region` prints nothing: use `clew run`, or `aws configure set region"
                                + " us-east-1`.");
    }

    private static @Nullable String regionIn(Path config) {
        try {
            var section = "";
            for (var line : Files.readAllLines(config)) {
                var text = line.strip();
                if (text.startsWith("[")) {
                    section = text;
                } else if (section.equals("[default]") && text.replace(" ", "").startsWith("region=")) {
                    var value = text.substring(text.indexOf('=') + 1).strip();
                    return value.isEmpty() ? null : value;
                }
            }
        } catch (IOException e) {
            return null;
        }
        return null;
    }

    private static Finding ports(boolean clewRuns) {
        var taken = new ArrayList<String>();
        for (int port : TCP_PORTS) {
            if (!freeTcp(port)) {
                taken.add(Integer.toString(port));
            }
        }
        if (!freeUdp(UDP_PORT)) {
            taken.add(UDP_PORT + "/udp");
        }
        if (taken.isEmpty()) {
            return Finding.ok("ports", "4566, 2000, 4317 and 4318 are free");
        }
        var list = String.join(", ", taken);
        return clewRuns
                ? Finding.ok("ports", list + " in use, and Clew runs")
                : Finding.missing(
                        "ports",
                        list + " in use by another program",
                        "End it, or start with --port 0 --daemon-port 0 --otlp-grpc-port 0 --otlp-http-port 0");
    }

    private static boolean freeTcp(int port) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean freeUdp(int port) {
        try (var socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
