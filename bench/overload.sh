#!/bin/sh
# Twice the load that a server can bear, and then a normal load again: what is answered meanwhile, how
# soon everything is answered again, and whether memory stays as it was.
#
#   bench/run overload [--of questions|updates] [--servers "NAME..."] [--hosts N] [--seconds N] [--dir DIR]
#
# What a server can bear is measured first, by a closed loop. Then an open loop, which waits for no reply,
# offers half of that for 5 s, twice that for so many seconds, half of that for 10 s. The generator is
# on processor 1; for questions, the usual, the servers are on processor 0 with one thread, by turns
# Knot DNS and Holdfast; for updates they may use both, and are BIND, Knot and Holdfast.
#
# Every answer is looked at: a name that exists must have an address, another is NXDOMAIN; an update is
# NOERROR or refused. After updates Holdfast is killed and started again, and must serve the very zone
# that it served before.
set -eu

of=questions
hosts=100000
seconds=60
servers=
options="of servers hosts seconds dir"
. "$(dirname "$0")/common.sh"
. "$here/peers.sh"

need_two_processors
build_tool blast
build_tool send
build_tool offer

offer() { # NAME FILE BEARABLE
    server "$1"
    before=$(memory "$pid")
    [ "$1" != holdfast ] || heap=$(heap_in_use)
    watch_memory "$pid"
    taskset -c 1 "$work/offer" "$port" "$of" "$2" 16 \
        "$(($3 / 2)):5" "$(($3 * 2)):$seconds" "$(($3 / 2)):10" >"$work/$1.results"
    stop_watching
    echo "memory before, at the most, and after, MiB: $before $most $(memory "$pid")" >"$work/$1.memory"
    [ "$1" != holdfast ] || echo "in use on the heap before and after, MiB: $heap $(heap_in_use)" >>"$work/$1.memory"
}

questions() { # NAME
    await_answers "$1"
    blast "$port" 5 >/dev/null # the JVM compiles
    offer "$1" "$work/queries" "$(answer_rate "$port" 3)"
}

updates() { # NAME
    takes_updates "$1"
    send "$port" 5 256 >/dev/null # the JVM compiles
    bearable=$(send "$port" 4 256 | sed 's/rate=\([0-9]*\).*/\1/')
    sign_updates $((bearable * 2 * seconds + bearable * 8))
    offer "$1" "$work/messages" "$bearable"
}

report() {
    printf '%-9s %-9s %9s %9s %9s %8s %6s %8s %9s %9s %9s\n' '' load offered sent answered \
        refused wrong unknown 'p50 us' 'p99 us' 'whole ms'
    for name in $servers; do
        printf 'normal\noverload\nnormal\n' | paste -d ' ' - "$work/$name.results" | sed 's/[a-z0-9]*=//g' |
            awk -v name="$name" '{
                printf "%-9s %-9s %9d %9d %9d %8d %6d %8d %9d %9d %9d\n", name, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10
                name = ""
            }'
        cat "$work/$name.memory"
    done
}

# Whether what was served is what is on disk.
same_after_restart() {
    export_zone
    sort "$work/zone" >"$work/before"
    stop_holdfast KILL
    start_holdfast
    export_zone
    sort "$work/zone" | cmp -s "$work/before" - || fail "Holdfast serves another zone after it was killed"
    echo "Holdfast, killed and started again, serves the same zone: $(wc -l <"$work/before") records"
}

case $of in
    questions)
        servers=${servers:-knot holdfast}
        threads=1
        pinned="taskset -c 0"
        ;;
    updates)
        servers=${servers:-bind knot holdfast}
        pinned=
        ;;
    *) fail "--of is questions or updates" ;;
esac
# shellcheck disable=SC2086 # $pinned is a command and its arguments, or nothing
{
    start_holdfast $pinned
    make_hosts "$hosts"
    allow_updates
    export_zone
    for name in $servers; do
        [ "$name" = holdfast ] || "start_$name" $pinned
    done
}
[ "$of" = updates ] || make_queries "$hosts" 50
for name in $servers; do
    progress "$of, $name"
    "$of" "$name"
done
progress ""

printf 'twice the bearable load of %s for %d s, %d hosts\n' "$of" "$seconds" "$hosts"
describe_machine
printf '\n'
report
cat <<'END'

offered, sent, answered: a second. whole: milliseconds after this load began from which on everything was
answered until it ended, -1 if that was never so. unknown: replies, so far, that came twice or too late.
END
[ "$of" = questions ] || same_after_restart
