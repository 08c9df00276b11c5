// SPDX-License-Identifier: Apache-2.0
package dev.clew.cli;

import picocli.CommandLine;

/** The version of this program. */
public final class Version implements CommandLine.IVersionProvider {
    /** As the jar's manifest has it; "development" for classes outside of a jar. */
    public static String ofThis() {
        var version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    @Override
    public String[] getVersion() {
        return new String[] {"clew " + ofThis()};
    }
}
