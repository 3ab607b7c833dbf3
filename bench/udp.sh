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
. "$(dirname "$0")/common.sh"

hosts=100000
nxdomain=50
rounds=7
seconds=4
knot_port=${KNOT_PORT:-5391}
echo_port=${ECHO_PORT:-5392}
nsd_port=${NSD_PORT:-5393}
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
need nsd "apt install nsd"
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

start_nsd() {
    cat >"$work/nsd.conf" <<CONF
server:
  ip-address: 127.0.0.1@$nsd_port
  server-count: 1
  username: ""
  chroot: ""
  zonesdir: "$work"
  database: ""
  pidfile: "$work/nsd.pid"
  xfrdfile: "$work/xfrd.state"
  zonelistfile: "$work/nsd.zones"
  xfrdir: "$work"
  rrl-ratelimit: 0
remote-control:
  control-enable: no
zone:
  name: dyn.test
  zonefile: zone
CONF
    taskset -c 0 nsd -d -c "$work/nsd.conf" 2>"$work/nsd.log" &
    nsd_pid=$!
    started="$started $nsd_pid"
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

# A process and its children: NSD answers in one of them.
family() {
    echo "$1" $(cat "/proc/$1/task/$1/children")
}

# Hundredths of a second of processor time that a process and its children have used.
processor_time() {
    for pid in $(family "$1"); do
        sed 's/.*) //' "/proc/$pid/stat"
    done | awk '{ all += $12 + $13 } END { print all }'
}

# MiB of memory that they hold, shared ones counted by their share.
memory() {
    for pid in $(family "$1"); do
        cat "/proc/$pid/smaps_rollup"
    done | awk '$1 == "Pss:" { all += $2 } END { printf "%.0f", all / 1024 }'
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

median() { # NAME COLUMN
    column "$1" "$2" | cut -d ' ' -f 1
}

report() {
    printf '%-9s %9s %9s %9s %8s %8s %8s %10s %7s %10s %8s\n' '' median min max \
        'of echo' 'of knot' 'of nsd' 'us of cpu' 'lost %' 'nxdomain %' 'RSS MiB'
    for name in echo nsd knot holdfast; do
        echo "$name $(column "$name" 1) $(median echo 1) $(median knot 1) $(median nsd 1)" \
            "$(median "$name" 3) $(median "$name" 2) $(median "$name" 4) $(cat "$work/$name.memory")" |
            awk '{ printf "%-9s %9d %9d %9d %8.2f %8.2f %8.2f %10.2f %7.2f %10.1f %8d\n",
                $1, $2, $3, $4, $2 / $5, $2 / $6, $2 / $7, $8, $9, $10, $11 }'
    done
}

make_queries
start_holdfast taskset -c 0
make_hosts "$hosts"
start_knot
start_nsd
start_echo
dns_port=${dns##*:}
for port in "$dns_port" "$knot_port" "$nsd_port" "$echo_port"; do
    wait_until 30 answers "$port" || fail "no answer on port $port: $(tail -n 3 "$work/knot.log" "$work/nsd.log")"
done

# Not counted: the JVM compiles, Knot touches its memory.
for port in "$dns_port" "$knot_port" "$nsd_port" "$echo_port"; do
    blast "$port" 5 >/dev/null
done
round=0
while [ "$round" -lt "$rounds" ]; do
    measure holdfast "$dns_port" "$holdfast_pid"
    measure knot "$knot_port" "$knot_pid"
    measure nsd "$nsd_port" "$nsd_pid"
    measure echo "$echo_port" "$echo_pid"
    round=$((round + 1))
    progress "round $round of $rounds"
done
progress ""
memory "$holdfast_pid" >"$work/holdfast.memory"
memory "$knot_pid" >"$work/knot.memory"
memory "$nsd_pid" >"$work/nsd.memory"
memory "$echo_pid" >"$work/echo.memory"

printf 'DNS queries a second over UDP, one processor each for server and generator\n'
describe_machine
printf '%s; %s; %d hosts, EDNS, %d %% of the names do not exist, %d rounds of %d s, interleaved\n\n' \
    "$(knotd --version | head -n 1)" "$(nsd -v 2>&1 | head -n 1)" "$hosts" "$nxdomain" "$rounds" "$seconds"
report
printf '\n"us of cpu" is processor time for one query, which other work on the machine changes least.\n'
