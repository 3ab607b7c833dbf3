package io.holdfast.service;

import io.holdfast.dns.Name;
import io.holdfast.service.transfer.TransferPermission;

/// The catalog of the zones that secondaries are to serve (RFC 9432), as the configuration file
/// describes it.
///
/// @param apex the name of the catalog, which is a zone like any other
public record CatalogSettings(Name apex, TransferPermission transfer) {}
