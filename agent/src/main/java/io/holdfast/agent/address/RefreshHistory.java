package io.holdfast.agent.address;

import io.holdfast.net.HostAddress;
import io.holdfast.net.HostAddress.Flag;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// When the addresses of one link were refreshed by router advertisements, as far as it was seen. A
/// value: looking again makes a new one.
///
/// A router that was restarted, or whose access provider gave it another prefix, often does not say
/// that the old prefix is over (RFC 8978 section 2). The old addresses stay preferred for days.
/// What shows is that the old prefix is refreshed no longer while another one is. All times are the
/// kernel's own, in hundredths of a second since the system started; no clock is read.
final class RefreshHistory {
    /// Nothing was seen yet.
    static final RefreshHistory NONE = new RefreshHistory(Map.of(), null);

    /// Refreshes so close to each other are of one advertisement.
    private static final int SAME = 50;

    /// No router that is alive lets its hosts wait longer (RFC 4861 section 6.2.1,
    /// MaxRtrAdvInterval).
    private static final int LONGEST_INTERVAL = 1800 * 100;

    /// @param last when it was refreshed last
    /// @param before when it was refreshed before that, or made; equal to `last` if there was none
    /// @param outlived the longest time without a refresh after which its prefix was refreshed all
    ///   the same, though it had missed two refreshes of another prefix meanwhile; 0 if it never
    ///   did
    private record Seen(int created, int before, int last, int outlived) {
        static Seen first(HostAddress a) {
            boolean refreshed = a.refreshed() - a.created() > SAME;
            int before = refreshed ? a.created() : a.refreshed();
            return new Seen(a.created(), before, a.refreshed(), 0);
        }

        Seen then(HostAddress a) {
            return a.refreshed() - last > SAME
                    ? new Seen(created, last, a.refreshed(), outlived)
                    : this;
        }

        Seen outliving(int silence) {
            return new Seen(created, before, last, Math.max(outlived, silence));
        }
    }

    private final Map<InetAddress, Seen> seen;

    /// Everything refreshed up to then is of the time before the link came back; null if it never
    /// went.
    private final @Nullable Integer linkCameBack;

    private RefreshHistory(Map<InetAddress, Seen> seen, @Nullable Integer linkCameBack) {
        this.seen = Map.copyOf(seen);
        this.linkCameBack = linkCameBack;
    }

    /// With what a look at the link's addresses shows. Those that are gone are forgotten.
    RefreshHistory with(List<HostAddress> all) {
        Map<InetAddress, Seen> now = new HashMap<>();
        for (HostAddress a : all) {
            Seen before = seen.get(a.address());
            now.put(
                    a.address(),
                    before != null && before.created == a.created()
                            ? before.then(a)
                            : Seen.first(a));
        }
        Map<InetAddress, Seen> learnt = new HashMap<>(now);
        for (HostAddress a : all) {
            int silence = outlivedSilence(a, all, now);
            learnt.computeIfPresent(a.address(), (_, one) -> one.outliving(silence));
        }
        return new RefreshHistory(learnt, linkCameBack);
    }

    /// How long the prefix of an address was not refreshed, if it was now, and had missed two
    /// refreshes of another one before: its router is alive and has a slower rhythm.
    ///
    /// @param now what is seen of each address, this look included
    /// @return 0 if it was not so
    private int outlivedSilence(HostAddress a, List<HostAddress> all, Map<InetAddress, Seen> now) {
        Optional<Integer> last =
                all.stream()
                        .filter(mate -> samePrefix(a, mate) && !mate.is(Flag.PERMANENT))
                        .flatMap(mate -> Optional.ofNullable(seen.get(mate.address())).stream())
                        .map(Seen::last)
                        .reduce((one, other) -> one - other > 0 ? one : other);
        if (last.isEmpty() || a.refreshed() - last.get() <= SAME) {
            return 0;
        }
        boolean missed =
                all.stream()
                        .filter(other -> !samePrefix(a, other) && !other.is(Flag.PERMANENT))
                        .flatMap(other ->
                                Stream.of(seen.get(other.address()), now.get(other.address())))
                        .filter(Objects::nonNull)
                        .anyMatch(its ->
                                refreshedTwiceSince(last.get(), its)
                                        && its.last - a.refreshed() <= SAME);
        return missed ? Math.min(a.refreshed() - last.get(), LONGEST_INTERVAL) : 0;
    }

    /// After the other end of the link was gone and is there again.
    RefreshHistory afterTheLinkCameBack() {
        Optional<Integer> latest =
                seen.values().stream().map(Seen::last).reduce((a, b) -> a - b > 0 ? a : b);
        return new RefreshHistory(seen, latest.orElse(linkCameBack));
    }

