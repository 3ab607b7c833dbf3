package io.holdfast.agent.address;

import io.holdfast.net.HostAddress;
import io.holdfast.net.HostAddress.Flag;
import io.holdfast.net.HostAddress.Scope;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Addresses written as `2001:db8::7 temporary preferred 600 scope link`: flags as `ip` prints
/// them, `unknown` where the system tells none; without a lifetime the address is permanent. `made
/// 10 refreshed 20` are seconds since the system started; without, both are 0. `/128` may follow
/// the address.
final class TestAddresses {
    private TestAddresses() {}

    /// @param list separated by commas
    static List<HostAddress> of(int link, String list) {
        return Arrays.stream(list.split(",", -1))
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .map(text -> one(link, text))
                .toList();
    }

    private static HostAddress one(int link, String text) {
        Iterator<String> words = Arrays.asList(text.split(" +", -1)).iterator();
        String[] prefix = words.next().split("/", 2);
        InetAddress address = InetAddress.ofLiteral(prefix[0]);
        int length = prefix.length < 2 ? 64 : Integer.parseInt(prefix[1]);
        Set<Flag> flags = EnumSet.noneOf(Flag.class);
        Scope scope = Scope.GLOBAL;
        long preferred = HostAddress.FOREVER;
        boolean known = true;
        double made = 0;
        double refreshed = 0;
        while (words.hasNext()) {
            String word = words.next();
            switch (word) {
                case "scope" -> scope = Scope.valueOf(words.next().toUpperCase(Locale.ROOT));
                case "preferred" -> preferred = Long.parseLong(words.next());
                case "made" -> {
                    made = Double.parseDouble(words.next());
                    refreshed = made;
                }
                case "refreshed" -> refreshed = Double.parseDouble(words.next());
                case "unknown" -> known = false;
                case "mngtmpaddr" -> flags.add(Flag.MANAGES_TEMPORARY);
                case "dadfailed" -> flags.add(Flag.DAD_FAILED);
                default -> flags.add(Flag.valueOf(word.toUpperCase(Locale.ROOT)));
            }
        }
        if (preferred == HostAddress.FOREVER && known) {
            flags.add(Flag.PERMANENT);
        }
        return new HostAddress(
                link,
                address,
                length,
                scope,
                flags,
                preferred,
                HostAddress.FOREVER,
                known,
                (int) Math.round(made * 100),
                (int) Math.round(refreshed * 100));
    }
}
