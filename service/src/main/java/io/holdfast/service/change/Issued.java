package io.holdfast.service.change;

/// A credential as it must be shown now, because only its hash is kept.
///
/// @param name of the account or host
/// @param secret the update key or host secret
/// @param generated whether it was made here; otherwise it was given
public record Issued(String name, String secret, boolean generated) {}
