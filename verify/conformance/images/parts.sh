# For the build scripts of the images that upstream's tests name; to be read by ". ../parts.sh".
# What upstream makes from Alpine is made from Debian here.
. ../../../images/debian.sh

# test_program NAME [FOLDER]: one of the programs that verify/conformance/run builds; at the root of
# the image, or in a folder.
test_program() {
  [ -n "${CONFORMANCE_BIN:-}" ] || die 'CONFORMANCE_BIN is not set: start verify/conformance/run'
  mkdir -p "$ROOT${2:-}"
  cp "$CONFORMANCE_BIN/$1" "$ROOT${2:-}/$1"
}

# test_source PATH: where a file of Kubernetes' own sources is.
test_source() {
  [ -n "${CONFORMANCE_SOURCE:-}" ] ||
    die 'CONFORMANCE_SOURCE is not set: start verify/conformance/run'
  printf '%s' "$CONFORMANCE_SOURCE/$1"
}

# debian_with_dependencies PACKAGE…: unpacks them and what they need to run, as apt resolves it for
# an empty machine.
debian_with_dependencies() {
  debian # makes package lists and folders
  : >"$WORK/nothing-installed"
  apt-get -q -s -o "Dir::State::status=$WORK/nothing-installed" --no-install-recommends \
    install "$@" >"$WORK/resolved" 2>&1 ||
    die "apt-get cannot resolve $*: $(tail -n 1 "$WORK/resolved")"
  # What only serves to install packages stays out.
  packages=$(sed -n 's/^Inst \([^ ]*\) .*/\1/p' "$WORK/resolved" |
    grep -Ev '^(perl.*|lib.*perl.*|dpkg|tar|debconf|usrmerge|init-system-helpers|gcc-.*-base|mawk)$')
  # All in one call: apt takes seconds to read its lists.
  # shellcheck disable=SC2086 # a list of packages
  (cd "$WORK/debian" && apt-get -q download $packages >"$WORK/apt.log" 2>&1) ||
    die "apt-get download failed: $(tail -n 1 "$WORK/apt.log")"
  for file in "$WORK/debian"/*.deb; do
    dpkg-deb --extract "$file" "$ROOT"
  done
  debian # once more for links such as /bin to what has come
}

# names_from_hosts_first: without this file glibc asks DNS alone where DNS answers at all.
names_from_hosts_first() {
  mkdir -p "$ROOT/etc"
  echo 'hosts: files dns' >"$ROOT/etc/nsswitch.conf"
}

folders() {
  mkdir -p "$ROOT/tmp" "$ROOT/var/tmp" "$ROOT/home" "$ROOT/run" "$ROOT/etc" "$ROOT/root"
  chmod 1777 "$ROOT/tmp" "$ROOT/var/tmp"
}

# bash_as_shell: dash and the busybox of Debian 12 drop variables whose names no shell can write,
# such as "data-1". Bash hands them on, as does the busybox of upstream's image; tests look for them.
bash_as_shell() {
  mkdir -p "$ROOT/bin"
  ln -s bash "$ROOT/bin/sh"
}
