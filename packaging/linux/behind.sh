#!/bin/sh
# What is seen under cage while the player has no window: its last poster, shown by `imv` where that is installed. cage shows the window that came last, so the
# viewer is only ever started while no player runs: it is known to be on the screen before the player may start, or it is ended.
#   behind.sh start     starts the viewer, unless it runs; fails where there is none
#   behind.sh end       ends the viewer
#   behind.sh PICTURE   puts a picture onto it (the player's `backdrop-command`)
set -u

folder=${XDG_RUNTIME_DIR:?}/xunbo-behind
last=${XUNBO_DATA:-}/backdrop/last.jpg
limit_s=${XUNBO_VIEWER_S:-10}

viewer() { cat "$folder/pid" 2>/dev/null; }
runs() { pid=$(viewer) && [ "$(cat "/proc/$pid/comm" 2>/dev/null)" = imv-wayland ]; }

# libwayland itself says when the first picture has gone to the compositor.
tell_when_seen() {
  is_drawn=
  while read -r line; do
    case $line in
      *wl_surface*'.attach(wl_buffer'*) is_drawn=yes ;;
      *wl_surface*'.commit()'*) [ -z "$is_drawn" ] || break ;;
    esac
  done
  [ -z "$is_drawn" ] || : >"$folder/seen"
  exec cat >/dev/null
}

start() {
  command -v imv-wayland >/dev/null && command -v imv-msg >/dev/null || return 1
  runs && return 0
  rm -rf "$folder" && mkdir -m 700 "$folder" || return 1
  # No key ends it or writes anything onto the screen.
  printf '[options]\nsuppress_default_binds = true\n' >"$folder/config"
  printf 'P6 1 1 255\n\0\0\0' >"$folder/black.ppm"
  [ -f "$last" ] || last=$folder/black.ppm
  cksum <"$last" >"$folder/shown"
  {
    imv_config=$folder/config WAYLAND_DEBUG=1 imv-wayland -f -s full -b 000000 "$last" 2>&1 >/dev/null &
    echo $! >"$folder/pid"
  } | tell_when_seen &
  waited=0
  while [ ! -e "$folder/seen" ] && [ "$waited" -lt $((limit_s * 10)) ]; do
    [ "$waited" -lt 10 ] || runs || break
    sleep 0.1
    waited=$((waited + 1))
  done
  [ -e "$folder/seen" ] && runs && return 0
  echo "behind: imv shows nothing" >&2
  kill -KILL "$(viewer)" 2>/dev/null
  return 1
}

# Black is seen for a moment while a picture gives way to another: none is put that is there already, as at every start of the player.
put() {
  runs || return 1
  sum=$(cksum <"$1") || return 1
  [ "$sum" != "$(cat "$folder/shown" 2>/dev/null)" ] || return 0
  rm -f "$folder/shown"
  imv-msg "$pid" 'close all' && imv-msg "$pid" "open '$1'" && echo "$sum" >"$folder/shown"
}

case ${1:?} in
  start) start ;;
  end) if runs; then kill "$pid"; fi ;;
  *) put "$1" ;;
esac
