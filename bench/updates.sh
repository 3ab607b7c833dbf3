#!/bin/sh
# Durable HTTP updates a second: clients on 64 connections, each telling one new address after the
# other to /nic/update; every `good` is on disk and in DNS. Beside it, from the same minutes, how
# many writes of 4 KiB the disk makes durable one after the other.
#
#   bench/run updates [--hosts N] [--connections N] [--rounds N] [--seconds N] [--dir DIR]
#
# DIR is on the disk to be measured; else TMPDIR or /tmp. Server and generator share the machine's
# processors.
set -eu

hosts=100000
connections=64
rounds=5
seconds=5
options="hosts connections rounds seconds dir"
. "$(dirname "$0")/common.sh"

measure() {
    measure_disk
    "$java" "$here/src/main/java/io/holdfast/bench/UpdateLoad.java" "$http" "$work/hosts.csv" "$connections" "$seconds" "$round" \
        >>"$work/updates.results" || fail "the generator gave up"
}

build_tool fs
start_holdfast
make_hosts "$hosts"

round=0
measure # not counted: the JVM compiles
rm "$work"/*.results
repeat_rounds measure

printf 'durable HTTP updates a second\n'
describe_machine
printf '%d hosts, %d connections, %d rounds of %d s, interleaved with the disk; %s on %s\n\n' \
    "$hosts" "$connections" "$rounds" "$seconds" "$work" "$(stat -f -c %T "$work")"
printf '%-31s %9s %9s %9s\n' '' median min max
row() { # TITLE FILE COLUMN
    set -- "$1" $(awk -v c="$3" '{ print $c }' "$work/$2.results" | spread)
    printf '%-31s %9.0f %9.0f %9.0f\n' "$@"
}
row 'disk, 4 KiB fdatasync a second' disk 1
row 'updates answered good a second' updates 1
row 'half take less than, us' updates 2
row '99 of 100 take less than, us' updates 3
row 'answered otherwise' updates 4
