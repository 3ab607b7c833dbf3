package io.holdfast.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// https://github.com/troglobit/inadyn, as Debian 12 has it (2.10.0).
record Inadyn() implements UpdateClient {
    @Override
    public String program() {
        return "inadyn";
    }

    @Override
    public Report update(
            Namespace inside, Path folder, Account account, String host, String address) {
        Path configuration = folder.resolve("inadyn.conf");
        try {
            Files.writeString(
                    configuration,
                    """
                    allow-ipv6 = true
                    custom holdfast {
                        ssl             = false
                        username        = %s
                        password        = %s
                        checkip-command = "/bin/echo %s"
                        ddns-server     = 127.0.0.1:%d
                        ddns-path       = "/nic/update?hostname=%%h&myip=%%i"
                        hostname        = { %s }
                    }
                    """
                            .formatted(
                                    account.user(),
                                    account.password(),
                                    address,
                                    account.port(),
                                    host));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Command.Result result =
                inside.run(
                        "inadyn",
                        "--once",
                        "--foreground",
                        "--no-pidfile",
                        "--loglevel=info",
                        "--config=" + configuration,
                        "--cache-dir=" + folder);
        boolean success =
                result.status() == 0
                        && result.output().contains("Successful alias table update for " + host);
        return new Report(success, result.output());
    }
}
