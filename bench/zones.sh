#!/bin/sh
# Many zones: how long the first and the next start take, and what 2,000 changes cost beside so many zones
# that do not change.
#
#   bench/run zones [--sizes "N N"] [--seconds N] [--dir DIR]
#
# Each zone has a master file of its own, named in the configuration. Then 2,000 hosts of one more zone are
# updated by signed DNS updates, 2,000 on their way at the same time, so that batches are as large as they get.
# A start is timed until the service says that it is ready; "CPU" is the service's processor time.
set -eu

sizes="1 10000"
seconds=5
options="sizes seconds dir"
. "$(dirname "$0")/common.sh"
hosts=2000
patience=600

# Zones z1.test to zN.test, in folder $work and in $zone_settings.
make_zones() { # N
    awk -v n="$1" -v folder="$work" 'BEGIN {
        for (i = 1; i <= n; i++) {
            file = folder "/z" i ".zone"
            print "$TTL 3600\n@ SOA ns1 hostmaster 1 7200 900 1209600 60\n@ NS ns1\nns1 A 192.0.2.1\nwww A 192.0.2.2" >file
            close(file)
            printf "[zone.\"z%d.test\"]\nrecords = \"z%d.zone\"\n", i, i
        }
    }' >"$work/zones.toml"
    zone_settings=$(cat "$work/zones.toml")
}

# Sets $took, seconds until it is ready, and $used, its hundredths of a second of processor time.
time_start() {
    began=$(seconds_now)
    start_holdfast
    took=$(seconds_since "$began")
    used=$(processor_time "$holdfast_pid")
}

measure() { # N
    rm -rf "$work/data"
    make_zones "$1"
    progress "$1: starting"
    time_start
    first="$took $used"
    stop_holdfast TERM
    time_start
    second="$took $used"
    progress "$1: updating"
    make_hosts "$hosts"
    allow_updates
    send "$holdfast_port" 15 "$hosts" >"$work/unmeasured" # the JVM compiles
    before=$(processor_time "$holdfast_pid")
    send "$holdfast_port" "$seconds" "$hosts" | sed 's/[a-z0-9]*=//g' >"$work/sent"
    after=$(processor_time "$holdfast_pid")
    stop_holdfast TERM
    read -r rate _ _ noerror _ <"$work/sent"
    echo "$1 $first $second $rate $noerror $((after - before))" | awk '{
        printf "%8d %9.1f %7.1f %9.1f %7.1f %11.0f %11.0f\n", $1, $2, $3 / 100, $4, $5 / 100, $6, $8 * 10 / $7 * 2000
    }' >>"$work/table"
}

build_tool send
"$holdfast" --version >/dev/null # builds, if that is needed
for size in $sizes; do
    measure "$size"
done
progress ""
printf 'many zones of a master file each\n'
describe_machine
printf '\n%8s %9s %7s %9s %7s %11s %11s\n' zones 'first s' 'CPU s' 'next s' 'CPU s' 'updates/s' 'CPU ms/2000'
cat "$work/table"
