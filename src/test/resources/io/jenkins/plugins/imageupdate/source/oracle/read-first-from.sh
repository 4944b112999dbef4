#!/bin/sh
# Prints the image of the first FROM of generated Dockerfiles as buildah resolves it, one JSON line a file. Arguments: folder, count.
store=$(mktemp -d)
n=0
while [ "$n" -lt "$2" ]; do
    first=$(buildah --root "$store/root" --runroot "$store/run" --storage-driver vfs \
        bud --pull-never --isolation chroot -f "$1/start/$n" "$store" 2>&1 \
        | sed -n 's/^\(\[[0-9/]*\] \)\{0,1\}STEP [0-9/]*: FROM \(--platform=[^ ]* \)\{0,1\}\([^ ]*\).*/\3/p' | head -n 1)
    echo "{\"n\":$n,\"first\":\"$first\"}"
    n=$((n + 1))
done
rm -rf "$store"
