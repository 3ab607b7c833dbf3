package io.holdfast.service.change;

import io.holdfast.dns.Name;
import io.holdfast.service.account.Principal;

/// One host, one wish.
public record ChangeRequest(Name host, Principal by, AddressIntent intent, Origin origin) {}
