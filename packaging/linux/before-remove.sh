#!/bin/sh
# Stops the player before its files go; an upgrade starts the new one by itself.
set -e
case "$1" in
  remove | purge | 0)
    if [ -d /run/systemd/system ]; then systemctl disable --now xunbo-player.service || true; fi
    rm -f /etc/systemd/system/graphical.target.wants/xunbo-player.service
    ;;
esac
