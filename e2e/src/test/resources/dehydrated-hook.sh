#!/bin/sh
# What dehydrated calls when a proof is to be shown or taken away: $1 says which, $2 is the name, $4 the proof.
# DNS_SERVER is address and port of the name server, DNS_KEY the file of the host's key.
case $1 in
deploy_challenge) change="update add _acme-challenge.$2. 60 TXT $4" ;;
clean_challenge) change="update delete _acme-challenge.$2. TXT $4" ;;
*) exit 0 ;;
esac
printf 'server %s\n%s\nsend\n' "$DNS_SERVER" "$change" | nsupdate -k "$DNS_KEY"
