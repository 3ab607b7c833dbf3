#!/bin/sh
# Durable dynamic updates (RFC 2136) a second over UDP, signed with hmac-sha256, so many on their
# way at the same time; each NOERROR is on disk and in DNS. Holdfast, BIND and Knot by turns in each
# round, and beside them how many writes of 4 KiB the disk makes durable one after the other.
#
#   bench/run dnsupdates [--hosts N] [--in-flight "N N N"] [--rounds N] [--seconds N] [--dir DIR]
#
# DIR is on the disk to be measured; else TMPDIR or /tmp. Servers and generator share the machine's
# processors. Needs Debian's bind9 and knot.
set -eu

hosts=100000
in_flight="64 256 1024"
rounds=3
seconds=5
options="hosts in_flight rounds seconds dir"
. "$(dirname "$0")/common.sh"
. "$here/peers.sh"
servers="holdfast bind knot"

measure() { # NAME IN_FLIGHT
    server "$1"
    send "$port" "$seconds" "$2" | sed 's/[a-z0-9]*=//g' >>"$work/$1.$2.results"
}

measure_each() {
    for level in $in_flight; do
        measure_disk
        for name in $servers; do
            measure "$name" "$level"
        done
    done
}

build_tool fs
build_tool send
start_holdfast
make_hosts "$hosts"
allow_updates
export_zone
start_bind
start_knot
for name in $servers; do
    takes_updates "$name"
    send "$port" 15 256 >"$work/unmeasured" # the JVM compiles, caches fill
done

repeat_rounds measure_each

printf 'durable RFC 2136 updates a second, signed\n'
describe_machine
printf '%s, %s\n' "$(named -v | cut -d ' ' -f 1-2)" "$(knotd --version)"
printf '%d hosts, %d rounds of %d s, interleaved; %s on %s\n' \
    "$hosts" "$rounds" "$seconds" "$work" "$(stat -f -c %T "$work")"
set -- $(column disk 1)
printf 'disk, 4 KiB fdatasync a second: %.0f (%.0f to %.0f)\n\n' "$1" "$2" "$3"
printf '%-9s %-10s %9s %9s %9s %9s %9s %7s\n' 'in flight' '' median min max 'p50 us' 'p99 us' lost
for level in $in_flight; do
    for name in $servers; do
        file=$name.$level
        set -- $(column "$file" 1) $(column "$file" 2) $(column "$file" 3) $(column "$file" 6)
        printf '%-9d %-10s %9.0f %9.0f %9.0f %9.0f %9.0f %7.0f\n' \
            "$level" "$name" "$1" "$2" "$3" "$4" "$7" "${10}"
    done
done
