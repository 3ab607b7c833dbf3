package io.holdfast.agent;

import io.holdfast.agent.address.AddressSource;
import io.holdfast.agent.address.Family;
import io.holdfast.agent.address.Sources;
import io.holdfast.agent.provider.Catalogue;
import io.holdfast.agent.provider.Host;
import io.holdfast.agent.provider.ProviderFacts;
import io.holdfast.agent.provider.Setting;
import io.holdfast.agent.provider.Settings;
import io.holdfast.config.Durations;
import io.holdfast.config.Table;
import io.holdfast.dns.Name;
import io.holdfast.runtime.OutsideText;
import java.net.IDN;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Binds the `[[name]]` tables, noting every fault at its place.
final class NameBinder {
    private static final Pattern HOST_AND_PORT =
            Pattern.compile("(?:\\[([0-9A-Fa-f:.]+)]|([^:\\s\\[\\]]+))(?::(\\d{1,5}))?");
    private static final int DNS_PORT = 53;

    private final Catalogue catalogue;
    private final Path folder;
    private final SecretBinder secrets;
    private final Sources addressSources;
    private final Set<String> seen = new HashSet<>();

    NameBinder(
            Catalogue catalogue,
            Path folder,
            Map<String, String> environment,
            Sources addressSources,
            List<String> warnings) {
        this.catalogue = catalogue;
        this.folder = folder;
        this.secrets = new SecretBinder(folder, environment, warnings);
        this.addressSources = addressSources;
    }

    /// The name, or empty if anything is wrong with it, which then is noted.
    ///
    /// @param usualResolver what counts if the table names none
    Optional<NameConfig> bind(Table table, Optional<InetSocketAddress> usualResolver) {
        Optional<String> name = name(table);
        Optional<ProviderFacts> provider = provider(table);
        Optional<URI> server = server(table, provider);
        Optional<Settings> settings = settings(table, provider);
        Optional<InetSocketAddress> resolver =
                table.find("resolver", NameBinder::hostAndPort).or(() -> usualResolver);
        NameConfig.Habits habits =
                new NameConfig.Habits(
                        table.has("private")
                                ? Optional.of(table.flag("private", false))
                                : Optional.empty(),
                        table.find("families", NameBinder::together),
                        true);
        Optional<Map<Family, AddressSource>> sources = sources(table, server);
        Collection<AddressSource> polled = sources.map(Map::values).orElseGet(List::of);
        Optional<Duration> poll =
                table.find("poll", text -> NameConfig.checkedPoll(Durations.parse(text), polled));
        Optional<Duration> keepAlive =
                table.find(
                        "keep-alive", text -> NameConfig.checkedKeepAlive(Durations.parse(text)));
        if (name.isEmpty()
                || provider.isEmpty()
                || server.isEmpty()
                || settings.isEmpty()
                || sources.isEmpty()) {
            return Optional.empty();
        }
        Host host = new Host(name.get(), server.get(), settings.get());
        return table.build(() ->
                new NameConfig(
                        provider.get(), host, sources.get(), resolver, poll, keepAlive, habits));
    }

    private Optional<String> name(Table table) {
        if (!table.has("name")) {
            table.required("name", "the name to keep, as in \"home.dyn.example\"");
            return Optional.empty();
        }
        return table.find("name", this::fullyQualifiedOnce);
    }

