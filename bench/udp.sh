#!/bin/sh
# DNS queries a second over UDP: Holdfast, Knot DNS, NSD and a C program that only echoes, one after
# the other in each round, so that what the machine does meanwhile hits all of them alike.
#
#   bench/run udp [--hosts N] [--nxdomain PERCENT] [--rounds N] [--seconds N]
#
# Servers run on processor 0, the generator on processor 1. All queries carry EDNS; the share of
# names that do not exist is drawn evenly. Holdfast has cookies and rate limiting switched on: it
# counts every response, and then finds that loopback is exempt. The others have neither.
# Targets: 0.90 of echo, 1.25 of Knot, 1.3 of NSD.
set -eu

hosts=100000
nxdomain=50
rounds=21
seconds=1
options="hosts nxdomain rounds seconds"
. "$(dirname "$0")/common.sh"
. "$here/peers.sh"
threads=1
journal=none
servers="echo nsd knot holdfast"

need_two_processors
build_tool blast

measure() { # NAME: one line "qps lost share microseconds nxdomain" to the server's file
    server "$1"
    before=$(processor_time "$pid")
    line=$(blast "$port" "$seconds")
    after=$(processor_time "$pid")
    echo "$line" | tr ' ' '\n' | awk -F = -v ticks=$((after - before)) '
        { v[$1] = $2 }
        END {
            got = v["got"] > 0 ? v["got"] : 1
            printf "%d %.3f %.2f %.1f\n", v["qps"], 100 * v["lost"] / v["sent"],
                ticks * 10000 / got, 100 * v["nx"] / got
        }' >>"$work/$1.results"
}

measure_each() {
    for name in $servers; do
        measure "$name"
    done
}

report() {
    printf '%-9s %9s %9s %9s %10s %7s %10s %8s\n' '' median min max 'us of cpu' 'lost %' 'nxdomain %' 'Pss MiB'
    for name in $servers; do
        echo "$name $(column "$name" 1) $(median "$name" 3) $(median "$name" 2) $(median "$name" 4)" \
            "$(cat "$work/$name.memory")" |
            awk '{ printf "%-9s %9d %9d %9d %10.2f %7.2f %10.1f %8d\n", $1, $2, $3, $4, $5, $6, $7, $8 }'
    done
    printf '\nHoldfast, as a share of each round by round:\n\n%-9s %9s %9s %9s\n' '' median min max
    for name in echo knot nsd; do
        echo "of $name $(share holdfast "$name")" | awk '{ printf "%-2s %-6s %9.2f %9.2f %9.2f\n", $1, $2, $3, $4, $5 }'
    done
}

start_holdfast taskset -c 0
make_hosts "$hosts"
make_queries "$hosts" "$nxdomain"
export_zone
start_knot taskset -c 0
start_nsd taskset -c 0
start_echo taskset -c 0
for name in $servers; do
    await_answers "$name"
done

# Not counted: the JVM compiles, Knot touches its memory.
for name in $servers; do
    server "$name"
    blast "$port" 5 >/dev/null
done
repeat_rounds measure_each
weigh "$servers"

printf 'DNS queries a second over UDP, one processor each for server and generator\n'
describe_machine
printf '%s; %s; %d hosts, EDNS, %d %% of the names do not exist, %d rounds of %d s, interleaved\n\n' \
    "$(knotd --version | head -n 1)" "$(nsd -v 2>&1 | head -n 1)" "$hosts" "$nxdomain" "$rounds" "$seconds"
report
printf '\n"us of cpu" is processor time for one query, which other work on the machine changes least.\n'
