package io.holdfast.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Holdfast answers as most of BIND, Knot and NSD do, whatever is asked about zones made to be
/// nasty.
///
/// Same master files, same questions, by UDP with and without EDNS and, where anybody truncates, by
/// TCP. Compared are rcode, AA, answer, authority and the glue of referrals; names without case
/// (RFC 4343 §4.1 lets a server send either), sections as sets, TTLs included.
class AgreementTest {
    private static final long SEED = 20261122;
    private static final List<String> APEXES =
            List.of("nasty.test", "child.nasty.test", "other.test", "empty.test");
    private static final int MOST_SHOWN = 40;

    @TempDir Path folder;

    @Test
    void holdfastSaysWhatMostOthersSay() throws Exception {
        Tool.require(PeerServer.PROGRAMS.toArray(String[]::new));
        Map<String, Path> zones = new LinkedHashMap<>();
        APEXES.forEach(
                apex -> zones.put(apex, Path.of("src/test/resources/agreement", apex + ".zone")));
        List<Question> questions =
                QuestionList.about(
                        zones.entrySet().stream()
                                .map(zone -> QuestionList.records(zone.getKey(), zone.getValue()))
                                .toList(),
                        SEED);
        List<PeerServer> peers = PeerServer.startAll(folder, zones);
        try (ServiceProcess holdfast = holdfast(zones).start()) {
            List<Integer> ports = new ArrayList<>(List.of(holdfast.dnsPort()));
            peers.forEach(peer -> ports.add(peer.port()));
            List<List<Said>> replies = askAll(ports, questions);
            Ballot ballot = new Ballot(peers.stream().map(PeerServer::name).toList());
            for (int i = 0; i < questions.size(); i++) {
                int at = i;
                ballot.count(questions.get(i), replies.stream().map(said -> said.get(at)).toList());
            }
            System.out.println(ballot.summary());
            assertThat(ballot.disagreements().stream().limit(MOST_SHOWN)).isEmpty();
            assertThat(ballot.unusedDepartures()).isEmpty();
        } finally {
            peers.forEach(PeerServer::close);
        }
    }

    private ServiceProcess holdfast(Map<String, Path> zones) {
        StringBuilder configuration = new StringBuilder();
        zones.forEach((apex, file) ->
                configuration.append(
                        "[zone.\"%s\"]\nrecords = \"%s\"\n"
                                .formatted(apex, file.toAbsolutePath())));
        return ServiceProcess.in(folder, configuration.toString());
    }

    /// What each server says to each question; by TCP where a datagram may not have had the room.
    private static List<List<Said>> askAll(List<Integer> ports, List<Question> questions)
            throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<List<Said>> said = new ArrayList<>();
            for (List<byte[]> replies : each(threads, ports, to -> Inquiry.byUdp(to, questions))) {
                said.add(new ArrayList<>(replies.stream().map(Said::in).toList()));
            }
            int[] cut = IntStream.range(0, questions.size()).filter(i -> isCut(i, said)).toArray();
            List<Question> again = IntStream.of(cut).mapToObj(questions::get).toList();
            List<List<byte[]>> byTcp = each(threads, ports, to -> Inquiry.byTcp(to, again));
            for (int server = 0; server < ports.size(); server++) {
                for (int i = 0; i < cut.length; i++) {
                    Said whole = Said.in(byTcp.get(server).get(i));
                    boolean truncated = said.get(server).get(cut[i]).truncated();
                    said.get(server).set(cut[i], whole.truncated(truncated));
                }
            }
            return said;
        }
    }

    /// Whether a reply is truncated, or nothing but glue differs, for which there may be no room.
    private static boolean isCut(int i, List<List<Said>> said) {
        return said.stream().anyMatch(of -> of.get(i).truncated())
                || (said.stream().map(of -> of.get(i)).distinct().count() > 1
                        && said.stream().map(of -> of.get(i).withoutGlue()).distinct().count()
                                == 1);
    }

    private interface Asking {
        List<byte[]> ask(int port);
    }

    private static List<List<byte[]>> each(
            ExecutorService threads, List<Integer> ports, Asking asking) throws Exception {
        List<Future<List<byte[]>>> asked =
                ports.stream().map(port -> threads.submit(() -> asking.ask(port))).toList();
        List<List<byte[]>> replies = new ArrayList<>();
        for (Future<List<byte[]>> one : asked) {
            replies.add(one.get());
        }
        return replies;
    }
}
