# Read by the measurements: their options, a place to work in ($dir, else TMPDIR or /tmp), the service,
# what a process costs, words about the machine. peers.sh has the other servers.
# shellcheck shell=sh

here=$(cd "$(dirname "$0")" && pwd -P)
. "$here/options.sh"
holdfast=$here/../holdfast
work=$(mktemp -d "${dir:-${TMPDIR:-/tmp}}/holdfast-bench.XXXXXX")
started=

# Of the key upd, which may change anything: the signed updates carry it.
secret=MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=

fail() {
    echo "bench: $*" >&2
    exit 1
}

# On one line of a terminal; nowhere else.
progress() {
    [ ! -t 2 ] || printf '\r%-30s\r%s' '' "$1" >&2
}

need() {
    command -v "$1" >/dev/null || fail "$1 is missing: $2"
}

need_two_processors() {
    need taskset "apt install util-linux"
    [ "$(nproc)" -ge 2 ] || fail "two processors are needed, one for the generator"
}

# Stops what was started, by process number, and leaves nothing behind.
clean_up() {
    for pid in $started; do
        kill "$pid" 2>/dev/null || :
    done
    for pid in $started; do
        wait "$pid" 2>/dev/null || :
    done
    rm -rf "$work"
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

build_tool() {
    need gcc "apt install gcc"
    gcc -O2 -pthread -o "$work/$1" "$here/loadgen/$1.c"
}

# $1: seconds to wait at most, then a command that says whether it is so by now.
wait_until() {
    tries=$(($1 * 10))
    shift
    until "$@"; do
        tries=$((tries - 1))
        [ "$tries" -gt 0 ] || return 1
        sleep 0.1
    done
}

# More lines of the zone's, in holdfast.toml.
zone_settings=

# Seconds the service may take to get ready.
patience=120

# Starts the service with a zone dyn.test, under the command given (taskset -c 0) or none; sets
# $holdfast_pid, $http, $dns, $holdfast_port and the $java it runs on. Its data is in $work/data.
start_holdfast() {
    "$holdfast" --version >/dev/null || fail "holdfast cannot be built" # builds, if that is needed
    cat >"$work/holdfast.toml" <<TOML
data = "data"
http = ["127.0.0.1:0"]
dns = ["127.0.0.1:0"]

[answers]
rate-limit = 200
rate-limit-exempt = ["127.0.0.0/8"]
cookie-secrets = ["000102030405060708090a0b0c0d0e0f"]

[zone."dyn.test"]
nameservers = ["ns1.dyn.test"]
changed-allowed = 0
$zone_settings
TOML
    "$@" "$holdfast" serve --config "$work/holdfast.toml" >"$work/ready" 2>"$work/serve.log" &
    holdfast_pid=$!
    started="$started $holdfast_pid"
    wait_until "$patience" grep -q '^holdfast ready' "$work/ready" ||
        fail "holdfast does not get ready: $(tail -n 5 "$work/serve.log")"
    http=$(sed -n 's/^holdfast ready http=\([^ ]*\).*/\1/p' "$work/ready")
    dns=$(sed -n 's/^holdfast ready .*dns=\([^ ]*\).*/\1/p' "$work/ready")
    holdfast_port=${dns##*:}
    java=$(readlink "/proc/$holdfast_pid/exe")
}

# $1: a signal, TERM to let it end by itself.
stop_holdfast() {
    kill -s "$1" "$holdfast_pid"
    wait "$holdfast_pid" 2>/dev/null || :
}

# Runs an administrative command of the service that was started; what it prints goes to $work/out.
administer() {
    "$holdfast" "$@" --config "$work/holdfast.toml" >"$work/out" 2>"$work/log" ||
        fail "holdfast $1 $2: $(tail -n 3 "$work/log")"
}

# Gives the running service $1 hosts, h0.dyn.test and so on, the way an operator does it; each one's
# secret stands in $work/hosts.csv.
make_hosts() {
    write_hosts "$1"
    administer account add bench
    administer host import "$work/hosts.csv" --account bench
}

write_hosts() {
    awk -v n="$1" 'BEGIN {
        print "name,secret,ipv4"
        for (i = 0; i < n; i++)
            printf "h%d.dyn.test,secret-of-host-%d,203.0.%d.%d\n", i, i, i / 250 % 256, i % 250 + 1
    }' >"$work/hosts.csv"
}

# Questions for one of $1 hosts, of which $2 percent do not exist: "name type" to $work/queries.
make_queries() {
    awk -v n="$1" -v nx="$2" 'BEGIN {
        srand(7)
        for (i = 0; i < 200000; i++)
            printf "%s%d.dyn.test A\n", (rand() * 100 < nx ? "x" : "h"), int(rand() * n)
    }' >"$work/queries"
}

# Questions that wait for their answers on each of 4 sockets, and whether the generator never sleeps.
window=128
spin=1

