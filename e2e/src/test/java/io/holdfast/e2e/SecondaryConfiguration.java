package io.holdfast.e2e;

import java.nio.file.Path;

/// Secondaries of Holdfast as docs/secondaries.md sets them up, on loopback.
///
/// @param folder where the server keeps everything
/// @param port where it listens
/// @param primaryPort where Holdfast listens
/// @param secret of the key `second`, in Base64
record SecondaryConfiguration(Path folder, int port, int primaryPort, String secret) {

    /// A secondary of one zone.
    String bind(String zone) {
        return bindOptions("")
                + """
                zone "%s" {
                    type secondary;
                    file "zone.db";
                    primaries { 127.0.0.1 port %d key second; };
                };
                """
                        .formatted(zone, primaryPort);
    }

    /// A secondary of every zone in a catalog.
    String bindByCatalog(String catalog) {
        String member =
                "catalog-zones { zone \"%s\" default-primaries { 127.0.0.1 port %d key second; }; };"
                        .formatted(catalog, primaryPort);
        return bindOptions(member)
                + """
                zone "%s" {
                    type secondary;
                    file "catalog.db";
                    primaries { 127.0.0.1 port %d key second; };
                };
                """
                        .formatted(catalog, primaryPort);
    }

    String knot(String zone) {
        return knotServer()
                + """
                zone:
                  - domain: %s
                    master: primary
                    acl: [notify, transfer]
                """
                        .formatted(zone);
    }

    String knotByCatalog(String catalog) {
        return knotServer()
                + """
                template:
                  - id: member
                    master: primary
                    acl: [notify, transfer]
                zone:
                  - domain: %s
                    master: primary
                    acl: notify
                    catalog-role: interpret
                    catalog-template: member
                """
                        .formatted(catalog);
    }

    String nsd(String zone) {
        return ServerBlocks.nsd(folder, port, "")
                + """
                key:
                    name: "second"
                    algorithm: hmac-sha256
                    secret: "%2$s"
                zone:
                    name: "%3$s"
                    zonefile: "zone.db"
                    request-xfr: 127.0.0.1@%1$d second
                    allow-notify: 127.0.0.1 second
                    provide-xfr: 127.0.0.1 NOKEY
                """
                        .formatted(primaryPort, secret, zone);
    }

    private String bindOptions(String more) {
        return ServerBlocks.bind(folder, port, "allow-transfer { 127.0.0.1; }; " + more)
                + "key \"second\" { algorithm hmac-sha256; secret \"%s\"; };\n".formatted(secret);
    }

    private String knotServer() {
        return ServerBlocks.knot(folder, port, "info")
                + """
                key:
                  - id: second
                    algorithm: hmac-sha256
                    secret: "%3$s"
                remote:
                  - id: primary
                    address: 127.0.0.1@%2$d
                    key: second
                acl:
                  - id: notify
                    address: 127.0.0.1
                    key: second
                    action: notify
                  - id: transfer
                    address: 127.0.0.1
                    action: transfer
                template:
                  - id: default
                    storage: "%1$s"
                """
                        .formatted(folder, primaryPort, secret);
    }
}
