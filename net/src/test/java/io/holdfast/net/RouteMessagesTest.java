package io.holdfast.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Datagrams as a Linux 6.18 kernel sent them on a little-endian machine; only link messages are
/// shortened to the attributes of interest.
class RouteMessagesTest {
    private static final String NEW_V4 =
            "4c000000140000001c27036b5c4c0000021880000300000008000100c000020708000200c00002070700030064300000"
                    + "080008008000000014000600ffffffffffffffff3400040034000400";
    private static final String TWO_WAYS =
            "5000000018000006b829036bd365000002000000fe0300010000000008000f00fe000000080006005a00000024000900"
                    + "100000000300000008000500c0000201100000000500000008000500cb007101";

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
"""
ip addr add 192.0.2.7/24                      | 4c000000140000001c27036b5c4c0000021880000300000008000100c000020708000200c00002070700030064300000080008008000000014000600ffffffffffffffff3400040034000400 | new 3: 192.0.2.7/24 GLOBAL [PERMANENT] forever forever
ip addr add 192.0.2.8/24, with lifetimes      | 4c000000140000001c27036b5f4c0000021801000300000008000100c000020808000200c0000208070003006430000008000800010000001400060008070000100e00005600040056000400 | new 3: 192.0.2.8/24 GLOBAL [SECONDARY] 1800 3600
ip addr add 198.51.100.1 peer 198.51.100.2    | 4c000000140000001d27036b684c0000022080000300000008000100c633640208000200c63364010700030064300000080008008000000014000600ffffffffffffffffe6000400e6000400 | new 3: 198.51.100.1/32 GLOBAL [PERMANENT] forever forever
ip addr add 2001:db8::7/64 nodad              | 480000001400000000000000000000000a408200030000001400010020010db800000000000000000000000714000600ffffffffffffffffa6000400a60004000800080082000000 | new 3: 2001:db8:0:0:0:0:0:7/64 GLOBAL [PERMANENT] forever forever
an address preferred for 0 s, mngtmpaddr      | 480000001400000000000000000000000a406000030000001400010020010db80000000000000000000000081400060000000000100e0000c6000400c60004000800080060010000 | new 3: 2001:db8:0:0:0:0:0:8/64 GLOBAL [DEPRECATED, TENTATIVE, MANAGES_TEMPORARY] 0 3600
ip addr del 192.0.2.7/24                      | 4c000000150000001f27036b754c0000021880000300000008000100c000020708000200c00002070700030064300000080008008000000014000600ffffffffffffffff3400040034000400 | gone 3: 192.0.2.7/24 GLOBAL [PERMANENT] forever forever
ip link set d0 up                             | 2800000010000000000000000000000000000100030000000310000001000000070003006430000000 | new link 3 d0 up
ip link del d0                                | 2800000011000000000000000000000000000100030000000210000000000000070003006430000000 | gone link 3 d0 down
a port leaves a bridge: not the link itself   | 2800000011000000000000000000000007000100030000000210000000000000070003006430000000 | nothing
ip route add default metric 50                | 3c00000018000006b729036bb765000002000000fe0300010000000008000f00fe000000080006003200000008000500c00002010800040003000000 | new default IPv4 by 3 metric 50 via 192.0.2.1
the same while the link has no carrier        | 3c000000180000061e27036b6a4c000002000000fe0300011000000008000f00fe000000080006003200000008000500c00002010800040003000000 | nothing
ip route del default metric 50                | 3c000000190000001f27036b734c000002000000fe0300011000000008000f00fe000000080006003200000008000500c00002010800040003000000 | gone default IPv4 by 3 metric 50 via 192.0.2.1
ip -6 route add default metric 77             | 7400000018000006b729036bb96500000a000000fe0300010000000008000f00fe000000080006004d0000001400050020010db8000000000000000000000001080004000300000024000c0000000000000000000000000000000000000000000000000000000000000000000500140000000000 | new default IPv6 by 3 metric 77 via 2001:db8:0:0:0:0:0:1
a default route of two ways                   | 5000000018000006b829036bd365000002000000fe0300010000000008000f00fe000000080006005a00000024000900100000000300000008000500c0000201100000000500000008000500cb007101 | new default IPv4 by 3 metric 90 via 192.0.2.1; new default IPv4 by 5 metric 90 via 203.0.113.1
the first of two ways has no carrier          | 50000000180000061f27036b714c000002000000fe0300011000000008000f00fe000000080006005a00000024000900100010000300000008000500c0000201100000000500000008000500cb007101 | new default IPv4 by 5 metric 90 via 203.0.113.1
a route to one network                        | 3c00000018000006000000000000000002180000fe02fd011000000008000f00fe00000008000100c000020008000700c00002070800040003000000 | nothing
the end of a listing                          | 14000000030002000000000000000000000000000000 | end 0
a refusal: operation not permitted            | 240000000200000000000000000000 00ffffffff00000000000000000000000000000000 | end 1
a listing that changed meanwhile              | 14000000030012000000000000000000000000000000 | inconsistent; end 0
an address message without an address         | 18000000140000000000000000000000 0218800003000000 | malformed: address message without an address
a message longer than its datagram            | 4c0000001400000000000000000000000218800003000000 | malformed: message of 76 octets with 24 left
a message shorter than its own header         | 0800000014000000000000000000000002188000 | malformed: message of 8 octets with 20 left
an attribute longer than its message          | 20000000140000000000000000000000 0218800003000000 40000100c0000207 | malformed: attribute longer than its message; malformed: address message without an address
""")
    void kernelMessagesMean(String what, String hex, String meaning) {
        assertThat(text(trimmed(bytes(hex)))).isEqualTo(meaning);
    }

    @Test
    void saysWhenAnAddressWasMadeAndRefreshed() {
        RouteMessage message =
                RouteMessages.read(
                                ByteBuffer.wrap(
                                                bytes(
                                                        """
                                                        48000000140000000000000000000000
                                                        0a4000000300000014000100
                                                        20010db8000000000000000000000008
                                                        140006000807000010 0e0000
                                                        2a010000 ffffff7f
                                                        0800080000010000
                                                        """
                                                                .replace("\n", "")))
                                        .order(ByteOrder.LITTLE_ENDIAN))
                        .getFirst();

        assertThat(message)
                .isInstanceOfSatisfying(
                        RouteMessage.OfAddress.class,
                        it -> {
                            assertThat(it.address().created()).isEqualTo(298);
                            assertThat(it.address().refreshed()).isEqualTo(Integer.MAX_VALUE);
                        });
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "its other end is there, 43100100, true",
        "switched on without a carrier, 03100000, false",
    })
    void saysWhetherALinkHasACarrier(String what, String flags, boolean carrier) {
        String message =
                "28000000100000000000000000000000"
                        + "0000010003000000"
                        + flags
                        + "00000000"
                        + "0700030064300000";
        assertThat(
                        RouteMessages.read(
                                ByteBuffer.wrap(bytes(message)).order(ByteOrder.LITTLE_ENDIAN)))
                .containsExactly(
                        new RouteMessage.OfLink(false, new Link(3, "d0", true, false, carrier)));
    }

    @Test
    void severalMessagesInOneDatagramAreReadInOrder() {
        assertThat(text(bytes(NEW_V4 + TWO_WAYS)))
                .isEqualTo(
                        "new 3: 192.0.2.7/24 GLOBAL [PERMANENT] forever forever;"
                                + " new default IPv4 by 3 metric 90 via 192.0.2.1; new default IPv4 by 5 metric 90 via 203.0.113.1");
    }

    @Test
    void aDatagramCutAnywhereThrowsNothing() {
        byte[] whole = bytes(NEW_V4 + TWO_WAYS);
        for (int length = 0; length < whole.length; length++) {
            ByteBuffer cut = ByteBuffer.wrap(whole, 0, length).order(ByteOrder.LITTLE_ENDIAN);
            assertThatCode(() -> RouteMessages.read(cut)).doesNotThrowAnyException();
        }
    }

    @Test
    void damagedDatagramsThrowNothing() {
        Random random = new Random(20261122);
        byte[] whole = bytes(NEW_V4 + TWO_WAYS);
        for (int i = 0; i < 50_000; i++) {
            byte[] damaged = whole.clone();
            for (int octets = random.nextInt(1, 6); octets > 0; octets--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            ByteBuffer datagram = ByteBuffer.wrap(damaged).order(ByteOrder.LITTLE_ENDIAN);
            assertThatCode(() -> RouteMessages.read(datagram))
                    .as(HexFormat.of().formatHex(damaged))
                    .doesNotThrowAnyException();
        }
    }

    /// Rows may be padded for the eye.
    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    /// To the length that the first message claims, where there is that much.
    private static byte[] trimmed(byte[] datagram) {
        int claimed = ByteBuffer.wrap(datagram).order(ByteOrder.LITTLE_ENDIAN).getInt();
        return claimed >= 16 && claimed < datagram.length
                ? Arrays.copyOf(datagram, claimed)
                : datagram;
    }

    private static String text(byte[] datagram) {
        List<RouteMessage> messages =
                RouteMessages.read(ByteBuffer.wrap(datagram).order(ByteOrder.LITTLE_ENDIAN));
        return messages.isEmpty()
                ? "nothing"
                : messages.stream().map(RouteMessagesTest::text).collect(Collectors.joining("; "));
    }

    private static String text(RouteMessage message) {
        return switch (message) {
            case RouteMessage.OfLink(boolean gone, Link link) ->
                    (gone ? "gone" : "new")
                            + (" link " + link.index() + " " + link.name())
                            + (link.up() ? " up" : " down");
            case RouteMessage.OfAddress(boolean gone, HostAddress a) ->
                    (gone ? "gone " : "new ")
                            + (a.linkIndex() + ": " + a.address().getHostAddress())
                            + ("/" + a.prefixLength() + " " + a.scope() + " " + flags(a))
                            + (" "
                                    + seconds(a.preferredSeconds())
                                    + " "
                                    + seconds(a.validSeconds()));
            case RouteMessage.OfDefaultRoute(boolean gone, DefaultRoute route) ->
                    (gone ? "gone" : "new")
                            + (" default " + (route.ipv6() ? "IPv6" : "IPv4"))
                            + (" by " + route.linkIndex() + " metric " + route.metric())
                            + route.gateway().map(via -> " via " + via.getHostAddress()).orElse("");
            case RouteMessage.End(int errno) -> "end " + errno;
            case RouteMessage.Inconsistent _ -> "inconsistent";
            case RouteMessage.Malformed(String why) -> "malformed: " + why;
        };
    }

    private static List<HostAddress.Flag> flags(HostAddress a) {
        return Stream.of(HostAddress.Flag.values()).filter(a::is).toList();
    }

    private static String seconds(long seconds) {
        return seconds == HostAddress.FOREVER ? "forever" : Long.toString(seconds);
    }
}
