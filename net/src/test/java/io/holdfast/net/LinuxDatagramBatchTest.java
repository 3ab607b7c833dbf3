package io.holdfast.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.holdfast.net.DatagramBatches.Kind;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

class LinuxDatagramBatchTest {
    private static final int ROUNDS = 1_000;
    private static final int ATTEMPTS = 200;

    private final com.sun.management.ThreadMXBean threads =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final byte[] datagram = new byte[DatagramBatch.MAX_LENGTH];

    @Test
    void oncePastItsStartARoundAllocatesNothing() throws IOException {
        assumeTrue(DatagramBatches.fastest() == Kind.NATIVE, "not the native kind of system");
        for (String host : new String[] {"127.0.0.1", "0.0.0.0"}) {
            InetSocketAddress any = new InetSocketAddress(InetAddress.ofLiteral(host), 0);
            try (DatagramBatch batch = DatagramBatches.open(any, 1, Kind.NATIVE).getFirst();
                    DatagramSocket client = new DatagramSocket()) {
                client.connect(
                        new InetSocketAddress(
                                InetAddress.ofLiteral("127.0.0.1"), batch.address().getPort()));
                long allocated = Long.MAX_VALUE;
                // Until the compiler has seen enough, calls are interpreted and do allocate.
                for (int i = 0; i < ATTEMPTS && allocated > 0; i++) {
                    allocated = allocatedByRounds(batch, client);
                }
                assertThat(allocated).as("octets by %d rounds on %s", ROUNDS, host).isZero();
            }
        }
    }

    private long allocatedByRounds(DatagramBatch batch, DatagramSocket client) throws IOException {
        DatagramPacket question = new DatagramPacket(new byte[40], 40);
        DatagramPacket answer = new DatagramPacket(new byte[64], 64);
        long allocated = 0;
        for (int i = 0; i < ROUNDS; i++) {
            client.send(question);
            long before = threads.getCurrentThreadAllocatedBytes();
            int received = batch.receive();
            for (int j = 0; j < received; j++) {
                batch.reply(j, datagram, batch.read(j, datagram));
            }
            batch.send();
            allocated += threads.getCurrentThreadAllocatedBytes() - before;
            client.receive(answer);
        }
        return allocated;
    }
}
