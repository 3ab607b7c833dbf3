package io.holdfast.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Tells one new address after the other to a service's /nic/update, over connections that stay, on
/// one thread; the next request of a connection is sent when the last was answered.
///
/// ```
/// java UpdateLoad.java HOST:PORT HOSTS.csv CONNECTIONS SECONDS ROUND
/// ```
///
/// The file has a header and lines `name,secret,...`. ROUND, 0 to 99, makes the addresses of each
/// run new ones. Prints one line: answered `good` a second, the median and the 99th percentile of
/// the time to an answer in microseconds, and how many were answered otherwise.
final class UpdateLoad {
    private record Host(String name, String authorization) {}

    private static final int MOST_ANSWERS = 10_000_000;
    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *(\\d+)");

    private final List<Host> hosts;
    private final int round;
    private final long[] nanos = new long[MOST_ANSWERS];
    private int next;
    private int answers;
    private int good;
    private String strangest = "";

    private UpdateLoad(List<Host> hosts, int round) {
        this.hosts = hosts;
        this.round = round;
    }

    public static void main(String[] arguments) throws IOException {
        int colon = arguments[0].lastIndexOf(':');
        InetSocketAddress server =
                new InetSocketAddress(
                        InetAddress.ofLiteral(arguments[0].substring(0, colon)),
                        Integer.parseInt(arguments[0].substring(colon + 1)));
        List<Host> hosts =
                Files.readAllLines(Path.of(arguments[1])).stream()
                        .skip(1)
                        .map(UpdateLoad::host)
                        .toList();
        new UpdateLoad(hosts, Integer.parseInt(arguments[4]))
                .run(server, Integer.parseInt(arguments[2]), Integer.parseInt(arguments[3]));
    }

    private static Host host(String line) {
        String[] fields = line.split(",", -1);
        byte[] credentials = (fields[0] + ":" + fields[1]).getBytes(US_ASCII);
        return new Host(fields[0], Base64.getEncoder().encodeToString(credentials));
    }

    private void run(InetSocketAddress server, int connections, int seconds) throws IOException {
        try (Selector selector = Selector.open()) {
            for (int i = 0; i < connections; i++) {
                new Connection(server, selector).ask();
            }
            long start = System.nanoTime();
            long end = start + seconds * 1_000_000_000L;
            while (System.nanoTime() < end && answers < MOST_ANSWERS) {
                selector.select(key -> ((Connection) key.attachment()).hear(), 1_000);
            }
            report((System.nanoTime() - start) / 1e9);
        }
    }

    private void report(double seconds) {
        Arrays.sort(nanos, 0, answers);
        System.out.printf(
                "%.0f %d %d %d%n",
                good / seconds,
                answers == 0 ? 0 : nanos[answers / 2] / 1_000,
                answers == 0 ? 0 : nanos[(int) (answers * 0.99)] / 1_000,
                answers - good);
        if (!strangest.isEmpty()) {
            System.err.println("answered otherwise, for one: " + strangest);
        }
    }

    /// One that was not used in this run or an earlier one: 20.0.0.0 and up, a million for each
    /// round.
    private String newAddress() {
        int address = (20 << 24) + round * MOST_ANSWERS / 10 + next;
        return (address >>> 24)
                + "."
                + (address >>> 16 & 0xFF)
                + "."
                + (address >>> 8 & 0xFF)
                + "."
                + (address & 0xFF);
    }

    private final class Connection {
        private final SocketChannel channel;
        private final ByteBuffer in = ByteBuffer.allocate(16_384);
        private long asked;

        Connection(InetSocketAddress server, Selector selector) throws IOException {
            channel = SocketChannel.open(server);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ, this);
        }

        void ask() throws IOException {
            Host host = hosts.get(next % hosts.size());
            String request =
                    "GET /nic/update?hostname="
                            + host.name()
                            + "&myip="
                            + newAddress()
                            + " HTTP/1.1\r\nHost: dyn.test\r\nUser-Agent: holdfast-bench/1\r\nAuthorization: Basic "
                            + host.authorization()
                            + "\r\n\r\n";
            next++;
            asked = System.nanoTime();
            // A socket that waits for an answer has room for one short request.
            if (channel.write(ByteBuffer.wrap(request.getBytes(US_ASCII))) != request.length()) {
                throw new IOException("a request did not fit into an empty socket");
            }
        }

        void hear() {
            try {
                if (channel.read(in) < 0) {
                    throw new IOException("the server closed a connection");
                }
                String heard = new String(in.array(), 0, in.position(), US_ASCII);
                int head = heard.indexOf("\r\n\r\n");
                Matcher length = LENGTH.matcher(heard);
                if (head < 0) {
                    return;
                }
                if (!length.find()) {
                    throw new IOException("an answer without a length: " + heard);
                }
                int whole = head + 4 + Integer.parseInt(length.group(1));
                if (in.position() < whole) {
                    return;
                }
                count(heard.substring(head + 4, whole));
                in.clear();
                ask();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }

        private void count(String body) {
            nanos[answers++] = System.nanoTime() - asked;
            if (body.startsWith("good ")) {
                good++;
            } else {
                strangest = body.strip();
            }
        }
    }
}