    /// Why an address is to be given up for one of another prefix though it is still preferred.
    ///
    /// @param candidates the addresses that could be sent, of the same link
    /// @param all the addresses of the link
    /// @return in a word for people; empty if there is no reason
    Optional<String> objection(HostAddress a, List<HostAddress> candidates, List<HostAddress> all) {
        List<HostAddress> others =
                candidates.stream().filter(other -> !samePrefix(a, other)).toList();
        if (others.isEmpty() || !seen.containsKey(a.address())) {
            return Optional.empty();
        }
        if (all.stream().anyMatch(mate -> showsTheEndOf(a, mate))) {
            return Optional.of("its prefix is deprecated");
        }
        if (a.is(Flag.PERMANENT)) {
            return Optional.empty(); // no router refreshes it
        }
        Seen prefix = ofThePrefix(a, all);
        if (others.stream().anyMatch(other -> isNewOnTheLink(prefix, other))) {
            return Optional.of("not announced since the link came back");
        }
        return others.stream().anyMatch(other -> missedTwo(a, prefix, other))
                ? Optional.of("no longer announced, while another prefix is")
                : Optional.empty();
    }

    /// Whether another address shows that a router deprecated the prefix of this one. Temporary
    /// addresses are replaced daily, and deprecated then; those set by hand may be deprecated so
    /// that nothing leaves from them.
    private boolean showsTheEndOf(HostAddress a, HostAddress mate) {
        boolean deprecated = mate.is(Flag.DEPRECATED) || mate.preferredSeconds() == 0;
        return deprecated
                && !mate.is(Flag.TEMPORARY)
                && !mate.is(Flag.PERMANENT)
                && samePrefix(a, mate)
                && mate.refreshed() - a.refreshed() > SAME;
    }

    private boolean isNewOnTheLink(Seen prefix, HostAddress other) {
        return linkCameBack != null
                && prefix.last - linkCameBack <= 0
                && !other.is(Flag.PERMANENT)
                && other.refreshed() - linkCameBack > SAME;
    }

    /// Whether the other prefix was refreshed twice since this one was. Routers have rhythms of
    /// their own: a prefix that once missed two and came back has a slow router, and is waited for
    /// half as long again as it took then. So a name leaves a slow router at most for a quick one,
    /// and does not swing between two that are alive.
    private boolean missedTwo(HostAddress a, Seen prefix, HostAddress other) {
        Seen its = seen.get(other.address());
        // A lease (RFC 8415) is renewed in a rhythm of its own, and compared with another lease.
        boolean comparable = a.prefixLength() < 128 || other.prefixLength() == 128;
        return its != null
                && comparable
                && !other.is(Flag.PERMANENT)
                && refreshedTwiceSince(prefix.last, its)
                && its.last - prefix.last > prefix.outlived + prefix.outlived / 2;
    }

    private static boolean refreshedTwiceSince(int time, Seen its) {
        return its.before - time > SAME && its.last - its.before > SAME;
    }

    /// What was seen of the address, with the last refresh of any of its prefix: an address leased
    /// by DHCPv6 lives as long as its prefix is announced.
    private Seen ofThePrefix(HostAddress a, List<HostAddress> all) {
        Seen own = seen.getOrDefault(a.address(), Seen.first(a));
        int last = own.last;
        int outlived = own.outlived;
        for (HostAddress mate : all) {
            if (samePrefix(a, mate)) {
                outlived = Math.max(outlived, seen.getOrDefault(mate.address(), own).outlived);
            }
            if (!mate.is(Flag.PERMANENT)
                    && !mate.is(Flag.DEPRECATED)
                    && samePrefix(a, mate)
                    && mate.refreshed() - last > 0) {
                last = mate.refreshed();
            }
        }
        return new Seen(own.created, own.before, last, outlived);
    }

    /// Whether the shorter of the two prefixes covers both addresses.
    private static boolean samePrefix(HostAddress a, HostAddress b) {
        byte[] one = a.address().getAddress();
        byte[] other = b.address().getAddress();
        if (one.length != other.length) {
            return false;
        }
        // An address of DHCPv6 has a length of 128 and lies in a /64 as a rule (RFC 4291 2.5.1).
        int most = Math.min(64, one.length * 8);
        int length = Math.min(most, Math.min(a.prefixLength(), b.prefixLength()));
        for (int bit = 0; bit < length; bit++) {
            int mask = 0x80 >>> (bit % 8);
            if (((one[bit / 8] ^ other[bit / 8]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }
}
