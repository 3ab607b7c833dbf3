package io.holdfast.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/// https://github.com/ddclient/ddclient, as Debian 12 has it (3.10.0).
record Ddclient() implements UpdateClient {
    @Override
    public String program() {
        return "ddclient";
    }

    @Override
    public Report update(
            Namespace inside, Path folder, Account account, String host, String address) {
        Path configuration = folder.resolve("ddclient.conf");
        try {
            Files.writeString(
                    configuration,
                    """
                    ssl=no
                    protocol=dyndns2
                    use=ip, ip=%s
                    server=127.0.0.1:%d
                    login=%s
                    password='%s'
                    %s
                    """
                            .formatted(
                                    address,
                                    account.port(),
                                    account.user(),
                                    account.password(),
                                    host));
            // It refuses to read a password that others could read.
            Files.setPosixFilePermissions(
                    configuration, PosixFilePermissions.fromString("rw-------"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Command.Result result =
                inside.run(
                        "ddclient",
                        "-foreground",
                        "-daemon=0",
                        "-verbose",
                        "-noquiet",
                        "-file",
                        configuration.toString(),
                        "-cache",
                        folder.resolve("cache").toString(),
                        "-pid",
                        folder.resolve("pid").toString());
        boolean success =
                result.status() == 0 && result.output().contains("SUCCESS:  updating " + host);
        return new Report(success, result.output());
    }
}