# Asks the questions with EDNS for so long, from processor 1; what comes of it is printed on one line.
blast() { # PORT SECONDS
    taskset -c 1 "$work/blast" "$1" "$work/queries" "$2" 4 "$window" 1 1 "$spin"
}

# The same, but prints the answers a second alone.
answer_rate() { # PORT SECONDS
    blast "$@" | sed 's/qps=\([0-9]*\).*/\1/'
}

answers() { # PORT
    blast "$1" 0.3 | grep -q ' noerror=[1-9]'
}

# Lets the key upd change everything.
allow_updates() {
    administer key add upd --zone dyn.test --secret "$secret"
}

# $1: how many updates for any of $hosts hosts, that nobody has seen yet, signed now; to $work/messages. $2, $3: the
# key and its secret, if it is not upd.
sign_updates() {
    seed=$(($(cat "$work/seed" 2>/dev/null || echo 0) + 1))
    echo "$seed" >"$work/seed"
    "$java" "$here/src/main/java/io/holdfast/bench/SignedUpdates.java" "$work/messages" "$1" "$hosts" "$seed" \
        "${2:-upd}" "${3:-$secret}"
}

send() { # PORT SECONDS IN_FLIGHT: more updates than the fastest could take
    sign_updates "$(($2 * 60000))"
    "$work/send" "$1" "$work/messages" "$2" "$3"
}

takes_an_update() { # PORT
    send "$1" 1 1 | grep -q ' noerror=[1-9]'
}

# Waits until the server of that name takes updates.
takes_updates() {
    server "$1"
    wait_until 3 takes_an_update "$port" ||
        fail "$1 takes no update: $(tail -n 3 "$work"/*.log)"
}

# Runs a command so many times; it may read which $round it is.
repeat_rounds() {
    round=0
    while [ "$round" -lt "$rounds" ]; do
        round=$((round + 1))
        progress "round $round of $rounds"
        "$@"
    done
    progress ""
}

# Writes of 4 KiB that the disk makes durable in a second, one after the other; to $work/disk.results.
measure_disk() {
    (cd "$work" && ./fs 1 4096 2 1) | sed 's/.*: \([0-9]*\).*/\1/' >>"$work/disk.results"
}

# A process, its children and theirs: NSD answers in one of them.
family() (
    echo "$1"
    for child in $(cat "/proc/$1/task/$1/children"); do
        family "$child"
    done
)

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

# MiB that Holdfast has in use on the heap once it is tidied up.
heap_in_use() {
    "${java%java}jcmd" "$holdfast_pid" GC.run >"$work/out"
    "${java%java}jcmd" "$holdfast_pid" GC.heap_info | sed -n 's/.*heap.* used \([0-9]*\)K.*/\1/p' |
        awk '{ printf "%.0f", $1 / 1024 }'
}

# Watches from now on how much a process holds at the most.
watch_memory() { # PID
    echo 0 >"$work/most"
    touch "$work/watching"
    while [ -e "$work/watching" ]; do
        held=$(memory "$1" 2>/dev/null)
        [ "${held:-0}" -le "$(cat "$work/most")" ] || echo "$held" >"$work/most"
        sleep 0.5
    done &
    watcher=$!
}

# Ends that; sets $most, in MiB.
stop_watching() {
    rm -f "$work/watching"
    wait "$watcher"
    most=$(cat "$work/most")
}

# Seconds of the clock, with their fractions.
seconds_now() {
    date +%s.%N
}

seconds_since() {
    echo "$1 $(seconds_now)" | awk '{ printf "%.1f", $2 - $1 }'
}

describe_machine() {
    printf 'on %s\n' "$(date -u '+%Y-%m-%d %H:%M UTC')"
    printf '%s, %s processors, Linux %s, load %s\n' \
        "$(sed -n 's/^model name[^:]*: *//p' /proc/cpuinfo | head -n 1)" "$(nproc)" \
        "$(uname -r)" "$(cut -d ' ' -f 1 /proc/loadavg)"
    printf 'holdfast %s; JVM %s\n' \
        "$(git -C "$here" describe --always --dirty 2>/dev/null || echo "of no repository")" \
        "$(sed -n 's/^IMPLEMENTOR_VERSION=//p' "${java%/bin/java}/release" | tr -d '"')"
}

# Reads numbers, one a line; prints median, least and greatest.
spread() {
    sort -n | awk '{ v[NR] = $1 } END {
        printf "%s %s %s\n", (NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2), v[1], v[NR]
    }'
}

column() { # NAME COLUMN: of the results of that name
    awk -v c="$2" '{ print $c }' "$work/$1.results" | spread
}

median() { # NAME COLUMN
    column "$1" "$2" | cut -d ' ' -f 1
}

# Rates as shares of another's, round by round: what the machine does meanwhile hits both alike.
share() { # NAME OTHER: median, least and greatest
    paste -d ' ' "$work/$1.results" "$work/$2.results" | awk '{ print $1 / $(NF / 2 + 1) }' | spread
}
