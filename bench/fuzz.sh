#!/bin/sh
# A long run of the fuzzing that the tests do for a moment: the answer path, updates, signatures and
# master files, with octets and texts that follow their grammar and break it.
#
#   bench/run fuzz [--minutes N] [--seed N]
#
# Prints tries and heap every minute. What fails is named with its seed: `--minutes 0 --seed N` does
# that one try again.
set -eu

minutes=60
seed=1000000
options="minutes seed"
. "$(dirname "$0")/options.sh"
cd "$(dirname "$0")/.."
exec mvn -B -q -pl dns test -Dtest='FuzzTest#holdsForLong' \
    -Dfuzz.minutes="$minutes" -Dfuzz.seed="$seed"
