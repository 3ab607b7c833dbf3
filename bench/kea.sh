#!/bin/sh
# How soon Kea's D2 gets its answers, while other signed updates (RFC 2136), so many on their way at the same
# time, are as many as the service can bear: D2 takes an update for lost, and sends it again, after 500 ms.
#
#   bench/run kea [--hosts N] [--in-flight "N N"] [--offered N] [--leases N] [--rate N] [--junk N]
#                 [--dir DIR]
#
# At each level, first without any other update, D2 is told of so many leases, RATE a second, and then that
# they are over; a lease is two updates when it begins, forward and reverse, and three when it ends. At last,
# with a third of the leases, so many updates a second are offered by an open loop, which waits for no reply: set
# it to twice of what the service takes. D2's own log says when each update was sent, when and how it was
# answered, to the millisecond, and what became of each lease. With --junk, also beside
# so many updates a second that anybody could send: they name D2's own key, which is no secret, and are signed with
# another one. All share the machine's processors. Needs
# Debian's kea-dhcp-ddns-server.
set -eu

hosts=100000
in_flight="256 1024"
leases=300
rate=50
offered=60000
junk=0
options="hosts in_flight leases rate offered junk dir"
. "$(dirname "$0")/common.sh"

need kea-dhcp-ddns "apt install kea-dhcp-ddns-server"
d2_port=$((10000 + $$ % 50000))
zone_settings='[zone."77.10.in-addr.arpa"]
nameservers = ["ns1.dyn.test"]'
limit_millis=500
other_secret=ZmVkY2JhOTg3NjU0MzIxMGZlZGNiYTk4NzY1NDMyMTA=
open_seconds=30

start_d2() {
    cat >"$work/d2.json" <<JSON
{ "DhcpDdns": {
  "ip-address": "127.0.0.1", "port": $d2_port, "dns-server-timeout": $limit_millis,
  "tsig-keys": [ { "name": "kea", "algorithm": "HMAC-SHA256", "secret": "$secret" } ],
  "forward-ddns": { "ddns-domains": [ { "name": "dyn.test.", "key-name": "kea",
    "dns-servers": [ { "ip-address": "127.0.0.1", "port": $holdfast_port } ] } ] },
  "reverse-ddns": { "ddns-domains": [ { "name": "77.10.in-addr.arpa.", "key-name": "kea",
    "dns-servers": [ { "ip-address": "127.0.0.1", "port": $holdfast_port } ] } ] },
  "loggers": [ { "name": "kea-dhcp-ddns", "severity": "DEBUG", "debuglevel": 50,
    "output_options": [ { "output": "stdout" } ] } ] } }
JSON
    KEA_PIDFILE_DIR=$work KEA_LOCKFILE_DIR=$work kea-dhcp-ddns -c "$work/d2.json" >"$work/d2.log" &
    started="$started $!"
    wait_until 10 grep -q DCTL_CONFIG_COMPLETE "$work/d2.log" || fail "D2 does not start: $(tail -n 3 "$work/d2.log")"
}

settled() { # how many leases D2 has done with, so or so
    grep -c -E 'DHCP_DDNS_(ADD|REMOVE)_(SUCCEEDED|FAILED)' "$work/d2.log" || :
}

all_settled() {
    [ "$(settled)" -ge "$expected" ]
}

tell() { # add or remove
    expected=$(($(settled) + leases))
    "$work/ncr" "$d2_port" "$1" "$leases" "$rate"
    wait_until 60 all_settled || fail "of $expected leases D2 is done with $(settled) only"
}

# Becomes the generator: until it is stopped, or, for "open", for so many seconds.
generate() { # LEVEL
    if [ "$1" = junk ]; then
        exec "$work/offer" "$holdfast_port" junk "$work/messages" 16 "$junk:$open_seconds"
    fi
    if [ "$1" = open ]; then
        exec "$work/offer" "$holdfast_port" updates "$work/messages" 16 "$offered:$open_seconds"
    fi
    exec "$work/send" "$holdfast_port" "$work/messages" 600 "$1"
}

