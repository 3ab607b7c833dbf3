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
levels="64 256 1024"
rounds=3
seconds=5
while [ $# -gt 0 ]; do
    case $1 in
        --hosts) hosts=$2 ;;
        --in-flight) levels=$2 ;;
        --rounds) rounds=$2 ;;
        --seconds) seconds=$2 ;;
        --dir) export TMPDIR="$2" ;;
        *)
            sed -n '2,/^set/s/^# \{0,1\}//p' "$0"
            [ "$1" = --help ] && exit 0
            exit 2
            ;;
    esac
    shift 2
done
. "$(dirname "$0")/common.sh"

secret=MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=
bind_port=$((20000 + $$ % 10000))
knot_port=$((bind_port + 10000))

# More a second than the fastest could take.
most=60000

start_bind() {
    mkdir "$work/bind"
    cp "$work/zone" "$work/bind/zone"
    cat >"$work/named.conf" <<CONF
options {
    directory "$work/bind";
    listen-on port $bind_port { 127.0.0.1; };
    listen-on-v6 { none; };
    pid-file "$work/bind/pid";
    session-keyfile "$work/bind/session";
    recursion no;
    update-quota 2000;
};
controls { };
key upd { algorithm hmac-sha256; secret "$secret"; };
zone "dyn.test" { type primary; file "zone"; update-policy { grant upd zonesub ANY; }; };
CONF
    named -f -c "$work/named.conf" 2>"$work/bind.log" &
    started="$started $!"
}

start_knot() {
    mkdir "$work/knot"
    cp "$work/zone" "$work/knot/zone"
    cat >"$work/knot.conf" <<CONF
server:
  rundir: $work/knot
  listen: 127.0.0.1@$knot_port
log:
  - target: stderr
    any: error
database:
  storage: $work/knot
key:
  - id: upd
    algorithm: hmac-sha256
    secret: $secret
acl:
  - id: upd
    key: upd
    action: update
template:
  - id: default
    storage: $work/knot
    zonefile-sync: -1
    journal-content: all
    zonefile-load: difference
    acl: upd
zone:
  - domain: dyn.test
    file: zone
CONF
    knotd -c "$work/knot.conf" 2>"$work/knot.log" &
    started="$started $!"
}

echo 0 >"$work/seed"
send() { # PORT SECONDS IN_FLIGHT: messages that nobody has seen yet, signed now
    seed=$(($(cat "$work/seed") + 1))
    echo "$seed" >"$work/seed"
    "$java" "$here/src/main/java/io/holdfast/bench/SignedUpdates.java" \
        "$work/messages" "$(($2 * most))" "$hosts" "$seed"
    "$work/send" "$1" "$work/messages" "$2" "$3"
}

answers() { # PORT
    send "$1" 1 1 | grep -q ' noerror=[1-9]'
}

measure() { # NAME PORT IN_FLIGHT
    send "$2" "$seconds" "$3" | sed 's/[a-z0-9]*=//g' >>"$work/$1.$3.results"
}

column() { # FILE COLUMN
    awk -v c="$2" '{ print $c }' "$work/$1.results" | spread
}

need named "apt install bind9"
need knotd "apt install knot"
build_tool fs
build_tool send
start_holdfast
java=$(readlink "/proc/$holdfast_pid/exe")
make_hosts "$hosts"
administer key add upd --zone dyn.test --secret "$secret"
administer zone export dyn.test "$work/zone"
start_bind
start_knot
dns_port=${dns##*:}
for port in "$dns_port" "$bind_port" "$knot_port"; do
    wait_until 3 answers "$port" || fail "no update is taken on port $port: $(tail -n 3 "$work"/*.log)"
done
send "$dns_port" "$seconds" 256 >"$work/unmeasured" # the JVM compiles

round=0
while [ "$round" -lt "$rounds" ]; do
    round=$((round + 1))
    for level in $levels; do
        progress "round $round of $rounds, $level"
        (cd "$work" && ./fs 1 4096 2 1) | sed 's/.*: \([0-9]*\).*/\1/' >>"$work/disk.results"
        measure holdfast "$dns_port" "$level"
        measure bind "$bind_port" "$level"
        measure knot "$knot_port" "$level"
    done
done
progress ""

printf 'durable RFC 2136 updates a second, signed\n'
describe_machine
printf '%s, %s\n' "$(named -v | cut -d ' ' -f 1-2)" "$(knotd --version)"
printf '%d hosts, %d rounds of %d s, interleaved; %s on %s\n' \
    "$hosts" "$rounds" "$seconds" "$work" "$(stat -f -c %T "$work")"
set -- $(column disk 1)
printf 'disk, 4 KiB fdatasync a second: %.0f (%.0f to %.0f)\n\n' "$1" "$2" "$3"
printf '%-9s %-10s %9s %9s %9s %9s %9s %7s\n' 'in flight' '' median min max 'p50 us' 'p99 us' lost
for level in $levels; do
    for name in holdfast bind knot; do
        file=$name.$level
        set -- $(column "$file" 1) $(column "$file" 2) $(column "$file" 3) $(column "$file" 6)
        printf '%-9d %-10s %9.0f %9.0f %9.0f %9.0f %9.0f %7.0f\n' \
            "$level" "$name" "$1" "$2" "$3" "$4" "$7" "${10}"
    done
done
