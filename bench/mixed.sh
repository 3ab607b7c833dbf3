#!/bin/sh
# DNS queries a second over UDP while dynamic updates are being committed, as a share of the rate of the
# same server, a moment before, while nothing changes. Holdfast, Knot DNS and BIND by turns in each round;
# updates are signed (RFC 2136, TSIG), come evenly, and each is on disk before its NOERROR.
#
#   bench/run mixed [--hosts N] [--updates "N N"] [--processors LIST] [--servers "NAME..."] \
#             [--rounds N] [--seconds N] [--dir DIR]
#
# Each server has one thread for questions. It may use the processors of the LIST, 0,1 unless given; the
# generators, of questions and of updates, are on processor 1 and sleep while they have nothing to do. The
# thread for questions thus has processor 0 most of the time, and whatever else the server does finds
# room beside the generators: "idle %" says how much was left of the machine. With the LIST 0 all of a server's
# work shares one processor, and what an update costs is taken from the questions.
# Target: 0.95 at 500 and at 5,000 a second. Needs Debian's bind9 and knot.
set -eu

hosts=100000
updates="500 5000"
processors=0,1
servers="knot bind holdfast"
rounds=3
seconds=3
options="hosts updates processors servers rounds seconds dir"
. "$(dirname "$0")/common.sh"
. "$here/peers.sh"
threads=1
window=256
spin=0

need_two_processors
build_tool blast
build_tool send

# The machine's hundredths of a second so far, those of idleness and all.
ticks() {
    awk '$1 == "cpu" { for (i = 2; i <= 9; i++) all += $i; print $5, all }' /proc/stat
}

measure() { # NAME UPDATES: one line "qps lost% cpu% idle% updates p99" to the server's file
    server "$1"
    echo "rate=0 p50=0 p99=0" >"$work/sent"
    if [ "$2" -gt 0 ]; then
        sign_updates $(($2 * (seconds + 2)))
        taskset -c 1 "$work/send" "$port" "$work/messages" $((seconds + 1)) 1024 "$2" >"$work/sent" &
        sender=$!
        sleep 0.5
    fi
    before="$(processor_time "$pid") $(ticks)"
    line=$(blast "$port" "$seconds")
    after="$(processor_time "$pid") $(ticks)"
    [ "$2" -eq 0 ] || wait "$sender"
    echo "$before $after $(echo "$line $(cat "$work/sent")" | sed 's/[a-z0-9]*=//g')" | awk '{
            ticks = $6 - $3
            print $7, 100 * $11 / $9, 100 * ($4 - $1) / ticks * 2, 100 * ($5 - $2) / ticks, $18, $20
        }' >>"$work/$1.$2.results"
}

measure_each() {
    for name in $servers; do
        for level in 0 $updates; do
            measure "$name" "$level"
        done
    done
}

report() {
    printf '%-9s %9s %9s %7s %7s %7s %8s %9s %9s %9s %7s %8s\n' '' 'offered' 'queries' share min max \
        'cpu %' 'idle %' 'updates' 'p99 us' 'lost %' 'Pss MiB'
    for name in $servers; do
        for level in 0 $updates; do
            file=$name.$level
            echo "$name $level $(median "$file" 1) $(share "$file" "$name.0") $(median "$file" 3)" \
                "$(median "$file" 4) $(median "$file" 5) $(median "$file" 6) $(median "$file" 2) $(cat "$work/$name.memory")" |
                awk '{ printf "%-9s %9d %9d %7.2f %7.2f %7.2f %8.0f %9.0f %9d %9d %7.2f %8d\n",
                    $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12 }'
        done
    done
}

HOLDFAST_JAVA_OPTS="${HOLDFAST_JAVA_OPTS-} -XX:ActiveProcessorCount=1"
export HOLDFAST_JAVA_OPTS
start_holdfast taskset -c "$processors"
make_hosts "$hosts"
make_queries "$hosts" 50
allow_updates
export_zone
for name in $servers; do
    [ "$name" = holdfast ] || "start_$name" taskset -c "$processors"
    takes_updates "$name"
    blast "$port" 5 >/dev/null # not counted: the JVM compiles
    send "$port" 10 64 >/dev/null
done
measure_each # nor this: updates that come one by one are another case for the compiler
rm "$work"/*.results
repeat_rounds measure_each
weigh "$servers"

printf 'DNS queries a second over UDP while updates are committed\n'
describe_machine
printf '%s; %s; %d hosts, EDNS, 50 %% of the names do not exist\n' \
    "$(knotd --version)" "$(named -v | cut -d ' ' -f 1-2)" "$hosts"
printf 'servers on processors %s; %d rounds of %d s, interleaved; %s on %s\n\n' \
    "$processors" "$rounds" "$seconds" "$work" "$(stat -f -c %T "$work")"
report
printf '\nshare: of the rate without updates in the same round; cpu %%: of one processor, all the server does;\n'
printf 'updates, p99: those committed a second, and how long 99 of 100 take less than.\n'
