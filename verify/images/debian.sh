# For the build scripts of images; to be read by ". ../debian.sh". Sets how a script fails, too.
set -eu

die() {
  printf '%s\n' "$*" >&2
  exit 1
}

# debian PACKAGE…: unpacks Debian packages into $ROOT, without their dependencies and without running
# their scripts. "libssl3|libssl3t64" takes the first that this release of Debian has.
debian() {
  command -v apt-get >/dev/null && command -v dpkg-deb >/dev/null ||
    die 'this recipe is made of Debian packages, and there is no apt-get here'
  if [ -z "$(apt-cache policy libc6 2>/dev/null)" ] && [ "$(id -u)" = 0 ]; then
    apt-get -q update >/dev/null # images of Debian come without package lists
  fi
  mkdir -p "$WORK/debian"
  for wanted; do
    package=''
    for candidate in $(printf '%s' "$wanted" | tr '|' ' '); do
      if apt-cache show "$candidate" >/dev/null 2>&1; then
        package=$candidate
        break
      fi
    done
    [ -n "$package" ] || die "Debian's package lists have no $wanted; apt-get update may help"
    (cd "$WORK/debian" && apt-get -q download "$package" >"$WORK/apt.log" 2>&1) ||
      die "apt-get download $package failed: $(tail -n 1 "$WORK/apt.log")"
    dpkg-deb --extract "$WORK/debian/${package}_"*.deb "$ROOT"
  done
  # Where packages have moved to /usr, programs still ask for /bin/sh and /lib64/ld-linux.
  for folder in bin sbin lib lib64; do
    if [ ! -e "$ROOT/$folder" ] && [ -d "$ROOT/usr/$folder" ]; then
      ln -s "usr/$folder" "$ROOT/$folder"
    fi
  done
}

# version PACKAGE: of what was unpacked.
version() {
  dpkg-deb --field "$WORK/debian/$1_"*.deb Version
}

# without_documentation: removes what nobody reads inside a container.
without_documentation() {
  rm -rf "$ROOT/usr/share/doc" "$ROOT/usr/share/man" "$ROOT/usr/share/lintian" "$ROOT/usr/share/locale"
}

# busybox_shell: a shell and the usual commands at /bin.
busybox_shell() {
  debian busybox-static
  busybox="$ROOT/bin/busybox"
  for command in $("$busybox" --list); do
    [ -e "$ROOT/bin/$command" ] || ln -s busybox "$ROOT/bin/$command"
  done
}

# users LINE…: /etc/passwd and /etc/group with root and these "NAME:NUMBER" accounts.
users() {
  mkdir -p "$ROOT/etc" "$ROOT/root"
  echo 'root:x:0:0:root:/root:/bin/sh' >"$ROOT/etc/passwd"
  echo 'root:x:0:' >"$ROOT/etc/group"
  for account; do
    echo "${account%:*}:x:${account#*:}:${account#*:}::/:/bin/sh" >>"$ROOT/etc/passwd"
    echo "${account%:*}:x:${account#*:}:" >>"$ROOT/etc/group"
  done
}

# origin TEXT: what the image is made of; shown wherever it is named.
origin() {
  printf '%s\n' "$*" >"$WORK/origin"
}
