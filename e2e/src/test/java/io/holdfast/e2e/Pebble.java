package io.holdfast.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// pebble, Let's Encrypt's own small ACME server for tests, on loopback of a namespace. It looks
/// names up at one name server and nowhere else.
final class Pebble implements AutoCloseable {
    private final Path folder;
    private final Background pebble;

    /// Starts it and waits until it serves.
    ///
    /// @param dnsPort of the name server at 127.0.0.1
    Pebble(Namespace inside, Path folder, int dnsPort) {
        this.folder = folder;
        makeItsCertificate();
        try {
            Files.writeString(
                    folder.resolve("pebble.json"),
                    """
                    { "pebble": {
                      "listenAddress": "127.0.0.1:14000",
                      "managementListenAddress": "127.0.0.1:15000",
                      "certificate": "%1$s/pebble.pem", "privateKey": "%1$s/pebble.key",
                      "httpPort": 5002, "tlsPort": 5001,
                      "ocspResponderURL": "", "externalAccountBindingRequired": false
                    } }
                    """
                            .formatted(folder));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Path log = folder.resolve("log");
        pebble =
                Background.start(
                        log,
                        inside.inside(
                                "env",
                                "PEBBLE_VA_NOSLEEP=1", // ask for the proof at once
                                "PEBBLE_AUTHZREUSE=0", // and anew each time
                                "PEBBLE_WFE_NONCEREJECT=0", // dehydrated does not try again
                                "pebble",
                                "-strict",
                                "-config",
                                folder + "/pebble.json",
                                "-dnsserver",
                                "127.0.0.1:" + dnsPort));
        Eventually.equal(
                true, () -> logged(log).contains("ACME directory available"), () -> logged(log));
    }

    String directory() {
        return "https://localhost:14000/dir";
    }

    /// The certificate of the authority that its server's certificate is from.
    Path trusted() {
        return folder.resolve("ca.pem");
    }

    @Override
    public void close() {
        pebble.close();
    }

    private void makeItsCertificate() {
        openssl(
                "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=ca"
                        + " -addext basicConstraints=critical,CA:TRUE -keyout ca.key -out ca.pem");
        openssl(
                "req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=localhost"
                        + " -addext subjectAltName=DNS:localhost -keyout pebble.key -out"
                        + " pebble.csr");
        openssl(
                "x509 -req -in pebble.csr -days 2 -copy_extensions copy -CA ca.pem -CAkey ca.key"
                        + " -CAcreateserial -out pebble.pem");
    }

    private void openssl(String words) {
        Command.run("sh", "-c", "cd \"$1\" && exec openssl " + words, "sh", folder.toString())
                .mustSucceed();
    }

    private static String logged(Path log) {
        try {
            return Files.exists(log) ? Files.readString(log) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
