package io.holdfast.service.account;

import io.holdfast.dns.tsig.TsigKey;
import java.util.List;

/// A TSIG key and what it permits. One without a grant signs transfers and queries, and changes
/// nothing.
public record UpdateKey(TsigKey key, List<Grant> grants) {
    public UpdateKey {
        grants = List.copyOf(grants);
    }
}
