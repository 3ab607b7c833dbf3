package io.holdfast.e2e;

import java.nio.file.Path;
import java.util.Map;

/// https://github.com/go-acme/lego with its provider rfc2136, as Debian 12 has it (4.9.1).
record Lego() implements AcmeClient {
    @Override
    public String program() {
        return "lego";
    }

    @Override
    public Path obtain(Namespace inside, Path folder, World world, TsigFile key, String host) {
        String server = "127.0.0.1:" + world.dnsPort();
        Command.run(
                        Map.of(
                                "RFC2136_NAMESERVER",
                                server,
                                "RFC2136_TSIG_ALGORITHM",
                                key.algorithm() + ".",
                                "RFC2136_TSIG_KEY",
                                key.name(),
                                "RFC2136_TSIG_SECRET",
                                key.secret(),
                                "RFC2136_SEQUENCE_INTERVAL",
                                "0",
                                "RFC2136_POLLING_INTERVAL",
                                "1",
                                "LEGO_CA_CERTIFICATES",
                                world.trusted().toString()),
                        inside.inside(
                                "lego",
                                "--accept-tos",
                                "--email=admin@dyn.test",
                                "--server=" + world.directory(),
                                "--path=" + folder,
                                "--dns=rfc2136",
                                "--dns.resolvers=" + server,
                                // It would ask port 53 of the zone's name servers.
                                "--dns.disable-cp",
                                "-d",
                                host,
                                "-d",
                                "*." + host,
                                "run"))
                .mustSucceed();
        return folder.resolve("certificates").resolve(host + ".crt");
    }
}
