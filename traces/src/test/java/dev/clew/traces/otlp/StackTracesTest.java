// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.traces.otlp.StackTraces.Frame;
import org.junit.jupiter.api.Test;

class StackTracesTest {
    @Test
    void readsPythonInnermostFirstAndItsChain() {
        var traces = StackTraces.parse("python", """
            Traceback (most recent call last):
              File "/app/db.py", line 3, in read
                raise KeyError("k")
            KeyError: 'k'

            During handling of the above exception, another exception occurred:

            Traceback (most recent call last):
              File "/app/main.py", line 10, in <module>
                main()
              File "/app/main.py", line 7, in main
                read()
            RuntimeError: no order
            """);

        assertThat(traces).hasSize(2);
        assertThat(traces.getFirst().frames())
                .containsExactly(new Frame("/app/main.py", 7, "main"), new Frame("/app/main.py", 10, "<module>"));
        assertThat(traces.getLast().type()).isEqualTo("KeyError");
        assertThat(traces.getLast().message()).isEqualTo("'k'");
        assertThat(traces.getLast().frames()).containsExactly(new Frame("/app/db.py", 3, "read"));
    }

    @Test
    void readsJavaScript() {
        var traces = StackTraces.parse("nodejs", """
            TypeError: x is not a function
                at Orders.place (/app/orders.js:12:5)
                at async handler (file:///app/index.mjs:3:1)
                at /app/boot.js:1:1
            """);

        assertThat(traces.getFirst().frames())
                .containsExactly(
                        new Frame("/app/orders.js", 12, "Orders.place"),
                        new Frame("file:///app/index.mjs", 3, "handler"),
                        new Frame("/app/boot.js", 1, null));
    }

    @Test
    void readsDotnet() {
        var traces = StackTraces.parse("dotnet", """
            System.InvalidOperationException: broken
               at Shop.Orders.Place(Order order) in /src/Orders.cs:line 42
               at Shop.Program.Main()
            """);

        assertThat(traces.getFirst().frames())
                .containsExactly(
                        new Frame("/src/Orders.cs", 42, "Shop.Orders.Place(Order order)"),
                        new Frame(null, 0, "Shop.Program.Main()"));
    }

    @Test
    void readsGo() {
        var traces = StackTraces.parse("go", """
            goroutine 1 [running]:
            main.place(0x1, 0x2)
            \t/src/orders.go:42 +0x1d
            main.main()
            \t/src/main.go:7 +0x20
            """);

        assertThat(traces.getFirst().frames())
                .containsExactly(
                        new Frame("/src/orders.go", 42, "main.place"), new Frame("/src/main.go", 7, "main.main"));
    }

    @Test
    void passesOverSuppressedExceptionsAndCountsFramesThatAreTooMany() {
        var text = new StringBuilder("a.B: c\n");
        for (int i = 1; i <= 130; i++) {
            text.append("\tat a.B.c(B.java:").append(i).append(")\n");
        }
        text.append("\tSuppressed: d.E\n\t\tat d.E.f(E.java:1)\nCaused by: g.H\n\tat g.H.i(Native Method)\n");

        var traces = StackTraces.parse("java", text.toString());

        assertThat(traces).hasSize(2);
        assertThat(traces.getFirst().frames()).hasSize(100);
        assertThat(traces.getFirst().truncated()).isEqualTo(30);
        assertThat(traces.getLast().type()).isEqualTo("g.H");
        assertThat(traces.getLast().message()).isNull();
        assertThat(traces.getLast().frames()).containsExactly(new Frame("Native Method", 0, "g.H.i"));
    }

    @Test
    void makesOneTraceOfWhatItCannotRead() {
        for (var language : new String[] {"java", "python", "nodejs", "dotnet", "go", "rust", null}) {
            assertThat(StackTraces.parse(language, "? \n" + "(".repeat(5_000) + "\n\u0000"))
                    .singleElement()
                    .matches(trace -> trace.frames().isEmpty());
        }
    }
}
