package io.holdfast.e2e;

import java.nio.file.Path;

/// https://github.com/ddclient/ddclient, as Debian 12 has it (3.10.0).
record Ddclient() implements UpdateClient {
    @Override
    public String program() {
        return "ddclient";
    }

    @Override
    public Report update(
            Namespace inside, Path folder, Account account, String host, String address) {
        Command.Result result =
                run(
                        inside,
                        folder,
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
        boolean success =
                result.status() == 0 && result.output().contains("SUCCESS:  updating " + host);
        return new Report(success, result.output());
    }

    /// Runs it once, with an empty memory.
    ///
    /// @param folder for its files
    static Command.Result run(Namespace inside, Path folder, String configuration) {
        // It refuses to read a password that others could read.
        Path file = TsigFile.write(folder, configuration);
        return inside.run(
                "ddclient",
                "-foreground",
                "-daemon=0",
                "-verbose",
                "-noquiet",
                "-file",
                file.toString(),
                "-cache",
                folder.resolve("cache").toString(),
                "-pid",
                folder.resolve("pid").toString());
    }
}
