package io.holdfast.e2e;

import java.nio.file.Path;
import java.util.Map;

/// https://github.com/certbot/certbot with its plugin dns-rfc2136, as Debian 12 has them (2.1.0).
record Certbot() implements AcmeClient {
    @Override
    public String program() {
        return "certbot";
    }

    @Override
    public Path obtain(Namespace inside, Path folder, World world, TsigFile key, String host) {
        Path credentials =
                TsigFile.write(
                        folder,
                        """
                        dns_rfc2136_server = 127.0.0.1
                        dns_rfc2136_port = %d
                        dns_rfc2136_name = %s
                        dns_rfc2136_secret = %s
                        dns_rfc2136_algorithm = HMAC-SHA256
                        """
                                .formatted(world.dnsPort(), key.name(), key.secret()));
        Command.run(
                        Map.of("REQUESTS_CA_BUNDLE", world.trusted().toString()),
                        inside.inside(
                                "certbot",
                                "certonly",
                                "--non-interactive",
                                "--agree-tos",
                                "--register-unsafely-without-email",
                                "--server=" + world.directory(),
                                "--dns-rfc2136",
                                "--dns-rfc2136-credentials=" + credentials,
                                "--dns-rfc2136-propagation-seconds=0",
                                "--config-dir=" + folder,
                                "--work-dir=" + folder,
                                "--logs-dir=" + folder,
                                "-d",
                                host,
                                "-d",
                                "*." + host))
                .mustSucceed();
        return folder.resolve("live").resolve(host).resolve("cert.pem");
    }
}
