package io.holdfast.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/// https://github.com/dehydrated-io/dehydrated, as Debian 12 has it (0.7.0), with a hook of a few
/// lines that runs nsupdate.
record Dehydrated() implements AcmeClient {
    @Override
    public String program() {
        return "dehydrated";
    }

    @Override
    public Path obtain(Namespace inside, Path folder, World world, TsigFile key, String host) {
        Path configuration = folder.resolve("config");
        Path hook = folder.resolve("hook.sh");
        try (InputStream in = Dehydrated.class.getResourceAsStream("/dehydrated-hook.sh")) {
            Files.copy(Objects.requireNonNull(in), hook);
            if (!hook.toFile().setExecutable(true)) {
                throw new IOException(hook + " cannot be made executable");
            }
            Files.writeString(
                    configuration,
                    """
                    CA=%s
                    CHALLENGETYPE=dns-01
                    BASEDIR=%s
                    HOOK=%s
                    CURL_OPTS="--cacert %s"
                    """
                            .formatted(world.directory(), folder, hook, world.trusted()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> forTheHook =
                Map.of(
                        "DNS_SERVER",
                        "127.0.0.1 " + world.dnsPort(),
                        "DNS_KEY",
                        TsigFile.write(folder, key.bind()).toString());
        String config = configuration.toString();
        Command.run(
                        forTheHook,
                        inside.inside("dehydrated", "-f", config, "--register", "--accept-terms"))
                .mustSucceed();
        Command.run(
                        forTheHook,
                        inside.inside(
                                "dehydrated", "-f", config, "-c", "-d", host, "-d", "*." + host))
                .mustSucceed();
        return folder.resolve("certs").resolve(host).resolve("cert.pem");
    }
}
