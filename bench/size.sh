#!/bin/sh
# Many hosts: how long they take to load, what they take of memory and disk, how long a start takes with
# them, and how fast DNS is then.
#
#   bench/run size [--sizes "N N"] [--by host|zone] [--heap SIZE] [--seconds N] [--dir DIR]
#
# --by host, the usual: hosts with a secret and an address each, by `holdfast host import` while the service
# runs. --by zone: as many names of the operator's own, by `holdfast zone import`. SIZE is the JVM's -Xmx,
# as 16g; a quarter of the machine's memory unless given. While it loads and starts the service has all
# processors; then it is moved to processor 0, and the generator of questions has processor 1. Half the names
# asked for do not exist. "of echo": of the rate of a C program that only echoes, in the same rounds.
set -eu

sizes="100000 1000000"
by=host
heap=
seconds=4
options="sizes by heap seconds dir"
. "$(dirname "$0")/common.sh"
. "$here/peers.sh"
patience=1200

case $by in host | zone) ;; *) fail "--by is host or zone" ;; esac
need_two_processors
build_tool blast

start() {
    start_holdfast env HOLDFAST_JAVA_OPTS="${HOLDFAST_JAVA_OPTS-} ${heap:+-Xmx$heap}"
}

write_zone() {
    awk -v n="$1" 'BEGIN {
        print "$ORIGIN dyn.test.\n$TTL 60\n@ SOA ns1 hostmaster 1 7200 900 1209600 60\n@ NS ns1\nns1 A 203.0.113.53"
        for (i = 0; i < n; i++) printf "h%d A 203.0.%d.%d\n", i, i / 250 % 256, i % 250 + 1
    }' >"$work/zone.txt"
}

# One file of hosts may have 256 MiB: an operator with more cuts it into pieces.
piece=2000000

import_host() {
    write_hosts "$1"
    administer account add bench
    tail -n +2 "$work/hosts.csv" | split -l "$piece" - "$work/piece."
    rm "$work/hosts.csv"
    for lines in "$work"/piece.*; do
        { echo name,secret,ipv4 && cat "$lines"; } >"$work/hosts.csv"
        rm "$lines"
        began=$(seconds_now)
        administer host import "$work/hosts.csv" --account bench
        seconds_since "$began"
        echo
    done
}

import_zone() {
    write_zone "$1"
    began=$(seconds_now)
    administer zone import dyn.test "$work/zone.txt"
    seconds_since "$began"
}

measure() { # N
    rm -rf "$work/data"
    progress "$1: loading"
    start
    empty=$(heap_in_use)
    watch_memory "$holdfast_pid"
    "import_$by" "$1" >"$work/imports"
    load=$(awk '{ all += $1 } END { print all }' "$work/imports")
    stop_watching
    disk=$(du -sm "$work/data" | cut -f 1)
    stop_holdfast TERM
    progress "$1: starting"
    began=$(seconds_now)
    start
    ready=$(seconds_since "$began")
    full=$(heap_in_use)
    held=$(memory "$holdfast_pid")
    progress "$1: asking"
    make_queries "$1" 50
    taskset -a -c -p 0 "$holdfast_pid" >"$work/out"
    blast "$holdfast_port" 5 >"$work/out" # not counted: the JVM compiles
    for round in 1 2 3 4 5; do
        answer_rate "$holdfast_port" "$seconds" >>"$work/$1.results"
        answer_rate "$echo_port" "$seconds" >>"$work/echo.$1.results"
    done
    stop_holdfast TERM
    echo "$1 $load $ready $most $held $full $(((full - empty) * 1048576 / $1)) $disk $(column "$1" 1) $(median "echo.$1" 1)" |
        awk '{ printf "%10d %9.1f %9.1f %9d %9d %9d %9d %9d %9d %9d %9d %8.2f\n", $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $9 / $12 }' \
            >>"$work/table"
}

start_echo taskset -c 0
for size in $sizes; do
    measure "$size"
done
progress ""
printf 'many hosts, loaded by holdfast %s import\n' "$by"
describe_machine
printf 'heap: %s\n\n' "${heap:-a quarter of the memory}"
printf '%10s %9s %9s %9s %9s %9s %9s %9s %9s %9s %9s %8s\n' hosts 'load s' 'ready s' 'peak MiB' 'Pss MiB' 'heap MiB' \
    'octets/h' 'disk MiB' 'queries/s' min max 'of echo'
cat "$work/table"
printf '\npeak: while loading, Pss; Pss and heap: after the start; octets/h: of the heap, for one host.\n'
