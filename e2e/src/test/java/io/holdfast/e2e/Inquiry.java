package io.holdfast.e2e;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Asks one name server on loopback thousands of questions, some of them at a time.
final class Inquiry {
    /// Few enough that no socket buffer overflows.
    private static final int IN_FLIGHT = 24;

    private static final int TIMEOUT_MILLIS = 2000;
    private static final int TRIES = 5;
    private static final int LONGEST = 0xFFFF;

    private Inquiry() {}

    /// Asks by UDP; a question without a reply is asked again.
    ///
    /// @return the replies in the order of the questions
    /// @throws AssertionError for a question that stays without a reply
    static List<byte[]> byUdp(int port, List<Question> questions) {
        Map<Integer, byte[]> replies = new TreeMap<>();
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            Deque<Integer> left = unanswered(questions, replies);
            for (int tries = 0; !left.isEmpty(); tries++) {
                if (tries == TRIES) {
                    throw new AssertionError("no reply to " + questions.get(left.getFirst()));
                }
                ask(socket, questions, left, replies);
                left = unanswered(questions, replies);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return List.copyOf(replies.values());
    }

    private static void ask(
            DatagramSocket socket,
            List<Question> questions,
            Deque<Integer> left,
            Map<Integer, byte[]> replies)
            throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[LONGEST], LONGEST);
        int inFlight = 0;
        while (inFlight > 0 || !left.isEmpty()) {
            while (inFlight < IN_FLIGHT && !left.isEmpty()) {
                int next = left.remove();
                byte[] query = questions.get(next).query(next & 0xFFFF);
                socket.send(new DatagramPacket(query, query.length));
                inFlight++;
            }
            try {
                socket.receive(packet);
                inFlight--;
                byte[] reply = Arrays.copyOf(packet.getData(), packet.getLength());
                int index = index(reply, questions);
                replies.put(index, reply);
            } catch (SocketTimeoutException lost) {
                return;
            }
        }
    }

    /// Which question a reply is to: that of its number, which comes again after 65,536 others.
    private static int index(byte[] reply, List<Question> questions) {
        int id = (reply[0] & 0xFF) << 8 | (reply[1] & 0xFF);
        for (int i = id; i < questions.size(); i += 0x10000) {
            if (echoes(reply, questions.get(i))) {
                return i;
            }
        }
        throw new AssertionError("a reply to what was not asked, numbered " + id);
    }

    /// Whether the question came back octet by octet, in the case in which it was asked.
    private static boolean echoes(byte[] reply, Question question) {
        byte[] asked = question.query(0);
        int length = question.name().length() + 4;
        return Arrays.equals(reply, 12, 12 + length, asked, 12, 12 + length);
    }

    private static Deque<Integer> unanswered(
            List<Question> questions, Map<Integer, byte[]> replies) {
        Deque<Integer> left = new ArrayDeque<>();
        for (int i = 0; i < questions.size(); i++) {
            if (!replies.containsKey(i)) {
                left.add(i);
            }
        }
        return left;
    }

    /// Asks by TCP, one question after the other over one connection.
    static List<byte[]> byTcp(int port, List<Question> questions) {
        List<byte[]> replies = new ArrayList<>();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(TRIES * TIMEOUT_MILLIS);
            DataInputStream in = new DataInputStream(socket.getInputStream());
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            for (Question question : questions) {
                byte[] query = question.query(0);
                byte[] framed = new byte[2 + query.length];
                framed[0] = (byte) (query.length >>> 8);
                framed[1] = (byte) query.length;
                System.arraycopy(query, 0, framed, 2, query.length);
                out.write(framed);
                out.flush();
                byte[] reply = new byte[in.readUnsignedShort()];
                in.readFully(reply);
                replies.add(reply);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return replies;
    }
}
