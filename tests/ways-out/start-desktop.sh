#!/bin/sh
# Starts the image's desktop in namespaces of its own: Debian's compositor and Chromium from the unpacked base system, as
# the accounts that they have there, with the image's own scripts, flags and policies. Only the screen, keyboard and mouse
# are those of an X server in memory, and the host service comes from the sources. Run by booted-desktop.ts under unshare,
# which ends everything in here with it.
#
# sh start-desktop.sh BASE WORK POLICIES START-OF-THE-HOST…
#
# POLICIES: `shipped`; `observed`, which lets the test's own tool look into the page; `none`.
set -eu
base=$1 work=$2 policies=$3
shift 3
ip link set lo up
mount --make-rprivate /

# A layer over the base: the image's files, and whatever the run writes.
mount -t tmpfs layer "$work/layer"
mkdir "$work/layer/files" "$work/layer/work" "$work/layer/root"
cp -R distro/root/. "$work/layer/files"
case $policies in
none) rm -r "$work/layer/files/etc/chromium" ;;
observed) sed -i '/DeveloperToolsAvailability/d' "$work/layer/files/etc/chromium/policies/managed/vitrine.json" ;;
esac
root=$work/layer/root
mount -t overlay -o "lowerdir=$base,upperdir=$work/layer/files,workdir=$work/layer/work" image "$root"
for folder in run tmp dev data; do
	mkdir -p "$root/$folder"
	mount -t tmpfs -o mode=755 "$folder" "$root/$folder"
done
chmod 1777 "$root/tmp"
mount -t proc proc "$root/proc"
mount --rbind /sys "$root/sys"
for device in null zero full random urandom; do
	: >"$root/dev/$device"
	mount --bind "/dev/$device" "$root/dev/$device"
done
mkdir -p -m 1777 "$root/dev/shm" "$root/tmp/.X11-unix"
mkdir -p "$root/run/desktop" "$root/run/host" "$root/data/desktop" "$root/run/keyboard/symbols" "$root$PWD"
chown 801:801 "$root/run/host"
chown 802:802 "$work/desktop" "$root/data/desktop"
mount --bind "$work/desktop" "$root/run/desktop"
mount --bind /tmp/.X11-unix "$root/tmp/.X11-unix"
mount --bind "$PWD" "$root$PWD"
echo 'default xkb_symbols "basic" { include "us:1" };' >"$root/run/keyboard/symbols/vitrine"

chroot --userspec 801:801 "$root" /usr/bin/env -C "$PWD" VITRINE_KEEPER=/run/keeper/door VITRINE_READY=/run/host/ready "$@" \
	>"$work/host.log" 2>&1 &
until [ -e "$root/run/host/ready" ]; do sleep 0.05; done

mkfifo "$work/number"
Xvfb -displayfd 3 -screen 0 1280x720x24 -nolisten tcp 3>"$work/number" >"$work/screen.log" 2>&1 &
read -r number <"$work/number"
echo "$number" >"$work/display"

# The test looks into Chromium by its debugging port, which the image's own command line does not open.
sed -i 's,/usr/lib/chromium/chromium ,&--remote-debugging-port=9333 ,' "$root/usr/lib/vitrine/desktop"
node tests/ways-out/relay.ts "$work/debugging" 9333 &
exec chroot --userspec 802:802 "$root" /usr/bin/env -i PATH=/usr/bin HOME=/data/desktop XDG_RUNTIME_DIR=/run/desktop \
	WLR_BACKENDS=x11 "DISPLAY=:$number" /usr/lib/vitrine/desktop >"$work/desktop.log" 2>&1
