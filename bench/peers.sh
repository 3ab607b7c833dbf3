# Read by measurements beside other name servers. Each serves the zone that Holdfast serves and takes
# updates signed with the key upd, each of them durable; a command as taskset -c 0 may go before.
# shellcheck shell=sh

first_port=$((10000 + $$ % 5000 * 4))
knot_port=$first_port
bind_port=$((first_port + 1))
nsd_port=$((first_port + 2))
echo_port=$((first_port + 3))

# How many threads of a peer answer questions.
threads=$(nproc)

# What Knot keeps on disk: "all" for updates; "none" is enough, and smallest, where only questions come.
journal=all

# The zone as the service has it, for all that are started from now on.
export_zone() {
    administer zone export dyn.test "$work/zone"
}

start_knot() {
    need knotd "apt install knot"
    mkdir "$work/knot"
    cp "$work/zone" "$work/knot/zone"
    cat >"$work/knot.conf" <<CONF
server:
  rundir: $work/knot
  listen: 127.0.0.1@$knot_port
  udp-workers: $threads
  tcp-workers: $threads
  background-workers: $threads
  tcp-max-clients: 10000
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
    journal-content: $journal
    zonefile-load: $([ "$journal" = none ] && echo whole || echo difference)
    acl: upd
zone:
  - domain: dyn.test
    file: zone
CONF
    "$@" knotd -c "$work/knot.conf" 2>"$work/knot.log" &
    knot_pid=$!
    started="$started $knot_pid"
}

# Options of a BIND that is on loopback alone and keeps all its files in a folder, which is made.
bind_options() { # FOLDER PORT
    mkdir "$1"
    cat <<CONF
    directory "$1";
    listen-on port $2 { 127.0.0.1; };
    listen-on-v6 { none; };
    pid-file "$1/pid";
    session-keyfile "$1/session";
    recursion no;
CONF
}

start_bind() {
    need named "apt install bind9"
    cat >"$work/named.conf" <<CONF
options {
$(bind_options "$work/bind" "$bind_port")
    update-quota 2000;
    tcp-clients 10000;
};
controls { };
key upd { algorithm hmac-sha256; secret "$secret"; };
zone "dyn.test" { type primary; file "zone"; update-policy { grant upd zonesub ANY; }; };
CONF
    cp "$work/zone" "$work/bind/zone"
    "$@" named -f -n "$threads" -c "$work/named.conf" 2>"$work/bind.log" &
    bind_pid=$!
    started="$started $bind_pid"
}

# Takes no updates.
start_nsd() {
    need nsd "apt install nsd"
    cat >"$work/nsd.conf" <<CONF
server:
  ip-address: 127.0.0.1@$nsd_port
  server-count: $threads
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
    "$@" nsd -d -c "$work/nsd.conf" 2>"$work/nsd.log" &
    nsd_pid=$!
    started="$started $nsd_pid"
}

# No name server: the limit of the machine.
start_echo() {
    build_tool echo
    "$@" "$work/echo" "$echo_port" 32 1 &
    echo_pid=$!
    started="$started $echo_pid"
}

# Sets $port and $pid of the server of that name.
server() {
    eval "port=\$$1_port pid=\$$1_pid"
}

# Waits until the server of that name answers questions; sets $port and $pid.
await_answers() { # NAME
    server "$1"
    wait_until 30 answers "$port" || fail "$1 does not answer: $(tail -n 3 "$work"/*.log)"
}

# What each of the servers named holds, to $work/NAME.memory.
weigh() {
    for name in $1; do
        server "$name"
        memory "$pid" >"$work/$name.memory"
    done
}
