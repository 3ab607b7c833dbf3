package io.holdfast.e2e;

import java.nio.file.Path;

/// An ACME client that other people wrote, which proves by RFC 2136 that a name is its own.
interface AcmeClient {
    /// Where certificates come from, and where the proof goes.
    ///
    /// @param directory the authority's URL
    /// @param trusted the certificate its own server is trusted by
    /// @param dnsPort of the name server that takes the updates, on 127.0.0.1
    record World(String directory, Path trusted, int dnsPort) {}

    /// The command's name.
    String program();

    /// Obtains one certificate for a host and for everything below it.
    ///
    /// @param folder empty; for its configuration and what it gets
    /// @param key the host's own
    /// @return the certificate's file
    /// @throws AssertionError with what it said when it gets none
    Path obtain(Namespace inside, Path folder, World world, TsigFile key, String host);
}
