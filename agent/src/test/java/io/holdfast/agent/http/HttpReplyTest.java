package io.holdfast.agent.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What counts of a reply that is not all there. `~` is a line end.
class HttpReplyTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    whole                        | HTTP/1.1 429 No~Retry-After: 60~Content-Length: 2~~no         | 429 retry 60 [no]
                    no status                    | HTTP/1.                                                       | the reply was cut short
                    half a status                | HTTP/1.1 42                                                   | the reply was cut short
                    a status and no more         | HTTP/1.1 429 No~                                              | 429 retry - [] CUT in head
                    half a header                | HTTP/1.1 429 No~Retry-After: 36                               | 429 retry - [] CUT in head
                    a header and no end          | HTTP/1.1 429 No~Retry-After: 3600~                            | 429 retry 3600 [] CUT in head
                    half a body                  | HTTP/1.1 429 No~Retry-After: 60~Content-Length: 9~~no         | 429 retry 60 [no] CUT
                    half a chunk                 | HTTP/1.1 429 No~Retry-After: 60~Transfer-Encoding: chunked~~5~no | 429 retry 60 [no] CUT
                    a chunk with a bad length    | HTTP/1.1 429 No~Retry-After: 60~Transfer-Encoding: chunked~~5x~no | 429 retry 60 [] MALFORMED
                    a negative length            | HTTP/1.1 429 No~Retry-After: 60~Content-Length: -1~~no        | 429 retry 60 [] MALFORMED
                    a length beyond all numbers  | HTTP/1.1 429 No~Retry-After: 60~Content-Length: 99999999999999999999~~no | 429 retry 60 [] MALFORMED
                    a length beyond our limit    | HTTP/1.1 429 No~Retry-After: 60~Content-Length: 999999~~no    | 429 retry 60 [] TOO_LONG
                    no body though it has length | HTTP/1.1 304 Not~Content-Length: 9~~                          | 304 retry - []
                    chunks win over a length     | HTTP/1.1 200 OK~Content-Length: 9~Transfer-Encoding: chunked~~2~ok~0~~ | 200 retry - [ok]
                    """)
    void whatCameCounts(String behaviour, String wire, String expected) {
        assertThat(read(in(wire))).isEqualTo(expected);
    }

    @ParameterizedTest(name = "after \"{0}\"")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    HTTP/1.1 42                                           | Read timed out
                    HTTP/1.1 429 No~Retry-After: 60~                      | 429 retry 60 [] TIMED_OUT in head
                    HTTP/1.1 429 No~Retry-After: 60~~                     | 429 retry 60 [] TIMED_OUT
                    HTTP/1.1 429 No~Retry-After: 60~Content-Length: 9~~no | 429 retry 60 [no] TIMED_OUT
                    """)
    void aServerThatStopsTalkingHasSaidWhatItSaid(String wire, String expected) {
        assertThat(read(new ThenSilence(in(wire)))).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0} header lines")
    @CsvSource({"98, 429 retry 60 []", "200, 429 retry - [] TOO_LONG in head"})
    void headersBeyondAllMeasureEndTheHead(int lines, String expected) {
        String wire = "HTTP/1.1 429 No~" + "X: y~".repeat(lines) + "Retry-After: 60~~";

        assertThat(read(in(wire))).isEqualTo(expected);
    }

    private static String read(InputStream in) {
        try {
            HttpReply reply = HttpReply.read(in);
            return reply.status()
                    + " retry "
                    + reply.header("retry-after").orElse("-")
                    + " ["
                    + reply.body()
                    + "]"
                    + reply.fault()
                            .map(fault -> " " + fault.kind() + (fault.inHead() ? " in head" : ""))
                            .orElse("");
        } catch (IOException none) {
            return String.valueOf(none.getMessage());
        }
    }

    private static InputStream in(String wire) {
        return new ByteArrayInputStream(wire.replace("~", "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    private static final class ThenSilence extends InputStream {
        private final InputStream said;

        ThenSilence(InputStream said) {
            this.said = said;
        }

        @Override
        public int read() throws IOException {
            int octet = said.read();
            if (octet < 0) {
                throw new SocketTimeoutException("Read timed out");
            }
            return octet;
        }

        @Override
        public int read(byte[] to, int offset, int length) throws IOException {
            to[offset] = (byte) read();
            return 1;
        }
    }
}
