# Read by every script: sets a variable for each option, --in-flight N sets $in_flight. The script
# has given them defaults and named them in $options; its own head is what --help prints.
# shellcheck shell=sh

while [ $# -gt 0 ]; do
    option=$(echo "${1#--}" | tr - _)
    case " $options " in
        *" $option "*)
            [ $# -ge 2 ] || {
                echo "bench: $1 needs a value" >&2
                exit 2
            }
            eval "$option=\$2"
            shift 2
            ;;
        *)
            sed -n '2,/^set/s/^# \{0,1\}//p' "$0"
            [ "$1" = --help ] && exit 0
            exit 2
            ;;
    esac
done
