#!/bin/sh
# Makes a host out of the namespaces that it is started in, and becomes its first process. The host
# has a root folder of its own, so that nothing it writes lands on the machine: the machine's
# programs are there read-only, the host's folder is /shirube. Works in the host's folder.
set -eu
folder=$PWD

mount --make-rprivate /
echo "$SHIRUBE_HOST" >/proc/sys/kernel/hostname
echo 1 >/proc/sys/net/ipv4/ip_forward

mkdir -p root
mount --bind root root
cd root
for entry in bin sbin lib lib32 lib64 libx32 usr etc; do
  if [ -L "/$entry" ]; then
    [ -L "$entry" ] || cp -P "/$entry" .
  elif [ -d "/$entry" ]; then
    mkdir -p "$entry"
    mount --rbind "/$entry" "$entry"
    mount -o remount,bind,ro "$entry"
  fi
done
mkdir -p dev mnt opt proc root run shirube srv sys tmp var/lib var/log
chmod 1777 tmp
mount --rbind /dev dev
mount -t proc proc proc
mount -t sysfs sysfs sys
mount --rbind /sys/fs/cgroup sys/fs/cgroup
mount -t tmpfs -o mode=755 tmpfs run
mkdir run/lock run/netns
mount --bind "$folder" shirube
mount -t tmpfs -o mode=755 tmpfs shirube/bin
for link in "$folder"/bin/*; do
  program=shirube/bin/${link##*/}
  case $link in
    # runc mounts the folder that it lies in, and what is mounted there would be missing.
    */runc) cp "$(readlink -f "$link")" "$program" ;;
    *)
      : >"$program"
      mount --bind "$(readlink -f "$link")" "$program"
      ;;
  esac
done
for link in "$folder"/mounts/*; do
  [ -L "$link" ] || continue
  place=shirube/${link##*/}
  mkdir -p "$place"
  mount --bind "$(readlink -f "$link")" "$place"
  mount -o remount,bind,ro "$place"
done
if [ -e "$folder/etc/hosts" ] && [ -e etc/hosts ]; then
  mount --bind "$folder/etc/hosts" etc/hosts
fi

# The kubelet sets these for the whole machine; here it sets plain files.
for sysctl in vm/overcommit_memory kernel/panic kernel/panic_on_oops; do
  file=shirube/etc/$(basename "$sysctl")
  cat "/proc/sys/$sysctl" >"$file"
  mount --bind "$file" "proc/sys/$sysctl"
done

mkdir -p machine
pivot_root . machine
cd /shirube
umount -l /machine
rmdir /machine
mount --make-rshared /
exec sh init.sh
