#!/bin/sh
# DNS queries a second over UDP: Holdfast, Knot DNS and a C program that only echoes, one after the
# other in each round, so that what the machine does meanwhile hits all of them alike.
#
#   bench/run udp [--hosts N] [--nxdomain PERCENT] [--rounds N] [--seconds N]
#
# Servers run on processor 0, the generator on processor 1. All queries carry EDNS; the share of
# names that do not exist is drawn evenly. Targets: 0.85 of echo, 1.2 of Knot.
set -eu
. "$(dirname "$0")/common.sh"

hosts=100000
nxdomain=10
rounds=7
seconds=4
knot_port=${KNOT_PORT:-5391}
echo_port=${ECHO_PORT:-5392}
while [ $# -gt 0 ]; do
    case $1 in
        --hosts) hosts=$2 ;;
        --nxdomain) nxdomain=$2 ;;
        --rounds) rounds=$2 ;;
        --seconds) seconds=$2 ;;
        *)
            sed -n '2,/^set/s/^# \{0,1\}//p' "$0"
            [ "$1" = --help ] && exit 0
            exit 2
            ;;
    esac
    shift 2
done

need knotd "apt install knot"
need taskset "apt install util-linux"
[ "$(nproc)" -ge 2 ] || fail "two processors are needed, one for the generator"
build_tool blast
build_tool echo

make_queries() {
    awk -v n="$hosts" -v nx="$nxdomain" 'BEGIN {
        srand(7)
        for (i = 0; i < 200000; i++)
            printf "%s%d.dyn.test A\n", (rand() * 100 < nx ? "x" : "h"), int(rand() * n)
    }' >"$work/queries"
}

# The zone that Holdfast serves, so that both answer the same.
start_knot() {
    administer zone export dyn.test "$work/zone"
    mkdir "$work/knot"
    cat >"$work/knot.conf" <<CONF
server:
  rundir: $work/knot
  listen: 127.0.0.1@$knot_port
  udp-workers: 1
  tcp-workers: 1
  background-workers: 1
log:
  - target: stderr
    any: warning
database:
  storage: $work/knot
template:
  - id: default
    storage: $work
    journal-content: none
    zonefile-load: whole
zone:
  - domain: dyn.test
    file: zone
CONF
    taskset -c 0 knotd -c "$work/knot.conf" 2>"$work/knot.log" &
    knot_pid=$!
    started="$started $knot_pid"
}

start_echo() {
    taskset -c 0 "$work/echo" "$echo_port" 32 1 &
    echo_pid=$!
    started="$started $echo_pid"
}

blast() { # PORT SECONDS
    taskset -c 1 "$work/blast" "$1" "$work/queries" "$2" 4 128 1 1 1
}

answers() { # PORT
    blast "$1" 0.3 | grep -q ' noerror=[1-9]'
}

# Hundredths of a second of processor time that a process has used.
processor_time() {
    sed 's/.*) //' "/proc/$1/stat" | awk '{ print $12 + $13 }'
}

measure() { # NAME PORT PID: one line "qps lost share microseconds nxdomain" to the server's file
    before=$(processor_time "$3")
    line=$(blast "$2" "$seconds")
    after=$(processor_time "$3")
    echo "$line" | tr ' ' '\n' | awk -F = -v ticks=$((after - before)) '
        { v[$1] = $2 }
        END {
            got = v["got"] > 0 ? v["got"] : 1
            printf "%d %.3f %.2f %.1f\n", v["qps"], 100 * v["lost"] / v["sent"],
                ticks * 10000 / got, 100 * v["nx"] / got
        }' >>"$work/$1.results"
}

column() { # NAME COLUMN
    awk -v c="$2" '{ print $c }' "$work/$1.results" | spread
}

report() {
    set -- $(column echo 1)
    echo_median=$1
    set -- $(column knot 1)
    knot_median=$1
    printf '%-10s %10s %10s %10s %9s %9s %12s %8s %10s\n' \
        '' median min max 'of echo' 'of knot' 'us of cpu' 'lost %' 'nxdomain %'
    for name in echo knot holdfast; do
        set -- $(column "$name" 1) $(column "$name" 2) $(column "$name" 3) $(column "$name" 4)
        echo "$name $1 $2 $3 $7 $4 ${10} $echo_median $knot_median" | awk '{
            printf "%-10s %10d %10d %10d %9.2f %9.2f %12.2f %8.2f %10.1f\n",
                $1, $2, $3, $4, $2 / $8, $2 / $9, $5, $6, $7
        }'
    done
}

make_queries
start_holdfast taskset -c 0
make_hosts "$hosts"
start_knot
start_echo
dns_port=${dns##*:}
for port in "$dns_port" "$knot_port" "$echo_port"; do
    wait_until 30 answers "$port" || fail "no answer on port $port: $(tail -n 3 "$work/knot.log")"
done

# Not counted: the JVM compiles, Knot touches its memory.
for port in "$dns_port" "$knot_port" "$echo_port"; do
    blast "$port" 5 >/dev/null
done
round=0
while [ "$round" -lt "$rounds" ]; do
    measure holdfast "$dns_port" "$holdfast_pid"
    measure knot "$knot_port" "$knot_pid"
    measure echo "$echo_port" "$echo_pid"
    round=$((round + 1))
    progress "round $round of $rounds"
done
progress ""

printf 'DNS queries a second over UDP, one processor each for server and generator\n'
describe_machine
printf '%s; %d hosts, EDNS, %d %% of the names do not exist, %d rounds of %d s, interleaved\n\n' \
    "$(knotd --version | head -n 1)" "$hosts" "$nxdomain" "$rounds" "$seconds"
report
printf '\n"us of cpu" is processor time for one query, which other work on the machine changes least.\n'
