package io.holdfast.service.change;

import io.holdfast.dns.update.UpdateMessage;
import io.holdfast.service.account.UpdateKey;

/// One dynamic update (RFC 2136), its signature already checked.
public record ZoneUpdate(UpdateMessage message, UpdateKey by, Origin origin) {}
