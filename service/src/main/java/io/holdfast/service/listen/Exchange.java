package io.holdfast.service.listen;

import io.holdfast.dns.answer.Answerer;
import io.holdfast.dns.tsig.TsigVerdict;
import java.io.IOException;
import java.net.InetSocketAddress;

/// One message that the answer path leaves to others (an update, a transfer, a signed query, a
/// notification), and the way back to who sent it. Any thread may use it.
public interface Exchange {
    /// The message as it came; the caller's to keep and to change.
    byte[] message();

    /// What its signature is worth, by [ExchangeHandler#check].
    TsigVerdict signature();

    /// Who sent it.
    InetSocketAddress client();

    Answerer.Transport transport();

    /// Sends one message back: at most one over UDP, of at most 4,096 octets; over TCP any number,
    /// each of at most 65,535 octets. Waits while a TCP client is slow, within the limits for such.
    ///
    /// @throws IOException if the client is gone, was too slow, or the network refuses
    void reply(byte[] message) throws IOException;
}
