package io.holdfast.agent.address;

import io.holdfast.agent.address.AddressChoice.Wish;
import io.holdfast.agent.http.HttpClient;
import io.holdfast.net.HostNetwork;
import io.holdfast.net.address.AddressKind;
import io.holdfast.net.address.AddressText;
import io.holdfast.runtime.OutsideText;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Makes address sources from what the configuration says. Sources made by one instance share one
/// subscription to the kernel's events. Making a source touches nothing: no file, no socket.
///
/// ```
/// interface NAME [temporary] [ula]    the address of that interface; of IPv6 the stable global one,
/// default-route [temporary] [ula]     unless a word asks for the other kind instead
/// web [URL]                           what a web server sees; without URL the provider's own echo
/// file PATH                           the one address in a file, followed as it changes
/// command "PROGRAM WORD..."           the one address a program prints; no shell is involved,
///                                     write "sh -c '...'" to have one
/// static ADDRESS                      always the same
/// ```
public final class Sources {
    private static final String FORMS =
            "; write one of: interface NAME, default-route, web [URL], file PATH,"
                    + " command \"PROGRAM WORD...\", static ADDRESS, off";

    private final HostNetwork network;
    private final NetworkWatcher watcher;
    private final FileWatcher fileWatcher = new FileWatcher();
    private final Map<String, CheckIp> checkIps = new ConcurrentHashMap<>();

    public Sources(HostNetwork network) {
        this.network = network;
        this.watcher = new NetworkWatcher(network);
    }

    /// Sources that look at this host.
    public static Sources ofThisHost() {
        return new Sources(HostNetwork.ofThisHost());
    }

    /// The source that a text such as `interface eth0` names.
    ///
    /// @param text any form but `off`, which is the caller's
    /// @param echo what `web` asks when it names no URL, as a rule the provider's `/checkip`; null
    ///   if there is none
    /// @param folder what a relative `file PATH` is relative to
    /// @throws IllegalArgumentException with a message that names the fault and lists the forms
    public AddressSource of(String text, Family family, @Nullable URI echo, Path folder) {
        String[] parts = text.strip().split("\\s+", 2);
        String rest = parts.length < 2 ? "" : parts[1];
        try {
            return switch (parts[0]) {
                case "interface" -> named(rest, family, text);
                case "default-route" -> onInterface(null, CommandWords.of(rest), family, text);
                case "web" -> web(rest, family, echo, text);
                case "static" -> fixed(rest, family);
                case "file" -> file(rest, family, folder, text);
                case "command" -> command(rest, family);
                case "router", "stun", "dns" ->
                        throw fault("`" + parts[0] + "` is not offered yet");
                case "" -> throw fault("says no source");
                default -> throw unknown(parts[0]);
            };
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(e.getMessage() + FORMS, e);
        }
    }

    private AddressSource named(String rest, Family family, String text) {
        List<String> words = CommandWords.of(rest);
        if (words.isEmpty()) {
            throw fault("`interface` wants a name, as in `interface eth0`");
        }
        String name = words.getFirst();
        if (name.indexOf(':') >= 0 || name.indexOf('/') >= 0) {
            throw fault(
                    "no interface is named `"
                            + name
                            + "`: write the name that `ip link` shows, without the colon behind it");
        }
        return onInterface(name, words.subList(1, words.size()), family, text);
    }

    private static IllegalArgumentException unknown(String word) {
        if (word.startsWith("http://") || word.startsWith("https://")) {
            return fault(
                    "a URL wants the word `web` before it, as in `web "
                            + OutsideText.url(word)
                            + "`");
        }
        if (AddressText.read(word).isPresent()) {
            return fault(
                    "an address wants the word `static` before it, as in `static " + word + "`");
        }
        return fault("unknown source `" + OutsideText.url(word) + "`");
    }

    private AddressSource onInterface(
            @Nullable String name, List<String> options, Family family, String text) {
        Set<String> left = new HashSet<>(options);
        Wish wish = new Wish(left.remove("temporary"), left.remove("ula"));
        if (!left.isEmpty()) {
            throw fault("unknown word `" + left.iterator().next() + "` in `" + text + "`");
        }
        if (family == Family.IPV4 && !wish.equals(Wish.USUAL)) {
            throw fault("`temporary` and `ula` are kinds of IPv6 addresses");
        }
        return new InterfaceSource(network, watcher, family, name, wish, text);
    }

    private AddressSource web(String rest, Family family, @Nullable URI echo, String text) {
        if (rest.isEmpty() && echo == null) {
            throw fault("`web` wants a URL here: this provider shows nobody his address");
        }
        URI url = rest.isEmpty() && echo != null ? echo : url(rest);
        CheckIp shared = checkIps.computeIfAbsent(family + " " + url, _ -> echo(url, family));
        return new WebSource(shared, family, network, watcher, OutsideText.url(text));
    }

    private static CheckIp echo(URI url, Family family) {
        CheckIpRequest request = new CheckIpRequest(HttpClient.ofThisJdk(), CheckIpRequest.TIMEOUT);
        return new CheckIp(url, family, request, System::nanoTime);
    }

    private static URI url(String text) {
        URI url;
        try {
            url = URI.create(text);
        } catch (IllegalArgumentException e) {
            throw fault("`" + OutsideText.url(text) + "` is no URL");
        }
        boolean scheme =
                "http".equalsIgnoreCase(url.getScheme())
                        || "https".equalsIgnoreCase(url.getScheme());
        if (!scheme || url.getHost() == null) {
            throw fault("`" + OutsideText.url(text) + "` is no http or https URL");
        }
        return url;
    }

    private static AddressSource fixed(String rest, Family family) {
        InetAddress address =
                AddressText.read(rest).orElseThrow(() -> fault("`" + rest + "` is no address"));
        AddressKind kind = AddressKind.of(address);
        if (!family.holds(address)) {
            throw fault("`" + rest + "` is no " + family + " address");
        }
        if (!kind.mayBePublished()) {
            throw fault("no name may point at " + rest + ": it is " + kind);
        }
        return new StaticSource(address);
    }

    private AddressSource file(String rest, Family family, Path folder, String text) {
        if (rest.isEmpty()) {
            throw fault("`file` wants a path");
        }
        if (rest.startsWith("~")) {
            throw fault("`~` is a shell's; write the whole path");
        }
        try {
            return new FileSource(folder.resolve(rest).normalize(), family, fileWatcher, text);
        } catch (InvalidPathException e) {
            throw fault("`" + rest + "` is no path: " + e.getReason());
        }
    }

    /// The command may be quoted as a whole, as one would for a shell, or not.
    private AddressSource command(String rest, Family family) {
        List<String> words = CommandWords.of(rest);
        List<String> command = words.size() == 1 ? CommandWords.of(words.getFirst()) : words;
        if (command.isEmpty()) {
            throw fault("`command` wants a program");
        }
        ShellWords.refuse(words.size() == 1 ? words.getFirst() : rest, command.getFirst());
        return new CommandSource(
                command,
                family,
                CommandSource.TIMEOUT,
                onChange -> DefaultRouteWatcher.watch(network, watcher, family, onChange),
                "command " + command.getFirst() + (command.size() > 1 ? " ..." : ""));
    }

    private static IllegalArgumentException fault(String what) {
        return new IllegalArgumentException(what);
    }
}
