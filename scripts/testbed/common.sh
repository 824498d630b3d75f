# shellcheck shell=bash
# Sourced by the other scripts of the test bed: where things are, who is alive, one change at a time.

testbed=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)
repository=$(cd -- "$testbed/../.." && pwd -P)
state=${BOOTCAST_TESTBED_STATE:-/run/bootcast-testbed}
build=${BOOTCAST_TESTBED_BUILD:-$repository/target/testbed}
program=${0##*/}

network=10.77.0
bridge=bctb-bridge
max_nodes=64
# What enters a node; every caller adds --target PID.
enter=(nsenter --mount --uts --net --ipc --pid)
# shellcheck disable=SC2034 # for the scripts that source this file
readonly testbed repository state build program network bridge max_nodes enter

die() {
  echo "$program: $*" >&2
  exit 1
}

usage() {
  echo "usage: $*" >&2
  exit 2
}

require_root() {
  [[ $EUID -eq 0 ]] || die "needs root: uid=$EUID"
}

require_tools() {
  local tool missing=()
  for tool in "$@"; do
    command -v "$tool" >/dev/null || missing+=("$tool")
  done
  [[ ${#missing[@]} -eq 0 ]] || die "not found: ${missing[*]} (see README.md for the packages)"
}

# The state is seen under the same path by the host and by every node, so it cannot be where a node has its own files.
require_state_path() {
  [[ $state == /* && $state != *[[:space:]]* ]] || die "BOOTCAST_TESTBED_STATE must be absolute, without spaces: $state"
  case $state/ in
    /tmp/* | /dev/shm/* | /proc/*) die "BOOTCAST_TESTBED_STATE must not lie below /tmp, /dev/shm or /proc: $state" ;;
  esac
}

# Makes the state directory and holds its lock until the script ends. Another script's "down" may remove the directory
# while this one waits for the lock: then it is made anew.
lock_state() {
  require_state_path
  local waited
  for waited in 1 2 3 4 5; do
    mkdir -p -- "$state"
    exec {lock_fd}<"$state"
    flock -w 60 "$lock_fd" || die "another command has held the test bed for 60 s: state=$state"
    [[ $state -ef /proc/self/fd/$lock_fd ]] && return
    exec {lock_fd}<&-
  done
  die "the state directory keeps vanishing: state=$state tries=$waited"
}

# Prints the start time of a process in clock ticks; fails if it is gone or a zombie.
start_time() {
  local line fields
  { read -r line <"/proc/$1/stat"; } 2>/dev/null || return 1
  read -ra fields <<<"${line##*) }"
  [[ ${fields[0]} != [ZX] ]] || return 1
  echo "${fields[19]}"
}

# A process is named by its id and its start time, so that a re-used id is never taken for ours.
is_alive() {
  local started
  started=$(start_time "$1") && [[ $started == "$2" ]]
}

# Sets holder_pid to the host's id of pid 1 of a node; fails if the node is not up.
find_node() {
  local started
  holder_pid=
  [[ -e $state/node$1/ready ]] || return 1
  { read -r holder_pid started <"$state/node$1/holder"; } 2>/dev/null || return 1
  is_alive "$holder_pid" "$started"
}

require_node() {
  [[ $1 =~ ^[1-9][0-9]?$ ]] || die "not a node number: $1"
  find_node "$1" || die "node$1 is not up"
}

# Prints the numbers of the nodes that have any state, in order.
known_nodes() {
  local directory
  for directory in "$state"/node*/; do
    directory=${directory%/}
    [[ -d $directory ]] && echo "${directory##*/node}"
  done | sort -n
}
