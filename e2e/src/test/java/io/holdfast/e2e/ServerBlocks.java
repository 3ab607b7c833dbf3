package io.holdfast.e2e;

import java.nio.file.Path;

/// The blocks with which the configurations of other name servers begin: on loopback, all files in
/// one folder, nothing to control them by.
final class ServerBlocks {
    private ServerBlocks() {}

    /// BIND's.
    ///
    /// @param more options
    static String bind(Path folder, int port, String more) {
        return """
        options {
            directory "%s";
            pid-file none;
            session-keyfile none;
            listen-on port %d { 127.0.0.1; };
            listen-on-v6 { none; };
            recursion no;
            notify no;
            %s
        };
        controls {};
        """
                .formatted(folder, port, more);
    }

    /// Knot's, with a log of its own from this level on.
    static String knot(Path folder, int port, String level) {
        return """
        log:
          - target: stderr
            any: %3$s
        database:
            storage: "%1$s"
        server:
            rundir: "%1$s"
            listen: 127.0.0.1@%2$d
        """
                .formatted(folder, port, level);
    }

    /// NSD's.
    ///
    /// @param more lines of the server's block, indented by four
    static String nsd(Path folder, int port, String more) {
        return """
        server:
            ip-address: 127.0.0.1@%2$d
            username: ""
            zonesdir: "%1$s"
            database: ""
            pidfile: "%1$s/pid"
            xfrdfile: "%1$s/xfrd.state"
            xfrdir: "%1$s"
            zonelistfile: "%1$s/zone.list"
            server-count: 1
        %3$sremote-control:
            control-enable: no
        """
                .formatted(folder, port, more);
    }
}
