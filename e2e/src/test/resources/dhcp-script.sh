#!/bin/sh
# What a DHCP client calls when its lease changes: sets the address and nothing else.
# udhcpc says what happened as $1 and in $ip, dhclient in $reason and $new_ip_address.
address=${ip:-$new_ip_address}
case ${1:-$reason} in
PREINIT)
    ip link set "$interface" up
    ;;
bound | renew | BOUND | RENEW | REBIND | REBOOT)
    if ! ip -4 -o addr show dev "$interface" | grep -qF " $address/24 "; then
        ip -4 addr flush dev "$interface" scope global
        ip addr add "$address/24" dev "$interface"
    fi
    ;;
deconfig | EXPIRE | FAIL | RELEASE | STOP)
    ip -4 addr flush dev "$interface" scope global
    ;;
esac
