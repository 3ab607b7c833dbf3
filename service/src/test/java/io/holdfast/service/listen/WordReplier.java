package io.holdfast.service.listen;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.holdfast.dns.answer.Answerer;
import java.util.Arrays;
import java.util.Locale;

/// Stands in for the answerer where only the transport matters: says a word back in upper case.
final class WordReplier implements Replier {
    static final int LONG = 60_000;

    @Override
    public int answer(
            byte[] query,
            int length,
            byte[] out,
            Answerer.Transport transport,
            byte[] client,
            long nowSeconds) {
        String word = new String(query, 0, length, US_ASCII);
        return switch (word) {
            case "silence" -> Answerer.DROP;
            case "crash" -> throw new IllegalStateException("a query that nobody thought of");
            case "overflow" -> throw new StackOverflowError();
            case String later when later.startsWith("later ") -> Answerer.TO_HANDLER;
            case "how" -> say(transport.name(), out);
            case "long" -> {
                Arrays.fill(out, 0, LONG, (byte) 'x');
                yield LONG;
            }
            default -> say(word.toUpperCase(Locale.ROOT), out);
        };
    }

    private static int say(String text, byte[] out) {
        byte[] octets = text.getBytes(US_ASCII);
        System.arraycopy(octets, 0, out, 0, octets.length);
        return octets.length;
    }
}
