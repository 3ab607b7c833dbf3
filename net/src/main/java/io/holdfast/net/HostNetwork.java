package io.holdfast.net;

import java.io.IOException;
import java.util.List;

/// What this host's operating system knows of its own links, addresses and default routes, and when
/// that changes.
///
/// Each method looks afresh, may be called from any thread, and answers for the network namespace
/// of the thread that calls it.
public interface HostNetwork {
    /// Netlink on Linux where native calls are allowed, the portable view of the JDK elsewhere.
    static HostNetwork ofThisHost() {
        return NetlinkHostNetwork.works() ? new NetlinkHostNetwork() : new PortableHostNetwork();
    }

    /// All links, in the order of their indexes.
    List<Link> links() throws IOException;

    /// All addresses of all links, as the kernel lists them: for IPv4 the primary address of a
    /// subnet before its secondary ones.
    List<HostAddress> addresses() throws IOException;

    /// The default routes of both families in the main table; routes that cannot carry anything now
    /// are left out.
    List<DefaultRoute> defaultRoutes() throws IOException;

    /// Events from now on. The caller closes them.
    NetworkEvents events() throws IOException;
}
