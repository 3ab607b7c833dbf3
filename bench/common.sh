# Read by the measurements: a place to work in, programs to start and stop, words about the machine.
# shellcheck shell=sh

here=$(cd "$(dirname "$0")" && pwd -P)
holdfast=$here/../holdfast
work=$(mktemp -d "${TMPDIR:-/tmp}/holdfast-bench.XXXXXX")
started=

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

# Starts the service with a zone dyn.test, under the command given (taskset -c 0) or none; sets
# $holdfast_pid, $http and $dns. Its data is in $work/data.
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
TOML
    "$@" "$holdfast" serve --config "$work/holdfast.toml" >"$work/ready" 2>"$work/serve.log" &
    holdfast_pid=$!
    started="$started $holdfast_pid"
    wait_until 120 grep -q '^holdfast ready' "$work/ready" ||
        fail "holdfast does not get ready: $(tail -n 5 "$work/serve.log")"
    http=$(sed -n 's/^holdfast ready http=\([^ ]*\).*/\1/p' "$work/ready")
    dns=$(sed -n 's/^holdfast ready .*dns=\([^ ]*\).*/\1/p' "$work/ready")
}

# Runs an administrative command of the service that was started; what it prints goes to $work/out.
administer() {
    "$holdfast" "$@" --config "$work/holdfast.toml" >"$work/out" 2>"$work/log" ||
        fail "holdfast $1 $2: $(tail -n 3 "$work/log")"
}

# Gives the running service $1 hosts, h0.dyn.test and so on, the way an operator does it; each one's
# secret stands in $work/hosts.csv.
make_hosts() {
    awk -v n="$1" 'BEGIN {
        print "name,secret,ipv4"
        for (i = 0; i < n; i++)
            printf "h%d.dyn.test,secret-of-host-%d,203.0.%d.%d\n", i, i, i / 250 % 256, i % 250 + 1
    }' >"$work/hosts.csv"
    administer account add bench
    administer host import "$work/hosts.csv" --account bench
}

describe_machine() {
    printf 'on %s\n' "$(date -u '+%Y-%m-%d %H:%M UTC')"
    printf '%s, %s processors, Linux %s, load %s\n' \
        "$(sed -n 's/^model name[^:]*: *//p' /proc/cpuinfo | head -n 1)" "$(nproc)" \
        "$(uname -r)" "$(cut -d ' ' -f 1 /proc/loadavg)"
    printf 'holdfast %s; JVM %s\n' \
        "$(git -C "$here" describe --always --dirty 2>/dev/null || echo "of no repository")" \
        "$(sed -n 's/^IMPLEMENTOR_VERSION=//p' "$(readlink "/proc/$holdfast_pid/exe" |
            sed 's,/bin/java$,,')/release" | tr -d '"')"
}

# Reads numbers, one a line; prints median, least and greatest.
spread() {
    sort -n | awk '{ v[NR] = $1 } END {
        printf "%s %s %s\n", (NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2), v[1], v[NR]
    }'
}
