// SPDX-License-Identifier: Apache-2.0
package dev.clew.cli.doctor;

import dev.clew.cli.Clew;
import dev.clew.cli.ExitCodes;
import dev.clew.cli.doctor.Finding.Verdict;
import dev.clew.cli.terminal.Ink;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.json.JsonMapper;

/** {@code clew doctor}: what is here, what is missing, and how to get it. */
@Command(
        name = "doctor",
        description = "Say what this machine has, what it lacks, and how to get it.",
        mixinStandardHelpOptions = true)
public final class DoctorCommand implements Callable<Integer> {
    private static final int SUBJECT = 2;
    private static final int DETAIL = 11;

    @ParentCommand
    private Clew clew;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public Integer call() throws InterruptedException {
        var findings = new Checkup(clew).findings();
        if (json) {
            clew.surroundings().out().println(json(findings));
        } else {
            findings.forEach(this::print);
        }
        boolean fine = findings.stream().noneMatch(finding -> finding.verdict() == Verdict.MISSING);
        return fine ? ExitCodes.OK : ExitCodes.NEGATIVE;
    }

    private void print(Finding finding) {
        var screen = clew.screen();
        var out = clew.surroundings().out();
        var verdict = finding.verdict();
        out.println(screen.paint(verdict.sign(), verdict.ink())
                + " ".repeat(SUBJECT - 1)
                + finding.subject()
                + " ".repeat(Math.max(1, DETAIL - SUBJECT - finding.subject().length()))
                + (verdict == Verdict.OK ? "" : verdict.word() + ": ")
                + finding.detail());
        if (!finding.remedy().isEmpty()) {
            out.println(" ".repeat(DETAIL) + screen.paint(finding.remedy(), Ink.NOTE));
        }
    }

    private static String json(List<Finding> findings) {
        var text = new StringWriter();
        try (var out =
                JsonMapper.shared().writer().with(new DefaultPrettyPrinter()).createGenerator(text)) {
            out.writeStartArray();
            for (var finding : findings) {
                out.writeStartObject();
                out.writeStringProperty("subject", finding.subject());
                out.writeStringProperty("verdict", finding.verdict().word());
                out.writeStringProperty("detail", finding.detail());
                out.writeStringProperty("remedy", finding.remedy());
                out.writeEndObject();
            }
            out.writeEndArray();
        }
        return text.toString();
    }
}
