package io.holdfast.net;

import java.net.InetAddress;
import java.util.Set;

/// One address of one link.
///
/// @param linkIndex see [Link#index]
/// @param prefixLength 0 to 32 or 128
/// @param flags empty where the operating system does not tell; see `detailsKnown`
/// @param preferredSeconds how much longer it should be used for new connections, or [#FOREVER]
/// @param validSeconds how much longer it exists, or [#FOREVER]
/// @param detailsKnown whether scope, flags and lifetimes are the kernel's word; if not, a
///   temporary or deprecated address cannot be told from a good one
/// @param created when it was made, in hundredths of a second since the system started; they
///   overflow after 497 days, so only differences mean something; 0 where nobody says
/// @param refreshed when its lifetimes were set last, on the same scale: for an address that a
///   router's advertisements made, when the last of them came that had its prefix
public record HostAddress(
        int linkIndex,
        InetAddress address,
        int prefixLength,
        Scope scope,
        Set<Flag> flags,
        long preferredSeconds,
        long validSeconds,
        boolean detailsKnown,
        int created,
        int refreshed) {

    /// A lifetime without end; the kernel's own way of saying so.
    public static final long FOREVER = 0xFFFF_FFFFL;

    public HostAddress {
        flags = Set.copyOf(flags);
    }

    /// An address of which nobody says when it was made or refreshed.
    public HostAddress(
            int linkIndex,
            InetAddress address,
            int prefixLength,
            Scope scope,
            Set<Flag> flags,
            long preferredSeconds,
            long validSeconds,
            boolean detailsKnown) {
        this(
                linkIndex,
                address,
                prefixLength,
                scope,
                flags,
                preferredSeconds,
                validSeconds,
                detailsKnown,
                0,
                0);
    }

    /// Whether the address carries the flag.
    public boolean is(Flag flag) {
        return flags.contains(flag);
    }

    /// What the kernel says about an address (`IFA_F_*` in linux/if_addr.h), as far as we use it.
    public enum Flag {
        /// IPv4: a further address of a subnet that has a primary one.
        SECONDARY,
        /// IPv6: made for privacy and soon replaced (RFC 8981).
        TEMPORARY,
        /// Not for new connections any more: its preferred lifetime is over.
        DEPRECATED,
        /// Not yet known to be the only one on the link (duplicate address detection runs).
        TENTATIVE,
        /// Somebody else on the link has it.
        DAD_FAILED,
        /// Set by hand or by a program without an end.
        PERMANENT,
        /// The stable address of a prefix for which temporary ones are made.
        MANAGES_TEMPORARY
    }

    /// How far the address is meant to be seen, widest first (`rtm_scope` of rtnetlink(7)).
    public enum Scope {
        GLOBAL,
        SITE,
        LINK,
        HOST
    }
}
