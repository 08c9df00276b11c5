// SPDX-License-Identifier: Apache-2.0
package dev.clew.cli.run;

import dev.clew.cli.server.KeyPair;
import dev.clew.cli.server.TemporaryFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/** A private folder with the files that a command's AWS clients read instead of the user's own. */
final class RunFolder implements AutoCloseable {
    private final Path folder;
    private final Thread atExit = new Thread(this::delete, "run-folder-end");

    private RunFolder(Path folder) {
        this.folder = folder;
    }

    static RunFolder create() throws IOException {
        var folder = new RunFolder(Files.createTempDirectory("clew-run-"));
        Runtime.getRuntime().addShutdownHook(folder.atExit);
        return folder;
    }

    /** A configuration with nothing but the region: {@code aws configure get region} reads files only. */
    Path config(String region) throws IOException {
        return write("config", "[default]\nregion = " + region + "\n");
    }

    Path credentials(KeyPair keys) throws IOException {
        var token = keys.sessionToken().isEmpty() ? "" : "aws_session_token = " + keys.sessionToken() + "\n";
        return write(
                "credentials",
                "[default]\naws_access_key_id = " + keys.accessKeyId() + "\naws_secret_access_key = "
                        + keys.secretAccessKey() + "\n" + token);
    }

    /** A file only its owner can read. */
    Path write(String name, String text) throws IOException {
        var file = folder.resolve(name);
        if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            return Files.writeString(file, text);
        }
        return Files.writeString(file, text, StandardOpenOption.CREATE_NEW);
    }

    private void delete() {
        TemporaryFolder.delete(folder);
    }

    @Override
    public void close() {
        delete();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // we are going down already
        }
    }
}
