package io.holdfast.e2e;

import java.io.IOException;
import java.nio.file.Path;

/// A machine on the LAN of [KeaServer]: a namespace of its own with udhcpc, which tells the server
/// its name.
final class KeaClient implements AutoCloseable {
    private final Namespace namespace;
    private final Background udhcpc;

    /// Joins the LAN and asks for a lease.
    ///
    /// @param folder empty
    /// @param number 1 to 9, of this machine on the LAN
    /// @param hostName the label it wants to be called by
    KeaClient(Namespace lan, Path folder, int number, String hostName) throws IOException {
        namespace = Namespace.create("dhcp" + number, "127.0.0.1 localhost");
        lan.ip(
                "link",
                "add",
                "v" + number,
                "type",
                "veth",
                "peer",
                "name",
                "h0",
                "netns",
                namespace.name());
        lan.ip("link", "set", "v" + number, "master", "lan", "up");
        namespace.ip("link", "set", "h0", "up");
        Path script = DhcpClient.script(folder);
        udhcpc =
                Background.start(
                        folder.resolve("log"),
                        namespace.inside(
                                "udhcpc",
                                "-f",
                                "-i",
                                "h0",
                                "-s",
                                script.toString(),
                                "-x",
                                "hostname:" + hostName,
                                "-t",
                                "20",
                                "-T",
                                "1",
                                "-A",
                                "1"));
    }

    String mac() {
        return namespace.run("cat", "/sys/class/net/h0/address").mustSucceed().output().strip();
    }

    void renew() {
        udhcpc.signal("USR1");
    }

    void release() {
        udhcpc.signal("USR2");
    }

    /// As if its power were cut: nothing is released.
    void vanish() {
        udhcpc.signal("KILL");
    }

    @Override
    public void close() {
        udhcpc.close();
        namespace.close();
    }
}
