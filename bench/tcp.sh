#!/bin/sh
# DNS over TCP: queries a second on connections that stay, with so many queries on their way on each, and
# connections a second that are opened for one query each. Holdfast, Knot DNS and BIND by turns in each
# round.
#
#   bench/run tcp [--hosts N] [--nxdomain PERCENT] [--connections N] [--in-flight N] [--rounds N] [--seconds N]
#
# Servers run on processor 0 with one thread for questions, the generator on processor 1. Its connections
# come from 16 addresses, so that Holdfast's limits are the usual ones (50 connections a client, 1,000
# in all); BIND and Knot are allowed 10,000.
set -eu

hosts=100000
nxdomain=50
connections=64
in_flight=16
rounds=5
seconds=4
options="hosts nxdomain connections in_flight rounds seconds"
. "$(dirname "$0")/common.sh"
. "$here/peers.sh"
threads=1
journal=none
servers="knot bind holdfast"

need_two_processors
build_tool tcp

tcp() { # PORT SECONDS IN_FLIGHT
    taskset -c 1 "$work/tcp" "$1" "$work/queries" "$2" "$connections" "$3" 16
}

answers() { # PORT: by TCP
    tcp "$1" 0.3 1 | grep -q ' noerror=[1-9]'
}

measure() { # NAME IN_FLIGHT: one line "rate microseconds lost cut other" to the server's file
    server "$1"
    before=$(processor_time "$pid")
    line=$(tcp "$port" "$seconds" "$2")
    after=$(processor_time "$pid")
    echo "$line" | tr ' ' '\n' | awk -F = -v ticks=$((after - before)) '
        { v[$1] = $2 }
        END {
            print v["rate"], ticks * 10000 / (v["answered"] ? v["answered"] : 1), v["lost"], v["cut"], v["other"]
        }' >>"$work/$1.$2.results"
}

measure_each() {
    for kind in "$in_flight" 0; do
        for name in $servers; do
            measure "$name" "$kind"
        done
    done
}

report() { # IN_FLIGHT
    printf '%-9s %9s %9s %9s %8s %8s %10s %6s %6s %6s %8s\n' '' median min max \
        'of knot' 'of bind' 'us of cpu' lost cut other 'Pss MiB'
    for name in $servers; do
        file=$name.$1
        echo "$name $(column "$file" 1) $(median "knot.$1" 1) $(median "bind.$1" 1) $(median "$file" 2)" \
            "$(column "$file" 3) $(column "$file" 4) $(column "$file" 5) $(cat "$work/$name.memory")" |
            awk '{ printf "%-9s %9d %9d %9d %8.2f %8.2f %10.1f %6d %6d %6d %8d\n",
                $1, $2, $3, $4, $2 / $5, $2 / $6, $7, $10, $13, $16, $17 }'
    done
}

start_holdfast taskset -c 0
make_hosts "$hosts"
make_queries "$hosts" "$nxdomain"
export_zone
start_knot taskset -c 0
start_bind taskset -c 0
for name in $servers; do
    await_answers "$name"
    tcp "$port" 5 "$in_flight" >/dev/null # not counted: the JVM compiles
    tcp "$port" 5 0 >/dev/null
done
repeat_rounds measure_each
weigh "$servers"

printf 'DNS over TCP, one processor each for server and generator\n'
describe_machine
printf '%s; %s; %d hosts, EDNS, %d %% of the names do not exist, %d rounds of %d s, interleaved\n' \
    "$(knotd --version)" "$(named -v | cut -d ' ' -f 1-2)" "$hosts" "$nxdomain" "$rounds" "$seconds"
printf '\nqueries a second; %d connections that stay, %d queries on their way on each\n' "$connections" "$in_flight"
report "$in_flight"
printf '\nconnections a second, one query each; %d at the same time\n' "$connections"
report 0
printf '\n"us of cpu" is processor time of the server for one answer; lost, cut, other: the most in any round.\n'
