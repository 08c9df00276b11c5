// SPDX-License-Identifier: Apache-2.0
package dev.clew.cli.run;

import java.util.ArrayList;
import java.util.List;

/** How a shell says that a variable is set or removed, whatever the value holds. */
enum Shell {
    /** bash, zsh, dash and every other POSIX shell. */
    SH {
        @Override
        String set(String name, String value) {
            return "export " + name + "='" + value.replace("'", "'\\''") + "'";
        }

        @Override
        String unset(String name) {
            return "unset " + name;
        }
    },
    FISH {
        @Override
        String set(String name, String value) {
            return "set -gx " + name + " '" + value.replace("\\", "\\\\").replace("'", "\\'") + "'";
        }

        @Override
        String unset(String name) {
            return "set -e " + name;
        }
    },
    POWERSHELL {
        @Override
        String set(String name, String value) {
            return "$Env:" + name + " = '" + value.replace("'", "''") + "'";
        }

        @Override
        String unset(String name) {
            return "Remove-Item Env:" + name;
        }
    };

    abstract String set(String name, String value);

    abstract String unset(String name);

    /** One statement per line. */
    List<String> statements(AwsEnvironment environment) {
        var statements = new ArrayList<String>();
        environment.unset().forEach(name -> statements.add(unset(name)));
        environment.set().forEach((name, value) -> statements.add(set(name, value)));
        return statements;
    }
}