    private String fullyQualifiedOnce(String text) {
        Name name = Name.of(plain(text.strip()));
        if (name.labels() < 2) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is not fully qualified; write it whole: home.dyn.example");
        }
        if (!seen.add(name.toString())) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is configured twice; keep one of them");
        }
        return name.toString();
    }

    /// @throws IllegalArgumentException if the text is something that is often written for a name
    private static String plain(String text) {
        if (text.contains("/") || text.contains("@")) {
            throw new IllegalArgumentException(
                    "\""
                            + OutsideText.url(text)
                            + "\" is a URL or a mail address; write the name alone: home.dyn.example");
        }
        if (text.chars().anyMatch(c -> c > 0x7E)) {
            throw new IllegalArgumentException(
                    "\""
                            + text
                            + "\" has letters that the DNS carries in another form; "
                            + xn(text));
        }
        if (text.startsWith(".") || text.contains("..")) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" has an empty label; write it whole: home.dyn.example");
        }
        return text;
    }

    /// IDNA2003 and IDNA2008 make different names of some letters; then we name none.
    private static String xn(String text) {
        if (!text.matches(".*[ßς\u200C\u200D].*")) {
            try {
                return "write \"" + IDN.toASCII(text) + "\"";
            } catch (IllegalArgumentException none) {
                // no name at all
            }
        }
        return "write its xn-- form, as your provider shows it";
    }

    private Optional<ProviderFacts> provider(Table table) {
        if (!table.has("provider")) {
            table.required("provider", "an id of `holdfast providers`");
            return Optional.empty();
        }
        return table.find("provider", catalogue::get);
    }

    private static Optional<URI> server(Table table, Optional<ProviderFacts> provider) {
        Optional<URI> own = provider.flatMap(ProviderFacts::server);
        if (!table.has("server") && provider.isPresent() && own.isEmpty()) {
            table.fault("server is missing: as in server = \"https://update.dyn.example\"");
        }
        return table.find("server", NameBinder::httpServer).or(() -> own);
    }

    private static URI httpServer(String text) {
        String shown = "\"" + OutsideText.url(text) + "\"";
        URI uri;
        try {
            uri = new URI(text.strip());
        } catch (URISyntaxException malformed) {
            throw new IllegalArgumentException(
                    shown
                            + " is no URL; write https://HOST or https://HOST:PORT, with user and"
                            + " password below their own keys",
                    malformed);
        }
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw new IllegalArgumentException(shown + " must begin with https:// or http://");
        }
        if (uri.getHost() == null || uri.getPort() > 0xFFFF) {
            throw new IllegalArgumentException(
                    shown + " names no server; write https://HOST or https://HOST:PORT");
        }
        if (uri.getRawUserInfo() != null
                || uri.getRawQuery() != null
                || uri.getRawFragment() != null) {
            throw new IllegalArgumentException(
                    "server must be scheme, host and at most port and path;"
                            + " write user and password below their own keys");
        }
        return uri;
    }

    /// Each setting that the provider declares. Where the provider is not known, those that all
    /// providers want are looked for, so that a person sees every fault at once.
    private Optional<Settings> settings(Table table, Optional<ProviderFacts> provider) {
        List<Setting> wanted =
                provider.map(ProviderFacts::settings).orElseGet(catalogue::commonSettings);
        Map<String, String> values = new LinkedHashMap<>();
        boolean sound = true;
        for (Setting setting : wanted) {
            Optional<String> value = setting(table, setting);
            value.ifPresent(text -> values.put(setting.name(), text));
            boolean inFile = setting.secret() && table.has(setting.name() + "-file");
            boolean absent = !table.has(setting.name()) && !inFile;
            sound &= value.isPresent() || (absent && !setting.required());
        }
        return sound ? Optional.of(Settings.of(values)) : Optional.empty();
    }

    private Optional<String> setting(Table table, Setting setting) {
        if (setting.secret()) {
            return secrets.bind(table, setting);
        }
        if (setting.required()) {
            table.required(setting.name(), setting.meaning());
        }
        return table.find(setting.name(), setting::checked);
    }

    private Optional<Map<Family, AddressSource>> sources(Table table, Optional<URI> server) {
        Map<Family, AddressSource> sources = new EnumMap<>(Family.class);
        @Nullable URI echo = server.map(uri -> uri.resolve("/checkip")).orElse(null);
        boolean sound = true;
        for (Family family : Family.values()) {
            String key = family == Family.IPV4 ? "ipv4" : "ipv6";
            Optional<String> text = table.string(key);
            if (text.isEmpty() || text.get().strip().equals("off")) {
                sound &= text.isPresent() || !table.has(key);
                continue;
            }
            Optional<AddressSource> source =
                    table.find(key, form -> addressSources.of(form, family, echo, folder));
            source.ifPresent(s -> sources.put(family, s));
            sound &= source.isPresent();
        }
        return sound ? Optional.of(sources) : Optional.empty();
    }

    private static boolean together(String text) {
        return switch (text) {
            case "together" -> true;
            case "apart" -> false;
            default ->
                    throw new IllegalArgumentException(
                            "families is \"together\", both in one request, or \"apart\"");
        };
    }

    /// `HOST`, `HOST:PORT`, `[::1]` or `[::1]:PORT`; not looked up yet.
    static InetSocketAddress hostAndPort(String text) {
        Matcher parts = HOST_AND_PORT.matcher(text.strip());
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    "\""
                            + OutsideText.url(text)
                            + "\" is no server; write HOST:PORT, IPv6 as [::1]:53");
        }
        String host = parts.group(1) != null ? parts.group(1) : parts.group(2);
        int port = parts.group(3) == null ? DNS_PORT : Integer.parseInt(parts.group(3));
        if (port < 1 || port > 0xFFFF) {
            throw new IllegalArgumentException("there is no port " + port + "; write 1 to 65535");
        }
        return InetSocketAddress.createUnresolved(host, port);
    }
}
