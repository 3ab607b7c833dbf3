/// People, their credentials, and who may change what.
///
/// Knows names, hashed secrets and the lock-out of guessing sources. Does not know how a credential
/// travelled, nor how rows are stored.
@NullMarked
package io.holdfast.service.account;

import org.jspecify.annotations.NullMarked;
