package io.holdfast.agent.memory;

import io.holdfast.agent.provider.Host;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Where a name's updates go, and as whom. What was sent stays true while the place is the same; a
/// refusal stays true while the access is the same as well.
///
/// @param place provider and server
/// @param access changes with the provider's settings, and gives none away
public record Target(String place, String access) {

    /// @param provider its id in the catalogue
    public static Target of(String provider, Host host) {
        return new Target(
                provider + " " + host.server(),
                fingerprint(
                        host.name() + "\n" + String.join("\n", host.settings().values().values())));
    }

    /// 32 bits of a hash: enough to notice a change, too few to tell a guessed password from the
    /// many others that share them.
    private static String fingerprint(String text) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 4);
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("every JDK has SHA-256", impossible);
        }
    }
}
