package io.holdfast.service;

import io.holdfast.config.Table;
import io.holdfast.dns.answer.AnswerSettings;
import io.holdfast.dns.answer.ClientRange;
import io.holdfast.dns.answer.CookieSecret;
import io.holdfast.dns.answer.RateLimiter;
import io.holdfast.service.address.Network;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/// `[answers]` of `holdfast.toml`: what DNS replies say beside their records, and how often.
///
/// @param nsid which of several servers this is; none to keep it to ourselves
/// @param version told to who asks; none to keep it to ourselves
/// @param rateLimit equal responses a second for one network, 0 for no limit
/// @param rateLimitSlip beyond the limit every so manieth response is truncated, 0 for none
/// @param rateLimitExempt networks without that limit; loopback, if nothing is written
/// @param cookieSecrets the first makes cookies, all are accepted; none for one of our own
public record AnswerPolicy(
        Optional<String> nsid,
        Optional<String> version,
        int rateLimit,
        int rateLimitSlip,
        List<Network> rateLimitExempt,
        List<CookieSecret> cookieSecrets) {
    /// Enough for a resolver of many people, too little to flood anybody with.
    static final int DEFAULT_RATE_LIMIT = 200;

    static final int DEFAULT_SLIP = 2;

    /// Nobody elsewhere can ask in its name.
    private static final List<Network> LOOPBACK =
            List.of(Network.of("127.0.0.0/8"), Network.of("::1"));

    /// What holds where nothing is written.
    public static final AnswerPolicy DEFAULT =
            new AnswerPolicy(
                    Optional.empty(),
                    Optional.of(ownVersion()),
                    DEFAULT_RATE_LIMIT,
                    DEFAULT_SLIP,
                    LOOPBACK,
                    List.of());

    public AnswerPolicy {
        rateLimitExempt = List.copyOf(rateLimitExempt);
        cookieSecrets = List.copyOf(cookieSecrets);
    }

    /// Reads the table, with every fault of it.
    static AnswerPolicy read(Table root) {
        return root.table("answers").map(AnswerPolicy::of).orElse(DEFAULT);
    }

    /// What the answer path needs.
    ///
    /// @param random that nobody can foresee: the secret is drawn from it if none is given
    AnswerSettings settings(RandomGenerator random) {
        List<CookieSecret> secrets =
                cookieSecrets.isEmpty() ? List.of(CookieSecret.random(random)) : cookieSecrets;
        List<ClientRange> exempt =
                rateLimitExempt.stream()
                        .map(network ->
                                ClientRange.of(network.first().getAddress(), network.length()))
                        .toList();
        return new AnswerSettings(
                secrets, nsid, version, new RateLimiter(rateLimit, rateLimitSlip, exempt, random));
    }

    private static AnswerPolicy of(Table table) {
        return new AnswerPolicy(
                table.find("nsid", AnswerSettings::checkedNsid),
                table.has("version")
                        ? table.find("version", AnswerSettings::checkedVersion)
                                .filter(text -> !text.isEmpty())
                        : DEFAULT.version,
                table.integer("rate-limit", upTo(RateLimiter.MOST_PER_SECOND), DEFAULT_RATE_LIMIT),
                table.integer("rate-limit-slip", upTo(RateLimiter.MOST_SLIP), DEFAULT_SLIP),
                table.list("rate-limit-exempt", Network::of, LOOPBACK),
                table.list("cookie-secrets", CookieSecret::of, List.of()));
    }

    private static Function<Long, Integer> upTo(int most) {
        return number -> {
            if (number < 0 || number > most) {
                throw new IllegalArgumentException("write a whole number from 0 to " + most);
            }
            return number.intValue();
        };
    }

    private static String ownVersion() {
        String built = AnswerPolicy.class.getPackage().getImplementationVersion();
        return built == null ? "Holdfast" : "Holdfast " + built;
    }
}
