package io.holdfast.service.listen;

import io.holdfast.dns.answer.Answerer;

/// Query in, reply out, as [Answerer#answer]; used by one thread at a time.
@FunctionalInterface
interface Replier {
    /// @return the reply's length in `out`, [Answerer#DROP] or [Answerer#TO_HANDLER]
    int answer(
            byte[] query,
            int length,
            byte[] out,
            Answerer.Transport transport,
            byte[] client,
            long nowSeconds);
}
