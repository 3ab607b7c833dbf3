#!/bin/sh
# A zone of a million hosts, transferred live to a secondary (BIND) while updates go on: AXFR first, then IXFR
# by notifications, all signed (TSIG). At the end the secondary must serve what Holdfast serves, record by
# record.
#
#   bench/run transfer [--hosts N] [--rate N] [--seconds N] [--samples N] [--heap SIZE] [--dir DIR]
#
# Signed updates come at the RATE from before the secondary starts until so many seconds after it has the
# zone. Meanwhile single hosts change by HTTP, and each is asked for at the secondary until it shows: the
# time from `good`, which is after the commit. Holdfast tells secondaries of new versions at most once a second.
# SIZE is the JVM's -Xmx, as 4g. All share the machine's processors. Needs Debian's bind9, bind9-dnsutils and
# curl.
set -eu

hosts=1000000
rate=300
seconds=20
samples=15
heap=
options="hosts rate seconds samples heap dir"
. "$(dirname "$0")/common.sh"
. "$here/peers.sh"
patience=600

need named "apt install bind9"
need dig "apt install bind9-dnsutils"
need curl "apt install curl"
build_tool send
second_port=$nsd_port
zone_settings="transfer-to = [\"127.0.0.1:$second_port\"]
transfer-key = \"second\""

start_second() {
    cat >"$work/second.conf" <<CONF
options {
$(bind_options "$work/second" "$second_port")
    allow-transfer { 127.0.0.1; };
};
controls { };
logging { channel all { stderr; print-time yes; }; category default { all; }; };
key second { algorithm hmac-sha256; secret "$secret"; };
zone "dyn.test" { type secondary; file "zone"; primaries { 127.0.0.1 port $holdfast_port key second; }; };
CONF
    named -f -c "$work/second.conf" 2>"$work/second.log" &
    second_pid=$!
    started="$started $second_pid"
}

ask() { # PORT NAME TYPE: the answer, in short; nothing while there is none
    dig @127.0.0.1 -p "$1" "$2" "$3" +short +tries=1 +time=1 | sed '/^;/d'
}

has_the_zone() {
    [ -n "$(ask "$second_port" dyn.test SOA)" ]
}

shows() { # NAME ADDRESS
    [ "$(ask "$second_port" "$1" A)" = "$2" ]
}

is_current() {
    [ "$(ask "$second_port" dyn.test SOA)" = "$(ask "$holdfast_port" dyn.test SOA)" ]
}

# Changes host $1 by HTTP; prints the seconds from `good` until the secondary shows it.
seconds_to_visible() {
    address=198.51.100.$1
    curl -fsS -u "h$1.dyn.test:secret-of-host-$1" "http://$http/nic/update?hostname=h$1.dyn.test&myip=$address" |
        grep -q '^good' || fail "an update by HTTP is not answered good"
    began=$(seconds_now)
    until shows "h$1.dyn.test" "$address"; do
        [ "$(seconds_since "$began" | cut -d . -f 1)" -lt 60 ] || fail "h$1.dyn.test does not get to the secondary"
    done
    seconds_since "$began"
    echo
}

records() { # PORT: all, in one order, by a transfer
    dig @127.0.0.1 -p "$1" -y "hmac-sha256:second:$secret" dyn.test AXFR +noall +answer +onesoa | sort
}

# Of each transfer the secondary completed: "records octets seconds".
transfers() {
    sed -n 's/.*Transfer completed: .* messages, \([0-9]*\) records, \([0-9]*\) bytes, \([0-9.]*\) secs.*/\1 \2 \3/p' \
        "$work/second.log"
}

progress "making $hosts hosts"
start_holdfast env HOLDFAST_JAVA_OPTS="${HOLDFAST_JAVA_OPTS-} ${heap:+-Xmx$heap}"
began=$(seconds_now)
make_hosts "$hosts"
load=$(seconds_since "$began")
administer key add second --transfer --secret "$secret"
allow_updates
stop_holdfast TERM
began=$(seconds_now)
start_holdfast env HOLDFAST_JAVA_OPTS="${HOLDFAST_JAVA_OPTS-} ${heap:+-Xmx$heap}"
ready=$(seconds_since "$began")
before=$(memory "$holdfast_pid")

progress "updates and AXFR"
watch_memory "$holdfast_pid"
sign_updates $((rate * 200))
"$work/send" "$holdfast_port" "$work/messages" 200 256 "$rate" >"$work/sent" &
sender=$!
sleep 3
began=$(seconds_now)
start_second
wait_until 120 has_the_zone || fail "the secondary does not get the zone: $(tail -n 5 "$work/second.log")"
visible=$(seconds_since "$began")

progress "updates and IXFR"
until_then=$(($(date +%s) + seconds))
sample=1
while [ "$sample" -le "$samples" ] || [ "$(date +%s)" -lt "$until_then" ]; do
    seconds_to_visible $((sample % 250 + 1)) >>"$work/visible.results"
    sample=$((sample + 1))
    sleep 0.3
done
kill "$sender"
wait "$sender" || :
wait_until 60 is_current || fail "the secondary stays behind: $(tail -n 5 "$work/second.log")"
stop_watching

progress "comparing"
records "$holdfast_port" >"$work/primary.records"
records "$second_port" >"$work/second.records"
cmp -s "$work/primary.records" "$work/second.records" ||
    fail "the secondary serves something else: $(diff "$work/primary.records" "$work/second.records" | head -n 4)"
progress ""

printf 'a zone of %d hosts transferred to a secondary while %d updates a second come\n' "$hosts" "$rate"
describe_machine
printf '%s\n\n' "$(named -v | cut -d ' ' -f 1-2)"
echo "load: $load s by holdfast host import; ready after a start in $ready s"
echo "memory of Holdfast in MiB (Pss): $before after the start, at the most $most"
transfers | awk -v visible="$visible" '
    NR == 1 { printf "AXFR: %d records, %.1f MB in %.1f s; the secondary answers %.1f s after its start\n", $1, $2 / 1e6, $3, visible }
    NR > 1 { all += $1; most = ($1 > most ? $1 : most); n++ }
    END { printf "IXFR: %d, of %d records on average, %d at the most\n", n, (n ? all / n : 0), most }'
set -- $(column visible 1)
echo "from good to visible at the secondary, s: $1 ($2 to $3), $((sample - 1)) changes"
echo "updates: $(cat "$work/sent")"
echo "the secondary is identical: $(wc -l <"$work/primary.records") records, SOA $(ask "$second_port" dyn.test SOA)"
