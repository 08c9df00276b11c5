// SPDX-License-Identifier: Apache-2.0
package dev.clew.cli.sampling;

import dev.clew.cli.ExitCodes;
import dev.clew.cli.Problem;
import dev.clew.cli.server.Clients;
import dev.clew.cli.server.RunningServer;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import software.amazon.awssdk.services.xray.XRayClient;
import software.amazon.awssdk.services.xray.model.SamplingRule;
import software.amazon.awssdk.services.xray.model.SamplingRuleUpdate;

/** {@code clew sampling set NAME}: makes a rule, or changes one. */
@Command(
        name = "set",
        description = {
            "Make a sampling rule, or change what is named of an existing one.",
            "Patterns: * for anything, ? for one character. Of the rule Default only --rate and --reservoir change.",
        },
        mixinStandardHelpOptions = true)
final class SamplingSetCommand implements Callable<Integer> {
    private static final int USUAL_PRIORITY = 1_000;
    private static final double USUAL_RATE = 0.05;
    private static final int USUAL_RESERVOIR = 1;

    @ParentCommand
    private SamplingCommand sampling;

    @Parameters(index = "0", paramLabel = "NAME", description = "Name of the rule.")
    private String name;

    @Option(names = "--priority", paramLabel = "N", description = "1 to 9999; lower ones are asked first.")
    private @Nullable Integer priority;

    @Option(
            names = "--rate",
            paramLabel = "SHARE",
            description = "Share of requests to sample after the reservoir: 0 to 1, or with a percent sign.")
    private @Nullable String rate;

    @Option(names = "--reservoir", paramLabel = "N", description = "Requests per second to sample before that.")
    private @Nullable Integer reservoir;

    @Option(names = "--service", paramLabel = "PATTERN", description = "Name of the service.")
    private @Nullable String service;

    @Option(
            names = "--type",
            paramLabel = "PATTERN",
            description = "Origin of the service, like AWS::Lambda::Function.")
    private @Nullable String type;

    @Option(names = "--host", paramLabel = "PATTERN", description = "Host that the request names.")
    private @Nullable String host;

    @Option(names = "--method", paramLabel = "PATTERN", description = "HTTP method.")
    private @Nullable String method;

    @Option(names = "--path", paramLabel = "PATTERN", description = "Path of the URL.")
    private @Nullable String path;

    @Option(names = "--arn", paramLabel = "PATTERN", description = "ARN of the resource.")
    private @Nullable String arn;

    @Override
    public Integer call() {
        var clew = sampling.clew();
        var share = share();
        try (var server = RunningServer.required(clew);
                var clients = new Clients(server);
                var xray = clients.xray()) {
            boolean exists = Clients.ask(() -> xray.getSamplingRules(request -> {})).samplingRuleRecords().stream()
                    .anyMatch(found -> found.samplingRule().ruleName().equals(name));
            if (exists) {
                change(xray, share);
            } else {
                make(xray, share);
            }
            clew.surroundings().out().println((exists ? "Changed " : "Made ") + name + ".");
            return ExitCodes.OK;
        }
    }

    private @Nullable Double share() {
        if (rate == null) {
            return null;
        }
        try {
            boolean percent = rate.endsWith("%");
            var number = Double.parseDouble(percent ? rate.substring(0, rate.length() - 1) : rate);
            var share = percent ? number / 100 : number;
            if (share >= 0 && share <= 1) {
                return share;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw new Problem(
                "--rate is '" + rate + "'.", "Give a share from 0 to 1, or a percentage like 5%.", ExitCodes.USAGE);
    }

    private void change(XRayClient xray, @Nullable Double share) {
        var update = SamplingRuleUpdate.builder().ruleName(name);
        if (priority != null) {
            update.priority(priority);
        }
        if (share != null) {
            update.fixedRate(share);
        }
        if (reservoir != null) {
            update.reservoirSize(reservoir);
        }
        if (service != null) {
            update.serviceName(service);
        }
        if (type != null) {
            update.serviceType(type);
        }
        if (host != null) {
            update.host(host);
        }
        if (method != null) {
            update.httpMethod(method);
        }
        if (path != null) {
            update.urlPath(path);
        }
        if (arn != null) {
            update.resourceARN(arn);
        }
        Clients.ask(() -> xray.updateSamplingRule(request -> request.samplingRuleUpdate(update.build())));
    }

    private void make(XRayClient xray, @Nullable Double share) {
        var rule = SamplingRule.builder()
                .ruleName(name)
                .version(1)
                .priority(priority == null ? USUAL_PRIORITY : priority)
                .fixedRate(share == null ? USUAL_RATE : share)
                .reservoirSize(reservoir == null ? USUAL_RESERVOIR : reservoir)
                .serviceName(any(service))
                .serviceType(any(type))
                .host(any(host))
                .httpMethod(any(method))
                .urlPath(any(path))
                .resourceARN(any(arn))
                .build();
        Clients.ask(() -> xray.createSamplingRule(request -> request.samplingRule(rule)));
    }

    private static String any(@Nullable String pattern) {
        return pattern == null ? "*" : pattern;
    }
}