measure() { # LEVEL MESSAGES: so many in flight, 0 for no other update, "open" or "junk"; so many are signed
    generator=
    if [ "$1" != 0 ]; then
        sign_updates "$2" $([ "$1" != junk ] || echo kea "$other_secret")
        generate "$1" >"$work/sent" &
        generator=$!
        started="$started $generator"
        sleep 1
    fi
    before=$(wc -l <"$work/d2.log")
    tell add
    tell remove
    tail -n +$((before + 1)) "$work/d2.log" >"$work/measured.log"
    others=0
    if [ -n "$generator" ]; then
        kill -0 "$generator" 2>/dev/null || fail "the generator ended before D2 was done"
        case $1 in open | junk) ;; *) kill "$generator" ;; esac
        wait "$generator"
        others=$(sed 's/.*\(rate\|answered\)=\([0-9]*\).*/\2/' "$work/sent")
    fi
    line "$1" >>"$work/lines"
}

# What D2 saw of each update, a line each: milliseconds, and answered, late (not within its time) or otherwise.
updates() {
    awk '
        function millis(clock, part) {
            split(clock, part, "[:.]")
            return ((part[1] * 60 + part[2]) * 60 + part[3]) * 1000 + part[4]
        }
        match($0, /Request ID [0-9A-F]+/) { lease = substr($0, RSTART, RLENGTH) }
        / DHCP_DDNS_UPDATE_REQUEST_SENT / { sent[lease] = millis($2) }
        / DHCP_DDNS_UPDATE_RESPONSE_RECEIVED / {
            took = (millis($2) - sent[lease] + 86400000) % 86400000
            print took, /status: SUCCESS/ ? "answered" : /status: TIMEOUT/ ? "late" : "otherwise"
        }' "$work/measured.log"
}

line() { # LEVEL
    done=$(grep -c -E '_(ADD|REMOVE)_SUCCEEDED' "$work/measured.log" || :)
    updates | sort -n | awk -v level="$1" -v others="$others" -v leases="$leases" -v done="$done" '
        { many[$2]++ }
        $2 == "answered" { took[many[$2]] = $1 }
        END {
            n = many["answered"]
            printf "%-9s %9d %7d %7d %7d %9d %9d %6d %10d %7d %7d %7d\n", level, others, leases, done,
                2 * leases - done, NR, n, many["late"], many["otherwise"],
                took[int((n + 1) / 2)], took[int(n * 0.99)], took[n]
        }'
}

build_tool send
build_tool offer
build_tool ncr
start_holdfast
make_hosts "$hosts"
allow_updates
administer key add kea --zone dyn.test --zone 77.10.in-addr.arpa --secret "$secret"
start_d2
send "$holdfast_port" 5 256 >"$work/unmeasured" # the JVM compiles
tell add
tell remove

for level in 0 $in_flight; do
    progress "$level in flight"
    measure "$level" $(((leases * 2 / rate + 4) * 45000))
done
progress "$offered offered"
leases=$((leases / 3))
measure open $((offered * open_seconds))
if [ "$junk" -gt 0 ]; then
    progress "$junk of junk"
    measure junk 10000
fi
progress ""
administer zone export dyn.test "$work/zone"

printf 'answers to Kea'"'"'s D2, which waits %d ms for each, beside other signed updates\n' "$limit_millis"
describe_machine
printf 'kea-dhcp-ddns %s; %d hosts; %d leases a second; open: %d offered a second; %s on %s\n\n' \
    "$(kea-dhcp-ddns -v)" "$hosts" "$rate" "$offered" "$work" "$(stat -f -c %T "$work")"
printf '%-9s %9s %7s %7s %7s %9s %9s %6s %10s %7s %7s %7s\n' 'in flight' 'others/s' 'leases' 'done' 'failed' \
    'updates' 'answered' 'late' 'otherwise' 'p50 ms' 'p99 ms' 'max ms'
cat "$work/lines"
printf '\nleases still in the zone at the end: %d\n' "$(grep -c '^lease' "$work/zone")"
cat <<'END'
others/s: updates of the generator committed a second. leases: told to begin and to end. done, failed: beginnings
and ends of leases, by D2's word. updates: sent by D2, repeats included; late: not answered within its time;
p50, p99, max: of those answered.
END
