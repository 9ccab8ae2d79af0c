#!/bin/sh
# Runs the player for good, and chooses the build: a release that proved itself, one on trial, else the one before it, else the installed one.
# A release on trial that was started twice, or ran for a quarter of an hour, and did not prove itself is never started again. The file `state`
# is written by both sides (main/update/release-state.ts); this script stays as it was installed, so that no update can take the way back away.
set -u

here=$(dirname "$(readlink -f "$0")")
installed=$(dirname "$here")
releases=${XUNBO_RELEASES:-}
file=$releases/state
most_starts=2
steady_s=60
longest_pause_s=30
trial_s=${XUNBO_TRIAL_S:-900}

value() { sed -n "s/^$1=//p" "$file" 2>/dev/null | head -n 1; }

runnable() {
  case $1 in '' | *[!0-9.]* | .*) return 1 ;; esac
  [ -x "$releases/$1/xunbo-player" ]
}

# A disk that cannot be written to keeps nothing from being shown.
keep() {
  printf 'current=%s\nformer=%s\nstarts=%s\nfailed=%s\n' "$1" "$2" "$3" "$4" >"$file.new" 2>/dev/null &&
    sync "$file.new" 2>/dev/null && mv -f "$file.new" "$file" && sync "$releases" 2>/dev/null
  return 0
}

choose() {
  build=$installed on_trial=
  [ -n "$releases" ] && [ -f "$file" ] || return 0
  current=$(value current) former=$(value former) starts=$(value starts) failed=$(value failed)
  [ -n "$current" ] || return 0
  case $starts in *[!0-9]*) starts=$most_starts ;; esac
  if runnable "$current" && [ "${starts:-0}" -lt "$most_starts" ]; then
    build=$releases/$current
    [ -n "$starts" ] || return 0
    on_trial=yes
    keep "$current" "$former" "$((starts + 1))" "$failed"
    # A start that cannot be counted might be the first of endless ones.
    [ "$(value starts)" = "$((starts + 1))" ] && return 0
    build=$installed on_trial=
    if runnable "$former"; then build=$releases/$former; fi
    return 0
  fi
  echo "launch: $current did not prove itself, going back to ${former:-the installed build}" >&2
  runnable "$former" || former=
  keep "$former" '' '' "${failed:+$failed }$current"
  [ -z "$former" ] || build=$releases/$former
}

# Ends a release that runs but shows nothing, or waits in a dialog that nobody will answer.
guard() {
  sleep "$trial_s" &
  trap "kill $!; exit" TERM
  wait $!
  [ "$(value current)" = "$current" ] && [ -n "$(value starts)" ] || return 0
  echo "launch: $current has shown nothing for $trial_s s" >&2
  keep "$current" "$former" "$most_starts" "$failed"
  kill -KILL "$child"
}

# Electron does not find out by itself that it is in a Wayland session.
if [ -n "${WAYLAND_DISPLAY:-}" ]; then set -- --ozone-platform=wayland "$@"; fi

# The viewer behind the player has to be there before the player is; a program that the site has chosen is left alone.
behind=$here/behind.sh
[ -n "${WAYLAND_DISPLAY:-}" ] && [ "${XUNBO_BACKDROP_COMMAND:-auto}" = auto ] && [ -x "$behind" ] || behind=
look_behind() {
  [ -n "$behind" ] || return 0
  if "$behind" start; then export XUNBO_BACKDROP_COMMAND="$behind"; else export XUNBO_BACKDROP_COMMAND=auto; fi
}
# cage ends when the last of those that it has started does.
[ -z "$behind" ] || trap '"$behind" end' EXIT

child=
stopping=
stop() {
  stopping=yes
  [ -z "$child" ] || kill -TERM "$child" 2>/dev/null
}
trap stop TERM INT HUP

pause_s=1
while [ -z "$stopping" ]; do
  # Without its compositor nothing can be seen; whoever started both starts both again.
  if [ -n "${WAYLAND_DISPLAY:-}" ] && ! [ -S "${XDG_RUNTIME_DIR:-}/$WAYLAND_DISPLAY" ]; then exit 1; fi
  choose
  look_behind
  began=$(date +%s)
  "$build/xunbo-player" "$@" &
  child=$!
  guard=
  if [ -n "$on_trial" ]; then
    guard &
    guard=$!
  fi
  wait "$child"
  code=$?
  # A signal ends `wait`, not the player; it has records to put away.
  while kill -0 "$child" 2>/dev/null; do wait "$child"; code=$?; done
  child=
  [ -z "$guard" ] || kill "$guard" 2>/dev/null
  [ -z "$stopping" ] || exit 0
  if [ $(($(date +%s) - began)) -ge $steady_s ]; then pause_s=1; fi
  echo "launch: $build ended with $code, again in $pause_s s" >&2
  sleep "$pause_s" &
  wait $!
  pause_s=$((pause_s * 2))
  [ $pause_s -le $longest_pause_s ] || pause_s=$longest_pause_s
done
